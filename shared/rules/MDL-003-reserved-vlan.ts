import type { PortGroup } from "../model/kinds/port-group";
import { entries, record, type Topology } from "../model/topology";
import type { End } from "../network/types";
import { groupBy } from "./group-by";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { freeVlan } from "./remedy/free-vlan";
import { moveToVlan } from "./remedy/move";
import { renumberSegment } from "./remedy/renumber";
import { adaptersOf, occupantsOf } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { isWorkload } from "./workload";

interface Reason {
  readonly text: string;
  /** The id that others of that name have, where that is the reason. */
  readonly instead?: number;
  /** The interfaces in the port group need a VLAN of their own. */
  readonly apart?: true;
  /** Another finding says so too; mending it mends this. */
  readonly cause?: string;
}

/** Inclusive ranges that switches keep for themselves, and which do. */
const RESERVED: readonly (readonly [low: number, high: number, who: string])[] = [
  [1001, 1024, "Catalyst"],
  [4094, 4094, "Catalyst"],
  [3968, 4094, "Nexus"],
];

export const mdl003: IsolationRule = {
  id: "MDL-003",
  title: "Reserved or ambiguous VLAN id",
  severity: "low",
  threat: "A switch drops or remaps the VLANs that it keeps for itself, and one name for two VLANs puts the next machine on the wrong one: an outage, or segments that merge without notice.",
  condition: "A port group with an uplink has a VLAN id in a range that common switches reserve (Catalyst 1001-1024 and 4094, Nexus 3968-4094); or VLAN 1 with workloads (a consequence of NET-003, "
    + "where that fires); or a name that other port groups on the same physical network have with another VLAN; or is for the hypervisors' own interfaces while another port group on that network has workloads in it. Ids outside 1-4094 are refused when the document is read. Identified by the port group.",
  fix: "Take a free VLAN id, or give port groups of one name one VLAN.",
  commands: [],
  references: ["DISA STIG VCSA-80-000274 (V-258941)", "Open vSwitch FAQ, VLANs"],
  caveats: "Switches without reservations take every id from 1 to 4094; the format does not say which make a switch is.",
  check(context) {
    const { topology } = context;
    const networks = physicalNetworks(topology);
    const odd = oddNames(topology, networks);
    const mixed = mixedPurposes(topology, networks);
    const uplinked = new Set(entries(topology, "uplinks").map(([, uplink]) => uplink.virtualSwitch));
    return entries(topology, "portGroups").flatMap(([id, group]) => {
      const reasons = [...(uplinked.has(group.virtualSwitch) ? reservedBy(group) : []), ...defaultVlan(context, id, group), ...(odd.get(id) ?? []), ...(mixed.get(id) ?? [])];
      return reasons.length === 0 ? [] : [draft(context, id, group, reasons)];
    });
  },
};

function draft(context: RuleContext, id: string, group: PortGroup, reasons: readonly Reason[]): Draft {
  const causes = reasons.flatMap(({ cause }) => cause ?? []);
  return {
    key: id,
    ...(causes.length < reasons.length ? {} : { causes }),
    title: `${group.name}: ${reasons[0]?.text ?? ""}`,
    subjects: [id],
    detail: `On port group ${group.name}, ${listed(reasons.map(({ text }) => text))}.`,
    fixes: () => fixesFor(context, id, group, reasons),
  };
}

function idsOf({ vlan }: PortGroup): number[] {
  if (vlan?.mode === "access") return [vlan.id];
  return vlan?.mode === "private" ? [vlan.primary, ...(vlan.secondary === undefined ? [] : [vlan.secondary])] : [];
}

function reservedBy(group: PortGroup): Reason[] {
  return idsOf(group).flatMap((id) => {
    const who = [...new Set(RESERVED.filter(([low, high]) => low <= id && id <= high).map(([, , name]) => name))];
    return who.length === 0 ? [] : [{ text: `VLAN ${id} is one that ${listed(who)} switches reserve` }];
  });
}

function defaultVlan({ topology, earlier }: RuleContext, id: string, group: PortGroup): Reason[] {
  if (!idsOf(group).includes(1) || !occupantsOf(topology, id).some(({ vm }) => isWorkload(vm))) return [];
  const cause = (earlier.get("NET-003") ?? []).find(({ subjects }) => subjects.includes(id));
  return [{ text: "VLAN 1, every switch's default, carries workloads", ...(cause === undefined ? {} : { cause: `NET-003:${cause.key}` }) }];
}

