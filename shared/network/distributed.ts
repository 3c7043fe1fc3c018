/**
 * Distributed firewalls: filters at the vNICs of VMs.
 *
 * A packet is judged at the sender's vNIC (outbound), at the receiver's (inbound), and at both vNICs of a VM that forwards it. One
 * firewall gives the same answer at each of them, because it knows the packet by its first sender and last receiver; so what counts
 * is which firewalls have a vNIC on the way.
 */
import { entries, record, type Topology } from "../model/topology";
import type { DistributedFirewall } from "../model/kinds/distributed-firewall";
import type { AddressBook } from "./addresses";
import { Filter, type Crossing } from "./filters";
import type { LabelTable } from "./labels";
import type { Subject } from "./membership";

/** A distributed firewall; its index is its place in the sorted list of the document. */
export interface Guard {
  readonly index: number;
  readonly filter: Filter;
  readonly crossing: Crossing;
}

export interface Guards {
  readonly all: readonly Guard[];
  /** Those that filter the vNIC with this id; none for anything that is not a VM's vNIC. */
  at(endId: string): readonly Guard[];
}

const NONE: readonly Guard[] = [];

export function compileGuards(topology: Topology, labels: LabelTable, subjects: ReadonlyMap<string, Subject>, book: AddressBook): Guards {
  const all: Guard[] = [];
  const byEnd = new Map<string, readonly Guard[]>();
  for (const [id, firewall] of entries(topology, "distributedFirewalls")) {
    const filter = new Filter(
      { id, kind: "distributedFirewall", stateful: firewall.stateful !== false, rules: firewall.rules ?? [], defaultAllow: (firewall.defaultAction ?? "allow") === "allow", byIdentity: true },
      labels,
    );
    const guard: Guard = { index: all.length, filter, crossing: filter.crossing(undefined, undefined) };
    all.push(guard);
    const excluded = exclusion(firewall, labels, book);
    for (const endId of inScope(topology, firewall)) {
      const subject = subjects.get(endId);
      if (subject !== undefined && !excluded(subject)) byEnd.set(endId, [...(byEnd.get(endId) ?? NONE), guard]);
    }
  }
  return { all, at: (endId) => byEnd.get(endId) ?? NONE };
}

/** VM vNICs on the switches of the scope (absent: all) that the firewall can see: passthrough goes around it. */
function* inScope(topology: Topology, firewall: DistributedFirewall): Generator<string> {
  const scope = firewall.virtualSwitches === undefined ? undefined : new Set(firewall.virtualSwitches);
  for (const [id, vm] of entries(topology, "vms")) {
    for (const [local, nic] of Object.entries(vm.nics ?? {})) {
      const vswitch = record(topology, "portGroups", nic.portGroup)?.virtualSwitch;
      const bypasses = nic.passthrough !== undefined && nic.passthrough !== "none";
      if (vswitch !== undefined && !bypasses && (scope === undefined || scope.has(vswitch))) yield `${id}/${local}`;
    }
  }
}

/** Whether an end is on the exclusion list: itself, or by an address written on it. */
function exclusion({ exclude = [] }: DistributedFirewall, labels: LabelTable, book: AddressBook): (subject: Subject) => boolean {
  const listed = new Set(exclude.map((text) => labels.get(text)));
  const everyone = exclude.includes("any");
  return ({ identity, addresses = [] }) =>
    everyone ||
    identity.labels.some((label) => listed.has(label)) ||
    addresses.some((text) => book.classOf(text)?.must.some((label) => !labels.isIdentity(label) && listed.has(label)));
}
