/** Lets a declared flow cross between two segments: through a router or firewall that is there, else through a new firewall. */
import { parseCidr, rangesOverlap, type Cidr } from "../../model/address";
import { freshId } from "../../model/ids";
import type { ForwarderInterface } from "../../model/kinds/forwarder";
import type { Intent } from "../../model/policy";
import { entries, record, type Topology } from "../../model/topology";
import type { End, Layer2, Segment } from "../../network/types";
import { localOf } from "../workload";
import type { Board } from "./board";
import { carryVlan, physicalSwitchAt, placesOfPortGroup, type Place } from "./carry";
import { prependRule, type FilterRef } from "./filter-rule";
import { freeAddress, gatewayOf, writtenAddresses } from "./readdress";
import { hypervisorOf } from "./move";

/** One end of the flow and the segment that it uses. */
interface Side {
  readonly end: End;
  readonly segment: Segment;
}

/**
 * Gives a forwarder an interface on either side where it has none, and a rule for exactly the flow, in its direction. A new
 * interface of a forwarder that allows by default gets rules that deny the rest. False where an end has no segment.
 */
export function connect(board: Board, layer2: Layer2, from: string, to: string, intent: Intent): boolean {
  const source = sideOf(layer2, from);
  const target = sideOf(layer2, to);
  if (source === undefined || target === undefined) return false;
  const forwarder = chooseForwarder(board.topology, layer2, source, target) ?? addFirewall(board);
  const inbound = ensureInterface(board, layer2, forwarder, source);
  const outbound = ensureInterface(board, layer2, forwarder, target);
  if (inbound === undefined || outbound === undefined) return false;
  const { rules = [] } = record(board.topology, forwarder.collection, forwarder.id) ?? {};
  if (rules.some((rule) => rule.name === nameFor(intent) && rule.in === inbound && rule.out === outbound)) return true;
  const { from: sources, to: targets, services } = intent;
  prependRule(board, forwarder, {
    id: `allow-${intent.id}`, name: nameFor(intent), action: "allow",
    ...(sources === undefined ? {} : { from: sources }), ...(targets === undefined ? {} : { to: targets }), ...(services === undefined ? {} : { services }),
    in: inbound, out: outbound,
  });
  return true;
}

/** The name that a rule made for a policy entry bears. */
export function nameFor(intent: Intent): string {
  return `Policy ${intent.id}`;
}

function sideOf(layer2: Layer2, party: string): Side | undefined {
  for (const end of layer2.endsOf(party)) {
    const segment = layer2.segmentsOf(end)[0];
    if (segment !== undefined) return { end, segment };
  }
  return undefined;
}

/** The one that is in both segments, else in one; a firewall before a router. Undefined where none is near. */
function chooseForwarder(topology: Topology, layer2: Layer2, source: Side, target: Side): FilterRef | undefined {
  const near = (id: string): number => [source, target].filter((side) => interfaceIn(layer2, id, side.segment) !== undefined).length;
  const all = (["firewalls", "routers"] as const).flatMap((collection) =>
    entries(topology, collection)
      // A stateless filter would need a way back for every answer; a transparent one has no third interface.
      .filter(([, forwarder]) => forwarder.mode !== "transparent" && forwarder.stateful !== false)
      .map(([id]) => ({ collection, id, near: near(id) })));
  return all.filter((one) => one.near > 0).sort((a, b) => b.near - a.near)[0];
}

function interfaceIn(layer2: Layer2, forwarder: string, segment: Segment): string | undefined {
  const end = layer2.endsOf(forwarder).find((one) => layer2.segmentsOf(one).some((other) => other.id === segment.id));
  return end === undefined ? undefined : localOf(end);
}

function addFirewall(board: Board): FilterRef {
  const id = freshId(board.topology, "fw-segments");
  board.set(["firewalls", id], { name: "Segment firewall", mode: "routed", stateful: true, interfaces: {}, rules: [], defaultAction: "deny" });
  return { collection: "firewalls", id };
}

function ensureInterface(board: Board, layer2: Layer2, forwarder: FilterRef & { collection: FilterRef["collection"] }, side: Side): string | undefined {
  if (forwarder.collection === "distributedFirewalls") return undefined;
  const there = interfaceIn(layer2, forwarder.id, side.segment);
  if (there !== undefined) return there;
  const own = record(board.topology, forwarder.collection, forwarder.id);
  const attachment = attachmentFor(board, side, own?.hypervisor);
  if (own === undefined || attachment === undefined) return undefined;
  const twin = Object.entries(own.interfaces ?? {}).find(([, port]) => samePlace(port, attachment));
  if (twin !== undefined) return twin[0];
  const taken = own.interfaces ?? {};
  let local = `vlan-${side.segment.vlan}`;
  for (let count = 2; Object.hasOwn(taken, local); count += 1) local = `vlan-${side.segment.vlan}-${count}`;
  board.set([forwarder.collection, forwarder.id, "interfaces", local], { ...attachment, ...addressesFor(board, forwarder, side) });
  if (allowsByDefault(forwarder.collection, own)) {
    prependRule(board, forwarder, { id: `isolate-${local}-out`, action: "deny", out: local, log: true });
    prependRule(board, forwarder, { id: `isolate-${local}-in`, action: "deny", in: local, log: true });
  }
  return local;
}

