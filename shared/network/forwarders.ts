/** What forwards: routers, firewalls, guests that are set to, and under the hostile guest every VM on two segments. */
import { jsonPath } from "../model/path";
import { compareIds, entries, record, type RecordOf, type Topology } from "../model/topology";
import type { PortGroupVlan } from "../model/kinds/port-group";
import type { Assume } from "../analysis/result";
import { isPassthrough, type Guard, type Guards } from "./distributed";
import { Filter } from "./filters";
import { isUnawareBridge } from "./guest-port";
import type { LabelTable } from "./labels";
import type { End, EndClass, Layer2, Segment } from "./types";

/** An interface of a forwarder, or a vNIC of a VM that forwards. */
export interface Port {
  readonly index: number;
  readonly end: End;
  /** The interface's id within its forwarder, as rules name it. */
  readonly local: string;
  readonly forwarder: Forwarder;
  /** Distributed firewalls that judge what a VM forwards here. */
  readonly guards: readonly Guard[];
}

export interface Forwarder {
  readonly index: number;
  readonly id: string;
  readonly kind: "router" | "firewall" | "vm";
  /** Joins its segments instead of routing between them. */
  readonly transparent: boolean;
  /** Absent for VMs: they forward everything. */
  readonly filter: Filter | undefined;
  readonly ports: readonly Port[];
  /** VMs that this one stands for, besides itself: alike for everybody who is none of them. */
  readonly alike: readonly string[];
  /** Forwards only if absent fields are the worst, as on a trunk port group whose VLANs are unknown. */
  readonly openOnly: boolean;
  /** JSON paths of those fields, as far as they are about the ports of the forwarder itself. */
  readonly missing: readonly string[];
}

interface Draft extends Omit<Forwarder, "ports" | "index"> {
  readonly ends: readonly End[];
}

/** Every forwarder, appliances first, in the order of their ids. */
export function collectForwarders(topology: Topology, layer2: Layer2, labels: LabelTable, guards: Guards, assume: Assume): readonly Forwarder[] {
  const drafts = [...appliances(topology, layer2, labels), ...guests(topology, layer2, guards, assume)];
  let count = 0;
  return drafts.map(({ ends, ...draft }, index) => {
    const ports: Port[] = [];
    const forwarder: Forwarder = { index, ...draft, ports };
    for (const end of ends) {
      const local = end.local ?? "";
      ports.push({ index: count, end, local, forwarder, guards: guards.at(end) });
      count += 1;
    }
    return forwarder;
  });
}

function* appliances(topology: Topology, layer2: Layer2, labels: LabelTable): Generator<Draft> {
  for (const collection of ["routers", "firewalls"] as const) {
    const kind = collection === "routers" ? "router" : "firewall";
    const fallback = kind === "router" ? "allow" : "deny";
    for (const [id, { mode, stateful, rules = [], defaultAction = fallback }] of entries(topology, collection)) {
      const filter = new Filter({ id, kind, stateful: stateful !== false, rules, defaultAllow: defaultAction === "allow", byIdentity: false }, labels);
      yield { id, kind, transparent: mode === "transparent", filter, ends: layer2.endsOf(id), alike: [], openOnly: false, missing: [] };
    }
  }
}

/** Beyond this many alike, one more guest that forwards changes nothing for anybody (see `guests`). */
const ALIKE = 3;

/**
 * VMs that forward. Under the hostile guest those on the same ports with the same distributed firewalls are interchangeable; as a
 * guest neither hears itself nor relays what it sends itself, three stand for any number: one may be the sender, one the receiver.
 */
function* guests(topology: Topology, layer2: Layer2, guards: Guards, assume: Assume): Generator<Draft> {
  const places = new Places(topology, layer2);
  const alike = new Map<string, { seen: number; readonly others: string[] }>();
  const alone = new Map<string | undefined, Map<EndClass, Forwarding>>();
  const judgeAlone = (vm: RecordOf<"vms">, end: End, ends: readonly End[]): Forwarding => {
    if (isPassthrough(end)) return places.forwards(vm, ends, assume);
    let row = alone.get(end.portGroup);
    if (row === undefined) alone.set(end.portGroup, (row = new Map<EndClass, Forwarding>()));
    let found = row.get(layer2.classOf(end));
    if (found === undefined) row.set(layer2.classOf(end), (found = places.forwards(vm, ends, assume)));
    return found;
  };
  for (const [id, vm] of mayForward(layer2, (own, end) => own.forwarding === true || (assume === "hostile" && !places.isOrdinary(own, end)))) {
    const ends = layer2.endsOf(id);
    const [first] = ends;
    if (first === undefined) continue;
    // Most VMs have one vNIC, plugged in like thousands of others.
    const judged = vm.forwarding === true ? CERTAIN : ends.length === 1 ? judgeAlone(vm, first, ends) : places.forwards(vm, ends, assume);
    if (judged === NEVER) continue;
    let others: readonly string[] = [];
    if (assume === "hostile") {
      const key = `${String(judged.certain)} ${ends.map((end) => `${layer2.classOf(end).index}/${guards.at(end).map(({ index }) => index).join(",")}`).sort().join(" ")}`;
      const kind = alike.get(key) ?? { seen: 0, others: [] };
      alike.set(key, kind);
      kind.seen += 1;
      if (kind.seen > ALIKE) {
        kind.others.push(id);
        continue;
      }
      if (kind.seen === ALIKE) others = kind.others;
    }
    yield { id, kind: "vm", transparent: false, filter: undefined, ends, alike: others, openOnly: !judged.certain, missing: judged.missing };
  }
}

