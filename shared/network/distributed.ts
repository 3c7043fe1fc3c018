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
import type { Membership, Subject } from "./membership";
import type { End } from "./types";

/** A distributed firewall; its index is its place in the sorted list of the document. */
export interface Guard {
  readonly index: number;
  readonly filter: Filter;
  readonly crossing: Crossing;
}

export interface Guards {
  readonly all: readonly Guard[];
  /** Those that filter the end; none for anything that is not a VM's vNIC. Equal lists are one object. */
  at(end: End): readonly Guard[];
  /** Those of them whose exclusion list might have the vNIC by its address, if that is unknown. */
  mayExclude(end: End): readonly Guard[];
}

const NONE: readonly Guard[] = [];

export function compileGuards(topology: Topology, labels: LabelTable, membership: Membership, book: AddressBook): Guards {
  const all: Guard[] = [];
  const excluders: ((subject: Subject) => boolean)[] = [];
  const scopes: (ReadonlySet<string> | undefined)[] = [];
  const byAddress = new Set<Guard>();
  for (const [id, firewall] of entries(topology, "distributedFirewalls")) {
    const filter = new Filter(
      { id, kind: "distributedFirewall", stateful: firewall.stateful !== false, rules: firewall.rules ?? [], defaultAllow: (firewall.defaultAction ?? "allow") === "allow", byIdentity: true },
      labels,
    );
    const guard: Guard = { index: all.length, filter, crossing: filter.crossing(undefined, undefined) };
    all.push(guard);
    if (firewall.exclude?.some(isAddress) === true) byAddress.add(guard);
    excluders.push(exclusion(firewall, labels, book));
    scopes.push(firewall.virtualSwitches === undefined ? undefined : new Set(firewall.virtualSwitches));
  }
  const bySwitch = new Map<string, readonly Guard[]>();
  const lists = new Map<string, readonly Guard[]>();
  /** Those whose scope (absent: all switches) has the switch. */
  const onSwitch = (id: string): readonly Guard[] => {
    let found = bySwitch.get(id);
    if (found === undefined) bySwitch.set(id, (found = listed(lists, all.filter(({ index }) => scopes[index]?.has(id) !== false))));
    return found;
  };
  const onPortGroup = (id: string | undefined): readonly Guard[] => {
    const vswitch = record(topology, "portGroups", id)?.virtualSwitch;
    return vswitch === undefined ? NONE : onSwitch(vswitch);
  };
  const byGroup: (readonly Guard[])[] = [];
  const excludes = [...entries(topology, "distributedFirewalls")].some(([, { exclude = [] }]) => exclude.length > 0);
  const at = (end: End): readonly Guard[] => {
    if (all.length === 0 || end.kind !== "vnic" || isPassthrough(end)) return NONE;
    const found = (byGroup[end.group] ??= onPortGroup(end.portGroup));
    if (!excludes || found.length === 0) return found;
    const subject = membership.of(end);
    return listed(lists, found.filter(({ index }) => excluders[index]?.(subject) !== true));
  };
  const mayExclude = (end: End): readonly Guard[] => (byAddress.size === 0 || membership.of(end).addresses !== undefined ? NONE : at(end).filter((guard) => byAddress.has(guard)));
  return { all, at, mayExclude };
}

/** Whether a selector names a vNIC by nothing but its address. */
function isAddress(text: string): boolean {
  return text.startsWith("cidr:") || text.startsWith("hypervisor:") || text === "management" || text === "bmc";
}

/** One object for equal lists. */
function listed(lists: Map<string, readonly Guard[]>, guards: readonly Guard[]): readonly Guard[] {
  const key = guards.map(({ index }) => index).join();
  const known = lists.get(key);
  if (known === undefined) lists.set(key, guards);
  return known ?? guards;
}

/** Passthrough goes around the virtual switch, and so around every distributed firewall. */
export function isPassthrough(end: End): boolean {
  return end.nic?.passthrough !== undefined && end.nic.passthrough !== "none";
}

/** Whether an end is on the exclusion list: itself, or by an address written on it. */
function exclusion({ exclude = [] }: DistributedFirewall, labels: LabelTable, book: AddressBook): (subject: Subject) => boolean {
  const named = new Set(exclude.map((text) => labels.get(text)));
  const everyone = exclude.includes("any");
  return ({ identity, addresses = [] }) =>
    everyone ||
    identity.labels.some((label) => named.has(label)) ||
    addresses.some((text) => book.classOf(text)?.must.some((label) => !labels.isIdentity(label) && named.has(label)));
}