function allowsByDefault(collection: "routers" | "firewalls", own: { readonly defaultAction?: string | undefined; readonly rules?: readonly { action: string; in?: string | undefined; out?: string | undefined }[] | undefined }): boolean {
  const action = own.defaultAction ?? (collection === "routers" ? "allow" : "deny");
  return action === "allow" || (own.rules ?? []).some((rule) => rule.action === "allow" && (rule.in === undefined || rule.out === undefined));
}

function samePlace(port: ForwarderInterface, other: ForwarderInterface): boolean {
  return port.portGroup === other.portGroup && port.physicalSwitch === other.physicalSwitch && port.vlan === other.vlan;
}

/** A virtual forwarder plugs into the end's port group; a physical one into a switch that the segment reaches, or is made to reach. */
function attachmentFor(board: Board, side: Side, hypervisor: string | undefined): ForwarderInterface | undefined {
  const { topology } = board;
  const { end, segment } = side;
  const switches = record(topology, "virtualSwitches", record(topology, "portGroups", end.portGroup)?.virtualSwitch)?.hypervisors ?? [];
  if (end.portGroup !== undefined && (segment.vni !== undefined || (hypervisor !== undefined && switches.includes(hypervisor)))) return { portGroup: end.portGroup };
  const physical = segment.members.find((member) => record(topology, "physicalSwitches", member.switch) !== undefined && member.vlan > 0);
  if (physical !== undefined) {
    carryToForwarder(board, physical.vlan, side, { physicalSwitch: physical.switch });
    return { physicalSwitch: physical.switch, vlan: physical.vlan };
  }
  const place = placeOf(topology, end);
  const physicalSwitch = place === undefined ? undefined : physicalSwitchAt(topology, place);
  const vlan = record(topology, "portGroups", end.portGroup)?.vlan;
  if (physicalSwitch === undefined || vlan?.mode !== "access") return end.portGroup === undefined ? undefined : { portGroup: end.portGroup };
  carryToForwarder(board, vlan.id, side, { physicalSwitch });
  return { physicalSwitch, vlan: vlan.id };
}

function carryToForwarder(board: Board, vlan: number, side: Side, place: Place): void {
  const own = placeOf(board.topology, side.end);
  if (own !== undefined) carryVlan(board, vlan, [own, place]);
}

function placeOf(topology: Topology, end: End): Place | undefined {
  return end.portGroup === undefined ? undefined : placesOfPortGroup(topology, end.portGroup, hypervisorOf(topology, end))[0];
}

/** In the end's own subnet, as its gateway where it names one; taken over from another interface that served the subnet. */
function addressesFor(board: Board, forwarder: FilterRef, side: Side): { addresses?: string[] } {
  const current = endAddresses(board.topology, side.end)[0];
  const subnet = current === undefined ? undefined : parseCidr(current);
  if (subnet === undefined) return {};
  const address = takeOver(board, forwarder, side, subnet) ?? freeAddress(board.topology, subnet, gatewayOf(board.topology, side.end));
  return address === undefined ? {} : { addresses: [address] };
}

/** Where everybody of the subnet has moved, the interface that served it elsewhere gives its address up: one subnet, one segment. */
function takeOver(board: Board, forwarder: FilterRef, { segment }: Side, subnet: Cidr): string | undefined {
  const here = new Set(segment.ends.map((end) => end.id));
  const inSubnet = (text: string): boolean => {
    const cidr = parseCidr(text);
    return cidr !== undefined && rangesOverlap(cidr, subnet);
  };
  const written = writtenAddresses(board.topology).filter((one) => one.addresses.some(inSubnet));
  const server = written.find((one) => one.serves && one.end.startsWith(`${forwarder.id}/`) && !here.has(one.end));
  if (server === undefined || written.some((one) => !one.serves && !here.has(one.end))) return undefined;
  board.set([...server.path, "addresses"], server.addresses.filter((text) => !inSubnet(text)));
  return server.addresses.find(inSubnet);
}

/** As the board has them now: the layer 2 that the end comes from may be older. */
function endAddresses(topology: Topology, end: End): readonly string[] {
  if (end.kind === "vnic") return record(topology, "vms", end.owner)?.nics?.[localOf(end)]?.addresses ?? [];
  if (end.kind === "managementInterface") return record(topology, "managementInterfaces", end.id)?.addresses ?? [];
  return [];
}
