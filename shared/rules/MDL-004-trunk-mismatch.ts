import { addVlan, ALL_VLANS, equalVlans, formatVlanList, hasVlan, NO_VLANS, parseVlanList, subtractVlans, unionVlans, type VlanSet } from "../model/vlan-set";
import type { Port } from "../model/primitives";
import { entries, record, type RecordOf, type Topology } from "../model/topology";
import { groupBy } from "./group-by";
import { byHand, listed } from "./phrase";
import { candidate, type Board } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";
import { allowedBy, excessOf, groupsIn, missingOn, TrunkNeeds } from "./trunk-lists";
import { vlansUsedAnywhere, vlansUsedOn, type VlansUsed } from "./vlans-used";
import { uplinksOf } from "./workload";

export const mdl004: IsolationRule = {
  id: "MDL-004",
  title: "Trunk allow-list mismatch, or native VLANs that differ",
  severity: "low",
  threat: "A VLAN that a list lacks does not get through: an outage. One that a list has too many is there for whoever gets to tag it. And where native VLANs differ, two segments that the drawing shows apart are one.",
  condition: "(a) The VLAN of a port group is in the list of no uplink of its switch on some hypervisor (an access port takes none), or port groups of one name on both sides of the only cable between physical switches are in a VLAN that it does not "
    + "carry. (b) A list has VLANs, or all, that no port group there uses; on a cable between physical switches, that nothing in the document uses. Not where a port carries every VLAN or an overlay rides an unknown one. (c) The ends of such a cable put "
    + "untagged frames into different VLANs, also where both tag their native VLAN today, or one end sends a VLAN in use untagged that the other, without a native VLAN, drops. A list that is not described is unknown, which MDL-005 reports. Identified by the virtual switch, (c) and cables by the trunk.",
  fix: "Lists that are the VLANs in use; the same native VLAN at both ends, best one that nothing uses, tagged.",
  commands: [
    { platform: "cisco", text: "switchport trunk allowed vlan 10,110,120; switchport trunk native vlan 999" },
    { platform: "linux-bridge", text: "bridge vlan add dev eno1 vid 110" },
  ],
  references: ["DISA STIG for Cisco switches V-220646, V-220644", "NIST SP 800-53r5 CM-7"],
  caveats: "VLANs that are planned look unused: accept the finding with a date. What the joins let through is judged by NET-001 and NET-002.",
  root: () => "",
  check({ topology }) {
    const needs = new TrunkNeeds(topology);
    const trunks = entries(topology, "trunks");
    const used = trunks.length === 0 ? { vlans: NO_VLANS, untagged: true, open: true } : vlansUsedAnywhere(topology);
    return [...entries(topology, "virtualSwitches").flatMap(([id]) => inspectSwitch(topology, id)), ...trunks.flatMap(([id, trunk]) => inspectTrunk(topology, id, trunk, used, needs))];
  },
};

type Trunk = RecordOf<"trunks">;
type Side = "a" | "b";
const SIDES: readonly Side[] = ["a", "b"];

const inWords = (vlans: VlanSet): string => (equalVlans(vlans, ALL_VLANS) ? "every VLAN" : `VLAN ${formatVlanList(vlans)}`);