/** The VMs with ends that may, sorted by id. */
function mayForward({ ends }: Layer2, may: (vm: RecordOf<"vms">, end: End) => boolean): [string, RecordOf<"vms">][] {
  const found = new Map<string, RecordOf<"vms">>();
  for (let index = 0; index < ends.length; index++) {
    const end = ends[index] as End, { vm } = end;
    if (vm !== undefined && may(vm, end)) found.set(end.owner, vm);
  }
  return [...found].sort(([a], [b]) => compareIds(a, b));
}

/** That a guest forwards: for certain, or if absent fields are the worst; `missing` are those about its own ports. */
interface Forwarding {
  readonly certain: boolean;
  readonly missing: readonly string[];
}

const CERTAIN: Forwarding = { certain: true, missing: [] };
const NEVER: Forwarding = { certain: false, missing: [] };

/** Counts the segments on which a VM both sends and hears. */
class Places {
  private readonly names = new Map<Segment, string>();
  /** By number of the port group. */
  private readonly oneVlan: (boolean | undefined)[] = [];

  constructor(private readonly topology: Topology, private readonly layer2: Layer2) {}

  /** Whether a guest that is not set to forward does so all the same. */
  forwards(vm: RecordOf<"vms">, ends: readonly End[], assume: Assume): Forwarding {
    if (assume !== "hostile") return NEVER;
    if (this.count(ends) > 1) return CERTAIN;
    const missing = ends.flatMap((end) => unknownVlans(this.topology, vm, end));
    return missing.length > 0 || this.apart(ends) > 1 ? { certain: false, missing } : NEVER;
  }

  /** Whether the VM has one vNIC, which is this end, in a port group of one VLAN: most are, and stay in it. */
  isOrdinary({ nics }: RecordOf<"vms">, { nic, portGroup, group }: End): boolean {
    for (const local in nics) if (nics[local] !== nic) return false;
    return nic?.passthrough === undefined && (this.oneVlan[group] ??= this.hasOneVlan(portGroup));
  }

  private hasOneVlan(id: string | undefined): boolean {
    const group = record(this.topology, "portGroups", id);
    const vswitch = record(this.topology, "virtualSwitches", group?.virtualSwitch);
    return group?.vlan?.mode === "access" && vswitch !== undefined && !isUnawareBridge(vswitch);
  }

  private count(ends: readonly End[]): number {
    const places = new Set<string>();
    for (const end of ends) for (const place of this.of(end)) places.add(place);
    return places.size;
  }

  /** The same, where segments that look alike may differ beyond a port that is unknown. */
  private apart(ends: readonly End[]): number {
    const places = ends.flatMap((end) => (this.privateVlan(end) !== undefined || !this.mayMeetMore(end) ? [] : this.layer2.placesOf(end)));
    return new Set(places.map((segments) => segments.map(({ index }) => index).join())).size;
  }

  /** Whether ends may hear it, or be heard by it, that do not for certain: beyond no unknown port segments that look alike are alike. */
  private mayMeetMore(end: End): boolean {
    const own = this.layer2.classOf(end);
    return this.layer2.mayHearers(own).length > 0 || this.layer2.maySenders(own).length > 0;
  }

  /** A port of a private VLAN is one place, though it sends and hears in two VLANs. */
  private of(end: End): string[] {
    const vlan = this.privateVlan(end);
    if (vlan === undefined) return this.layer2.placesOf(end).map((segments) => [...new Set(segments.map((segment) => this.name(segment)))].sort().join(" "));
    const vswitch = record(this.topology, "portGroups", end.portGroup)?.virtualSwitch ?? "";
    return [`private ${vswitch} ${vlan.primary} ${vlan.type === "promiscuous" ? "" : (vlan.secondary ?? "")}`];
  }

  /** The private VLAN that the end's port is in; the port group's binds neither passthrough nor a bridge without VLAN filtering. */
  private privateVlan(end: End): Extract<PortGroupVlan, { mode: "private" }> | undefined {
    const portGroup = record(this.topology, "portGroups", end.portGroup);
    if (portGroup?.vlan?.mode !== "private") return undefined;
    const vswitch = record(this.topology, "virtualSwitches", portGroup.virtualSwitch);
    const free = isPassthrough(end) || (vswitch !== undefined && isUnawareBridge(vswitch));
    return free ? undefined : portGroup.vlan;
  }

  /** The VLANs of a trunk that have the same ends are one place. */
  private name(segment: Segment): string {
    let name = this.names.get(segment);
    if (name === undefined) this.names.set(segment, (name = segment.ends.map(({ index }) => index).join(",")));
    return name;
  }
}

/** The absent fields without which it is unknown which VLANs the vNIC is in, and whether in several. */
function unknownVlans(topology: Topology, vm: RecordOf<"vms">, end: End): string[] {
  const { vlan, virtualSwitch } = record(topology, "portGroups", end.portGroup) ?? {};
  // Open vSwitch takes no list for all VLANs, and a bridge without VLAN filtering reads none.
  const vswitch = record(topology, "virtualSwitches", virtualSwitch);
  const reads = vswitch !== undefined && vswitch.kind !== "open-vswitch" && !isUnawareBridge(vswitch);
  if (!isPassthrough(end)) return reads && vlan?.mode === "trunk" && vlan.allowed === undefined ? [jsonPath("portGroups", end.portGroup ?? "", "vlan", "allowed")] : [];
  return entries(topology, "uplinks").filter(([, uplink]) => uplink.virtualSwitch === virtualSwitch && uplink.hypervisor === vm.hypervisor).flatMap(([id, { port }]) => {
    if (port === undefined) return [jsonPath("uplinks", id, "port")];
    return port.mode === "trunk" && port.allowed === undefined ? [jsonPath("uplinks", id, "port", "allowed")] : [];
  });
}
