/** A guest's port, and what a fix asks of it. */
import type { PortGroup } from "../../model/kinds/port-group";
import type { Vnic } from "../../model/kinds/vm";
import type { RecordOf, Topology } from "../../model/topology";
import { blank, powershell } from "./command";

/** What a fix asks of a port group that was not asked before. */
export interface Wanted {
  /** No MAC address but the guest's own. */
  readonly macs: boolean;
  /** No IP address either. */
  readonly addresses: boolean;
  readonly apart: boolean;
  readonly rate?: Rate | undefined;
}

/** Mbit/s, more than 0. */
export interface Rate {
  readonly average: number;
  readonly peak: number;
}

/** The rate that a fix sets; undefined where it sets none. Every platform takes 0 for no limit: there is no command for that. */
export function newRate({ shaping }: PortGroup, was: PortGroup | undefined): Rate | undefined {
  const average = shaping?.averageMbps ?? 0;
  const isSame = average === was?.shaping?.averageMbps && shaping?.peakMbps === was.shaping.peakMbps;
  return average === 0 || isSame ? undefined : { average, peak: shaping?.peakMbps ?? average };
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

/** The adapter for a cmdlet of Hyper-V, whose parameter for its name is `parameter`. Without a name it means every adapter of the VM: of several, one is left to the operator to name. */
export function hyperVAdapter(vmId: string, vm: RecordOf<"vms">, nicId: string, parameter: "-Name" | "-VMNetworkAdapterName"): string {
  const { [nicId]: nic, ...others } = vm.nics ?? {};
  const name = nic?.name !== undefined ? powershell(nic.name) : Object.keys(others).length > 0 ? blank(`adapter of ${vmId}/${nicId}`) : undefined;
  return `-VMName ${powershell(vm.name)}${name === undefined ? "" : ` ${parameter} ${name}`}`;
}