/** (a) and (b) of the uplinks of a virtual switch. */
function inspectSwitch(topology: Topology, id: string): Draft[] {
  const uplinks = uplinksOf(topology, id);
  if (uplinks.length === 0) return [];
  const used = vlansUsedOn(topology, id);
  const missing = missingOn(topology, id);
  const generous = uplinks.map(([uplink, { port }]) => ({ uplink, excess: excessOf(port, used) })).filter(({ excess }) => excess.length > 0);
  if (missing.size === 0 && generous.length === 0) return [];
  const name = record(topology, "virtualSwitches", id)?.name ?? id;
  const lacking = [...groupBy([...missing], ([, vlans]) => formatVlanList(vlans))].map(([text, on]) => `${listed(groupsIn(topology, id, parseVlanList(text) ?? NO_VLANS))} in VLAN ${text} ${on.length === 1 ? "does" : "do"} not get out of ${listed(on.map(([hypervisor]) => hypervisor))}`);
  const spare = [...groupBy(generous, ({ excess }) => inWords(excess))].map(([text, on]) => `${listed(on.map(({ uplink }) => uplink))} ${on.length === 1 ? "lets" : "let"} ${text} through, which no port group of ${name} uses`);
  return [{
    key: id,
    title: lacking.length > 0 ? `Uplinks of ${name} lack a VLAN` : `Uplinks of ${name} let through what nobody uses`,
    subjects: [id, ...new Set([...generous.map(({ uplink }) => uplink), ...uplinks.filter(([, { hypervisor }]) => missing.has(hypervisor)).map(([uplink]) => uplink)])],
    detail: `${[...lacking, ...spare].join("; ")}.${used.vlans.length === 0 && !used.untagged ? byHand(`${name} needs no uplink at all, and whether one is unplugged or kept for later only its owner knows`) : ""}`,
    fixes: () => candidate(topology, `Let the uplinks of ${name} carry ${used.vlans.length === 0 ? "nothing" : `VLAN ${formatVlanList(used.vlans)}`}`, (board) => fit(board, id, used)),
  }];
}

/** Every list of the switch's uplinks becomes what is in use; the native VLAN stays where untagged frames need it. */
function fit(board: Board, virtualSwitch: string, { vlans, untagged }: VlansUsed): boolean {
  for (const [uplink, { port }] of uplinksOf(board.topology, virtualSwitch)) {
    if (port?.mode !== "trunk" || port.allowed === undefined) {
      if (port?.mode === "access" && vlans.length > 0) board.set(["uplinks", uplink, "port"], { mode: "trunk", allowed: formatVlanList(unionVlans(vlans, untagged ? [port.vlan, port.vlan] : NO_VLANS)), ...(untagged ? { native: port.vlan } : {}) });
      continue;
    }
    const wanted = unionVlans(vlans, untagged && port.native !== undefined ? [port.native, port.native] : NO_VLANS);
    if (wanted.length === 0) return false;
    board.set(["uplinks", uplink, "port", "allowed"], formatVlanList(wanted));
  }
  return true;
}

interface Fault {
  readonly title: string;
  readonly text: string;
  /** What mends it, in order of preference, on a board that may hold other changes; false where it cannot. */
  readonly mends: readonly { readonly title: string; readonly on: (board: Board) => boolean }[];
}

function inspectTrunk(topology: Topology, id: string, trunk: Trunk, used: VlansUsed, needs: TrunkNeeds): Draft[] {
  const faults = [...nativeFault(id, trunk, used), ...listFaults(id, trunk, used, needs)];
  const [first] = faults;
  if (first === undefined) return [];
  // The lists last: they count a native VLAN as used.
  const others = faults.slice(1).flatMap(({ mends }) => mends.slice(0, 1));
  return [{
    key: id, title: first.title, subjects: [id, trunk.a.switch, trunk.b.switch], detail: faults.map(({ text }) => text).join(" "),
    fixes: () => first.mends.flatMap((mend) => candidate(topology, [mend, ...others].map(({ title }) => title).join("; "), (board) => [mend, ...others].every(({ on }) => on(board)))),
  }];
}

function listFaults(id: string, trunk: Trunk, used: VlansUsed, needs: TrunkNeeds): Fault[] {
  const name = trunk.name ?? id;
  const missing = needs.missing(id, trunk);
  const generous = SIDES.map((side) => ({ side, excess: excessOf(trunk[side].port, used) })).filter(({ excess }) => excess.length > 0);
  if (missing.length === 0 && generous.length === 0) return [];
  const sides = [...groupBy(generous, ({ excess }) => inWords(excess))].map(([text, on]) => `The list at ${listed(on.map(({ side }) => trunk[side].switch))} lets ${text} through, which nothing uses.`);
  return [{
    title: missing.length > 0 ? `${name} lacks ${inWords(missing)}` : `${name} lets through what nobody uses`,
    text: [...(missing.length > 0 ? [`Port groups of one name on both sides of ${name} are in ${inWords(missing)}, which it does not carry.`] : []), ...sides].join(" "),
    mends: [{ title: `Let ${name} carry what is in use`, on: (board) => SIDES.every((side) => refit(board, id, side, missing, generous.find((one) => one.side === side)?.excess ?? NO_VLANS)) }],
  }];
}

