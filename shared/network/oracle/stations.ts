/** The addresses that an end may send from, and be sent to. */
import { entries, record, type Topology } from "../../model/topology";
import type { Assume, End } from "./ends";
import type { Frames } from "./frames";
import { outsideAddresses } from "./outside";
import { isUnaware } from "./ports";
import type { Forwarder } from "./search";
import { bare, type Selectors, type Station } from "./selectors";

export type Role = "source" | "target";

export class Stations {
  private readonly known = new Map<string, readonly Station[]>();

  /** @param forged whether guests take over addresses of their neighbours */
  constructor(
    private readonly topology: Topology,
    private readonly assume: Assume,
    private readonly forged: boolean,
    private readonly frames: Frames,
    private readonly selectors: Selectors,
    private readonly forwarders: readonly Forwarder[],
  ) {}

  of(end: End, role: Role): readonly Station[] {
    const key = `${end.index} ${role}`;
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = this.find(end, role)));
    return found;
  }

  /** Whether the end has an address of its own of the family, or none that is written. */
  has(end: End, role: Role, family: 4 | 6): boolean {
    const own = end.kind === "external" ? this.of(end, role).flatMap(({ address }) => address ?? []) : this.ownOf(end, role);
    return own.length === 0 || own.some((text) => text.includes(":") === (family === 6));
  }

  private find(end: End, role: Role): Station[] {
    if (end.kind === "external") {
      const outside = outsideAddresses(this.topology, this.selectors.subnets, record(this.topology, "externalNetworks", end.owner)?.trust === "untrusted");
      return (outside.length === 0 ? [undefined] : outside).map((address) => ({ end, address }));
    }
    const own = this.ownOf(end, role);
    if (this.assume === "configured") return own.map((written) => ({ end, address: bare(written), written }));
    const addresses = new Set<string | undefined>(own.length === 0 ? [undefined] : own.map(bare));
    if (this.forged && end.kind === "vnic" && !this.isBound(end)) for (const neighbour of this.neighbours(end)) for (const address of neighbour.addresses) addresses.add(bare(address));
    return [...addresses].map((address) => ({ end, address }));
  }

  /** A guest takes what comes for any of its addresses on any of its vNICs; as a sender it keeps to the vNIC's own where it is bound or configured. */
  private ownOf(end: End, role: Role): readonly string[] {
    const whole = end.kind === "vnic" && (role === "target" || (this.assume === "hostile" && !this.isBound(end)));
    return whole ? this.ofVm(end.owner) : end.addresses;
  }

  private isBound(end: End): boolean {
    return end.kind === "vnic" && !end.passthrough && record(this.topology, "portGroups", end.portGroup)?.spoofGuard === true;
  }

  private ofVm(id: string): string[] {
    return Object.values(record(this.topology, "vms", id)?.nics ?? {}).flatMap(({ addresses = [] }) => addresses);
  }

  /** Everyone in the end's segments, and in those that transparent firewalls join to them. */
  private neighbours(end: End): Set<End> {
    const found = new Set<End>();
    const sides = new Set([end]);
    for (const side of sides) {
      for (const segment of this.frames.segmentsOf(side)) for (const neighbour of this.frames.endsIn(segment)) found.add(neighbour);
      for (const { transparent, ports } of this.forwarders) {
        if (!transparent) continue;
        for (const port of ports) if (this.frames.mutual(side, port) || this.share(side, port)) for (const other of ports) if (other !== port) sides.add(other);
      }
    }
    return found;
  }

  /** Isolated ports of one segment do not hear one another. */
  private share(a: End, b: End): boolean {
    const segments = this.frames.segmentsOf(b);
    return [...this.frames.segmentsOf(a)].some((segment) => segments.has(segment));
  }
}

/** VMs that forward: those that are set to and, under the hostile guest, those on two segments. */
export function forwardingVms(topology: Topology, assume: Assume, ends: readonly End[], frames: Frames): Forwarder[] {
  return entries(topology, "vms").flatMap(([id, vm]) => {
    const ports = ends.filter(({ kind, owner }) => kind === "vnic" && owner === id);
    const forwards = vm.forwarding === true || (assume === "hostile" && places(topology, ports, frames).size > 1);
    return forwards ? [{ id, transparent: false, list: undefined, ports }] : [];
  });
}

/** Segments of a VM: those with the same ends are one place, and so are the two VLANs of a private port. */
function places(topology: Topology, ports: readonly End[], frames: Frames): Set<string> {
  return new Set(ports.flatMap((end) => {
    const group = record(topology, "portGroups", end.portGroup);
    const vswitch = record(topology, "virtualSwitches", group?.virtualSwitch);
    if (group?.vlan?.mode === "private" && !end.passthrough && (vswitch === undefined || !isUnaware(vswitch))) {
      const { primary, secondary, type } = group.vlan;
      return [`${group.virtualSwitch} ${primary} ${type === "promiscuous" ? "" : (secondary ?? "")}`];
    }
    const name = (segment: number): string => frames.endsIn(segment).map(({ id }) => id).sort().join();
    return frames.placesOf(end).map((segments) => [...new Set(segments.map(name))].sort().join(" "));
  }));
}
