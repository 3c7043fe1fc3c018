/** What forwards: routers, firewalls, guests that are set to, and under the hostile guest every VM on two segments. */
import { jsonPath } from "../model/path";
import { entries, record, type RecordOf, type Topology } from "../model/topology";
import type { PortGroupVlan } from "../model/kinds/port-group";
import type { Vnic } from "../model/kinds/vm";
import type { Assume } from "../analysis/result";
import type { Guard, Guards } from "./distributed";
import { Filter } from "./filters";
import { isUnawareBridge } from "./guest-port";
import type { LabelTable } from "./labels";
import type { End, Layer2, Segment } from "./types";

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
      const local = end.id.slice(end.owner.length + 1);
      ports.push({ index: count, end, local, forwarder, guards: guards.at(end.id) });
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
      yield { id, kind, transparent: mode === "transparent", filter, ends: layer2.endsOf(id), openOnly: false, missing: [] };
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
  const alike = new Map<string, number>();
  for (const [id, vm] of entries(topology, "vms")) {
    const ends = layer2.endsOf(id);
    if (vm.role === "template" || ends.length === 0) continue;
    const certain = vm.forwarding === true || (assume === "hostile" && places.count(ends) > 1);
    const missing = certain || assume !== "hostile" ? [] : ends.flatMap((end) => unknownVlans(topology, vm, end));
    const perhaps = !certain && assume === "hostile" && (places.apart(ends) > 1 || missing.length > 0);
    if (!certain && !perhaps) continue;
    if (assume === "hostile") {
      const key = `${String(certain)} ${ends.map((end) => `${layer2.classOf(end).index}/${guards.at(end.id).map(({ index }) => index).join(",")}`).sort().join(" ")}`;
      const seen = alike.get(key) ?? 0;
      alike.set(key, seen + 1);
      if (seen >= ALIKE) continue;
    }
    yield { id, kind: "vm", transparent: false, filter: undefined, ends, openOnly: perhaps, missing };
  }
}

/** Counts the segments on which a VM both sends and hears. */
class Places {
  private readonly names = new Map<Segment, string>();

  constructor(private readonly topology: Topology, private readonly layer2: Layer2) {}

  count(ends: readonly End[]): number {
    const places = new Set<string>();
    for (const end of ends) for (const place of this.of(end)) places.add(place);
    return places.size;
  }

  /** The same, where segments that look alike may differ beyond a port that is unknown. */
  apart(ends: readonly End[]): number {
    return new Set(ends.flatMap((end) => (this.privateVlan(end) !== undefined ? [] : this.layer2.segmentsOf(end)))).size;
  }

  /** A port of a private VLAN is one place, though it sends and hears in two VLANs. */
  private of(end: End): string[] {
    const vlan = this.privateVlan(end);
    if (vlan === undefined) return this.layer2.segmentsOf(end).map((segment) => this.name(segment));
    const vswitch = record(this.topology, "portGroups", end.portGroup)?.virtualSwitch ?? "";
    return [`private ${vswitch} ${vlan.primary} ${vlan.type === "promiscuous" ? "" : (vlan.secondary ?? "")}`];
  }

  /** The private VLAN that the end's port is in; the port group's binds neither passthrough nor a bridge without VLAN filtering. */
  private privateVlan(end: End): Extract<PortGroupVlan, { mode: "private" }> | undefined {
    const portGroup = record(this.topology, "portGroups", end.portGroup);
    if (portGroup?.vlan?.mode !== "private") return undefined;
    const vswitch = record(this.topology, "virtualSwitches", portGroup.virtualSwitch);
    const vm = record(this.topology, "vms", end.owner);
    const free = (vm !== undefined && bypasses(nicOf(vm, end))) || (vswitch !== undefined && isUnawareBridge(vswitch));
    return free ? undefined : portGroup.vlan;
  }

  /** The VLANs of a trunk that have the same ends are one place. */
  private name(segment: Segment): string {
    let name = this.names.get(segment);
    if (name === undefined) this.names.set(segment, (name = segment.ends.map(({ index }) => index).join(",")));
    return name;
  }
}

function nicOf(vm: RecordOf<"vms">, end: End): Vnic | undefined {
  return vm.nics?.[end.id.slice(end.owner.length + 1)];
}

function bypasses(nic: Vnic | undefined): boolean {
  return nic?.passthrough !== undefined && nic.passthrough !== "none";
}

/** The absent fields without which it is unknown which VLANs the vNIC is in, and whether in several. */
function unknownVlans(topology: Topology, vm: RecordOf<"vms">, end: End): string[] {
  const { vlan, virtualSwitch } = record(topology, "portGroups", end.portGroup) ?? {};
  // Open vSwitch takes no list for all VLANs, and a bridge without VLAN filtering reads none.
  const vswitch = record(topology, "virtualSwitches", virtualSwitch);
  const reads = vswitch !== undefined && vswitch.kind !== "open-vswitch" && !isUnawareBridge(vswitch);
  if (!bypasses(nicOf(vm, end))) return reads && vlan?.mode === "trunk" && vlan.allowed === undefined ? [jsonPath("portGroups", end.portGroup ?? "", "vlan", "allowed")] : [];
  return entries(topology, "uplinks").filter(([, uplink]) => uplink.virtualSwitch === virtualSwitch && uplink.hypervisor === vm.hypervisor).flatMap(([id, { port }]) => {
    if (port === undefined) return [jsonPath("uplinks", id, "port")];
    return port.mode === "trunk" && port.allowed === undefined ? [jsonPath("uplinks", id, "port", "allowed")] : [];
  });
}