function refit(board: Board, id: string, side: Side, missing: VlanSet, excess: VlanSet): boolean {
  const port = record(board.topology, "trunks", id)?.[side].port;
  const allowed = allowedBy(port);
  if (allowed === undefined || port?.mode !== "trunk") return missing.length === 0;
  const wanted = subtractVlans(unionVlans(allowed, missing), excess);
  if (wanted.length === 0) return false;
  board.set(["trunks", id, side, "port", "allowed"], formatVlanList(wanted));
  return true;
}

/** The VLAN that untagged frames are in at a port. */
function untaggedVlan(port: Port | undefined): number | undefined {
  return port?.mode === "access" ? port.vlan : port?.native;
}

/** (c) */
function nativeFault(id: string, trunk: Trunk, used: VlansUsed): Fault[] {
  const { name, a, b } = trunk;
  const [left, right] = [untaggedVlan(a.port), untaggedVlan(b.port)];
  if (left === undefined || right === undefined) return SIDES.flatMap((side) => droppedFault(id, trunk, side, used));
  if (left === right) return [];
  const crosses = passesUntagged(a.port) && passesUntagged(b.port);
  return [{
    title: `${name ?? id} joins VLAN ${left} to VLAN ${right}`,
    text: `Untagged frames on ${name ?? id} are in VLAN ${left} at ${a.switch} and in VLAN ${right} at ${b.switch}${crosses ? ": the two VLANs are one segment" : ", though at present a list or a tagged native VLAN keeps them from crossing"}.`,
    mends: SIDES.flatMap((side) => equalise(id, { a, b }, side)),
  }];
}

/** What one end sends untagged, and the other has in its list but no native VLAN to take it into: a VLAN that somebody uses crosses one way at most. */
function droppedFault(id: string, { name, a, b }: Trunk, side: Side, { vlans, open }: VlansUsed): Fault[] {
  const [from, to] = side === "a" ? [a, b] : [b, a];
  const vlan = untaggedVlan(from.port);
  if (vlan === undefined || open || !hasVlan(vlans, vlan) || !passesUntagged(from.port) || to.port?.mode !== "trunk" || to.port.native !== undefined || !hasVlan(allowedBy(to.port) ?? NO_VLANS, vlan)) return [];
  return [{
    title: `${name ?? id} drops VLAN ${vlan} at ${to.switch}`,
    text: `${from.switch} sends VLAN ${vlan} untagged over ${name ?? id}, and ${to.switch}, which has no native VLAN there, drops it.`,
    mends: equalise(id, { a, b }, side === "a" ? "b" : "a"),
  }];
}

function passesUntagged(port: Port | undefined): boolean {
  if (port?.mode !== "trunk") return port !== undefined;
  const allowed = port.allowed === undefined ? undefined : parseVlanList(port.allowed);
  return port.tagNative !== true && port.native !== undefined && (allowed === undefined || hasVlan(allowed, port.native));
}

/** Gives one end the VLAN of the other. */
function equalise(id: string, ends: Pick<Trunk, "a" | "b">, side: Side): Fault["mends"] {
  const vlan = untaggedVlan(ends[side === "a" ? "b" : "a"].port);
  const { port, switch: at } = ends[side];
  if (vlan === undefined || port === undefined) return [];
  return [{
    title: `Put untagged frames into VLAN ${vlan} at ${at} too`,
    on: (board) => {
      board.set(["trunks", id, side, "port", port.mode === "access" ? "vlan" : "native"], vlan);
      if (port.mode === "trunk" && port.allowed !== undefined && port.allowed !== "all") board.set(["trunks", id, side, "port", "allowed"], addVlan(port.allowed, vlan) ?? port.allowed);
      return true;
    },
  }];
}
