/** A guest's port, and what a fix asks of it. */
import type { Vnic } from "../../model/kinds/vm";
import type { RecordOf, Topology } from "../../model/topology";

/** What a fix asks of a port group that was not asked before. */
export interface Wanted {
  /** No MAC address but the guest's own. */
  readonly macs: boolean;
  /** No IP address either. */
  readonly addresses: boolean;
  readonly apart: boolean;
  /** Mbit/s. */
  readonly rate?: { readonly average: number; readonly peak: number };
}

/** A guest's port in such a port group. */
export interface GuestPort {
  readonly topology: Topology;
  readonly vmId: string;
  readonly vm: RecordOf<"vms">;
  readonly nicId: string;
  readonly nic: Vnic;
  /** Which of the VM's adapters it is, from 0. */
  readonly index: number;
  readonly kind: RecordOf<"virtualSwitches">["kind"];
}
