/**
 * What small changes do to a compiled kernel. It follows where every end stays an end and nobody begins or ceases to forward; hostile
 * guests only, and only where nothing about ports and cables is absent, so that who may take over whose address is plain.
 */
import { record, type Topology } from "../model/topology";
import type { Filter } from "./filters";
import { isUnawareBridge } from "./guest-port";
import type { Kernel } from "./kernel";
import type { RuleChange, SmallChange } from "./small-change";
import type { End } from "./types";

/** Hosts that nobody is any more are not taken out; beyond this many it is time to compile anew. */
const MOST_LEFT_OVER = 20_000;

/** @returns the ends that may be other hosts now; undefined where only a new compilation will do: then the kernel must not be asked any more */
export function reviseEnds(kernel: Kernel, topology: Topology, change: SmallChange): readonly End[] | undefined {
  if (change.vms.length === 0 && change.portGroups.length === 0) return [];
  const { layer2, membership } = kernel;
  const vnics = movable(kernel, topology, change);
  if (vnics === undefined) return undefined;
  const before = vnics.map((end) => membership.forget(end)?.identity.labels ?? []);
  const revised = layer2.revise(topology, { vnics: vnics.map(({ id }) => id), portGroups: change.portGroups });
  if (revised === undefined || revised.renumbered || !revised.ends.every((end) => isOrdinary(kernel, end))) return undefined;
  const changesAddresses = vnics.some(({ id }, at) => isAddressedBy(kernel, before[at] ?? [], membership.of(layer2.end(id) as End).identity.labels));
  return changesAddresses ? undefined : rehost(kernel, revised.ends);
}

/** The vNICs that are plugged in elsewhere; undefined where something about them, or the document, forbids to follow. */
function movable(kernel: Kernel, topology: Topology, { vms, portGroups }: SmallChange): End[] | undefined {
  const { assume, layer2, spots, fabric, hosts } = kernel;
  if (assume !== "hostile" || !layer2.complete || spots.unknownLinks || fabric.bridging || fabric.mayWiden || hosts.all.length > layer2.ends.length + MOST_LEFT_OVER) return undefined;
  if (!portGroups.every((id) => hasOneVlan(topology, id))) return undefined;
  const found: End[] = [];
  for (const id of vms) {
    const [end, ...others] = layer2.endsOf(id);
    const [nic] = Object.values(record(topology, "vms", id)?.nics ?? {});
    if (end === undefined || others.length > 0 || !isOrdinary(kernel, end) || !hasOneVlan(topology, end.portGroup) || !hasOneVlan(topology, nic?.portGroup)) return undefined;
    found.push(end);
  }
  return found;
}

/** The one vNIC of a guest that does not forward. */
function isOrdinary({ layer2, spots }: Kernel, end: End): boolean {
  return end.kind === "vnic" && !spots.isAlone(end) && end.vm?.forwarding !== true && layer2.endsOf(end.owner).length === 1;
}

function hasOneVlan(topology: Topology, id: string | undefined): boolean {
  const group = record(topology, "portGroups", id);
  const vswitch = record(topology, "virtualSwitches", group?.virtualSwitch);
  return group?.vlan?.mode === "access" && vswitch !== undefined && !isUnawareBridge(vswitch);
}

/** Whether the members of some selector that stands for addresses are others. */
function isAddressedBy({ labels }: Kernel, before: readonly number[], after: readonly number[]): boolean {
  const differs = (label: number, other: readonly number[]): boolean => !other.includes(label) && labels.isAddressed(label);
  return before.some((label) => differs(label, after)) || after.some((label) => differs(label, before));
}

function rehost({ spots, neighbourhoods, hosts, reach }: Kernel, ends: readonly End[]): readonly End[] | undefined {
  const before = spots.revise(ends);
  const after = ends.map((end) => spots.of(end));
  // Whether a guest on several VLANs forwards may depend on who else is there.
  if ([...before, ...after].some((spot) => neighbourhoods.domainsOf(spot).some((domain) => neighbourhoods.trunked.has(domain)))) return undefined;
  const touched = new Set(ends);
  for (const end of neighbourhoods.revise(before, after)) if (end.kind === "vnic") touched.add(end);
  for (const end of touched) hosts.forget(end);
  reach.forget();
  return [...touched];
}

export interface RuleAt {
  readonly filter: Filter;
  readonly index: number;
}

/** Puts the rules in their places; undefined where only a new compilation will do. */
export function reviseRules(kernel: Kernel, changes: readonly RuleChange[]): RuleAt[] | undefined {
  const found: RuleAt[] = [];
  for (const { collection, id, index, rule } of changes) {
    const filter = collection === "distributedFirewalls" ? kernel.guards.all.find((guard) => guard.filter.id === id)?.filter
      : kernel.fabric.forwarders.find((forwarder) => forwarder.id === id && forwarder.kind === (collection === "routers" ? "router" : "firewall"))?.filter;
    if (filter === undefined || !kernel.flows.isStateful || !filter.replace(index, rule)) return undefined;
    found.push({ filter, index });
  }
  if (changes.some(({ collection }) => collection !== "distributedFirewalls")) kernel.flows.forget();
  if (changes.length > 0) kernel.reach.forget();
  return found;
}