/** Port groups whose name others on the same physical network have with another VLAN; the VLAN that most have is the right one. */
function oddNames(topology: Topology, networks: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly Reason[]> {
  const tagged = entries(topology, "portGroups").flatMap(([id, { name, virtualSwitch, vlan }]) =>
    vlan?.mode === "access" ? [...(networks.get(virtualSwitch) ?? [])].map((network) => ({ id, name, network, vlan: vlan.id })) : []);
  const odd = new Map<string, Reason[]>();
  for (const namesakes of groupBy(tagged, ({ name, network }) => `${network}\n${name}`).values()) {
    const byVlan = [...groupBy(namesakes, ({ vlan }) => vlan)].sort(([a, x], [b, y]) => y.length - x.length || a - b);
    const usual = byVlan[0]?.[0];
    if (usual === undefined || byVlan.length < 2) continue;
    for (const { id, name, vlan } of namesakes) {
      if (vlan !== usual && !odd.has(id)) odd.set(id, [{ text: `VLAN ${vlan} is not the VLAN ${usual} that other port groups named ${name} have`, instead: usual }]);
    }
  }
  return odd;
}

/** Port groups of the hypervisors' own interfaces whose VLAN is one of workloads too, somewhere on the same physical network. */
function mixedPurposes(topology: Topology, networks: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly Reason[]> {
  const used = entries(topology, "portGroups").flatMap(([id, { virtualSwitch, vlan }]) => {
    const workloads = vlan?.mode === "access" && occupantsOf(topology, id).some(({ vm }) => isWorkload(vm));
    const services = vlan?.mode === "access" ? adaptersOf(topology, id).flatMap((adapter) => record(topology, "managementInterfaces", adapter)?.services ?? ["management"]) : [];
    if (vlan?.mode !== "access" || (!workloads && services.length === 0)) return [];
    return [...(networks.get(virtualSwitch) ?? [])].map((network) => ({ id, workloads, services, place: `${network}\n${vlan.id}`, vlan: vlan.id }));
  });
  const mixed = new Map<string, Reason[]>();
  for (const users of groupBy(used, ({ place }) => place).values()) {
    const workloads = users.filter((user) => user.workloads && user.services.length === 0).map(({ id }) => id);
    for (const { id, workloads: own, services, vlan } of users) {
      if (own || services.length === 0 || workloads.length === 0 || mixed.has(id)) continue;
      mixed.set(id, [{ text: `VLAN ${vlan} is for ${listed([...new Set(services)])} here and for workloads on ${listed(workloads)}`, apart: true }]);
    }
  }
  return mixed;
}

/** The physical networks (named by one of their switches) that each virtual switch has uplinks to. */
function physicalNetworks(topology: Topology): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map<string, string[]>();
  const trunks = entries(topology, "trunks").flatMap(([, { a, b }]) => [[a.switch, b.switch], [b.switch, a.switch]] as const);
  for (const [from, group] of groupBy(trunks, ([from]) => from)) neighbours.set(from, group.map(([, to]) => to));
  const name = new Map<string, string>();
  for (const [first] of entries(topology, "physicalSwitches")) {
    if (name.has(first)) continue;
    const queue = [first];
    for (const one of queue) {
      if (name.has(one)) continue;
      name.set(one, first);
      queue.push(...(neighbours.get(one) ?? []));
    }
  }
  const networks = new Map<string, Set<string>>();
  for (const [virtualSwitch, uplinks] of groupBy(entries(topology, "uplinks"), ([, uplink]) => uplink.virtualSwitch)) {
    networks.set(virtualSwitch, new Set(uplinks.map(([, { physicalSwitch }]) => name.get(physicalSwitch) ?? physicalSwitch)));
  }
  return networks;
}

function fixesFor({ topology, network }: RuleContext, id: string, group: PortGroup, reasons: readonly Reason[]): FixCandidate[] {
  if (group.vlan?.mode !== "access") return [];
  if (reasons.some(({ apart }) => apart === true)) return moveApart(topology, network.layer2.ends.filter(({ portGroup }) => portGroup === id), group);
  const old = group.vlan.id;
  const instead = reasons.find((reason) => reason.instead !== undefined)?.instead;
  const same = instead === undefined ? [] : candidate(topology, `Use VLAN ${instead} on ${group.name}`, (board) => board.set(["portGroups", id, "vlan", "id"], instead));
  const free = freeVlan(topology, "tenant");
  if (free === undefined) return same;
  const segments = network.layer2.segments.filter(({ members }) => members.some(({ switch: at, vlan }) => at === group.virtualSwitch && vlan === old));
  const renumbered = candidate(topology, `Renumber VLAN ${old} of ${group.name} to ${free}`, (board) => {
    for (const segment of segments) renumberSegment(board, segment, free);
    if (record(board.topology, "portGroups", id)?.vlan?.mode === "access") board.set(["portGroups", id, "vlan", "id"], free);
  });
  return [...same, ...renumbered];
}

function moveApart(topology: Topology, ends: readonly End[], { name }: PortGroup): FixCandidate[] {
  return candidate(topology, `Move ${name} into a VLAN of its own`, (board) => {
    const vlan = freeVlan(board.topology, "management");
    if (vlan === undefined) return false;
    moveToVlan(board, { ends, vlan, stem: "infrastructure", name });
    return true;
  });
}
