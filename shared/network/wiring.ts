/** Switch instances and the cables between them: the fixed part of layer 2, before anyone sends a frame. */
import { jsonPath } from "../model/path";
import { compareIds, entries, type Topology } from "../model/topology";
import { isVlanAwareBridge } from "./guest-port";
import { physicalForms, virtualForms, type LinkForms } from "./link-port";

/** One forwarding table: a physical switch, or a virtual switch on one hypervisor. */
export interface Instance {
  readonly index: number;
  readonly switch: string;
  readonly physical: boolean;
  readonly hypervisor?: string;
  /** The VLAN that untagged frames of uplinks are in: 0, or 1 on a VLAN-aware Linux bridge. */
  readonly untagged: number;
}

/** One side of a cable. */
export interface LinkEnd {
  readonly instance: number;
  readonly forms: LinkForms;
  /** JSON path of the field whose absence makes this port unknown. */
  readonly missing?: string;
}

/** A trunk between physical switches, or an uplink with its virtual side first. */
export interface Link {
  readonly index: number;
  readonly id: string;
  readonly kind: "uplink" | "trunk";
  readonly ends: readonly [LinkEnd, LinkEnd];
}

/** A port of an instance: which cable, and which of its ends. `2 * link + side` names it. */
export type PortId = number;

export interface Wiring {
  readonly instances: readonly Instance[];
  readonly links: readonly Link[];
  /** The cable ports of each instance. */
  readonly ports: readonly (readonly PortId[])[];
  /** Number of physical switches; they are the first instances, sorted by id. */
  readonly physicalCount: number;
  physical(switchId: string): Instance | undefined;
  /** The instance of a virtual switch on a hypervisor. */
  virtual(switchId: string, hypervisor: string | undefined): Instance | undefined;
  /** Every instance of a virtual switch. */
  instancesOf(switchId: string): readonly Instance[];
  /** Finds those of one virtual switch by hypervisor. */
  among(switchId: string): InstanceOn;
}

/** The instance of a virtual switch on a hypervisor. A switch on one hypervisor is one instance, whatever the caller's hypervisor: a wrong reference must not read as isolation. */
export type InstanceOn = (hypervisor: string | undefined) => Instance | undefined;

/** The port that a cable has at its other end. */
export function otherSide(port: PortId): PortId {
  return port ^ 1;
}

export function wire(topology: Topology): Wiring {
  const instances = new Instances(topology);
  const links = [...uplinks(topology, instances), ...trunks(topology, instances)]
    .sort((a, b) => compareIds(a.id, b.id))
    .map(({ id, kind, ends }, index): Link => ({ index, id, kind, ends }));
  const ports: PortId[][] = instances.all.map(() => []);
  for (const link of links) link.ends.forEach((end, side) => ports[end.instance]?.push(2 * link.index + side));
  return {
    instances: instances.all,
    links,
    ports,
    physicalCount: instances.physicalById.size,
    physical: (id) => instances.physicalById.get(id),
    virtual: (id, hypervisor) => instances.among(id)(hypervisor),
    instancesOf: (id) => instances.bySwitch.get(id) ?? [],
    among: (id) => instances.among(id),
  };
}

class Instances {
  readonly all: Instance[] = [];
  readonly physicalById = new Map<string, Instance>();
  readonly bySwitch = new Map<string, Instance[]>();
  private readonly finders = new Map<string, InstanceOn>();

  constructor(topology: Topology) {
    for (const [id] of entries(topology, "physicalSwitches")) {
      const instance: Instance = { index: this.all.length, switch: id, physical: true, untagged: 0 };
      this.all.push(instance);
      this.physicalById.set(id, instance);
    }
    for (const [id, vswitch] of entries(topology, "virtualSwitches")) {
      const untagged = isVlanAwareBridge(vswitch) ? 1 : 0;
      const own: Instance[] = [];
      for (const hypervisor of [...new Set(vswitch.hypervisors)].sort(compareIds)) {
        own.push({ index: this.all.length + own.length, switch: id, physical: false, hypervisor, untagged });
      }
      if (own.length === 0) own.push({ index: this.all.length, switch: id, physical: false, untagged });
      this.all.push(...own);
      this.bySwitch.set(id, own);
      this.finders.set(id, finder(own));
    }
  }

  among(id: string): InstanceOn {
    return this.finders.get(id) ?? nowhere;
  }
}

const nowhere: InstanceOn = () => undefined;

function finder(own: readonly Instance[]): InstanceOn {
  const [only] = own;
  if (own.length === 1) return () => only;
  const byHypervisor = new Map(own.map((instance) => [instance.hypervisor ?? "", instance]));
  return (hypervisor = "") => byHypervisor.get(hypervisor);
}

type Unnumbered = Omit<Link, "index">;

function* uplinks(topology: Topology, instances: Instances): Generator<Unnumbered> {
  for (const [id, uplink] of entries(topology, "uplinks")) {
    const virtual = instances.among(uplink.virtualSwitch)(uplink.hypervisor);
    const physical = instances.physicalById.get(uplink.physicalSwitch);
    if (virtual === undefined || physical === undefined) continue;
    const near: LinkEnd = { instance: virtual.index, forms: virtualForms(virtual.untagged === 1) };
    yield { id, kind: "uplink", ends: [near, physicalEnd(physical, physicalForms(uplink.port), ["uplinks", id])] };
  }
}

function* trunks(topology: Topology, instances: Instances): Generator<Unnumbered> {
  for (const [id, { a, b }] of entries(topology, "trunks")) {
    const left = instances.physicalById.get(a.switch);
    const right = instances.physicalById.get(b.switch);
    if (left === undefined || right === undefined) continue;
    yield {
      id,
      kind: "trunk",
      ends: [physicalEnd(left, physicalForms(a.port), ["trunks", id, "a"]), physicalEnd(right, physicalForms(b.port), ["trunks", id, "b"])],
    };
  }
}

function physicalEnd(instance: Instance, forms: LinkForms, path: readonly string[]): LinkEnd {
  if (forms.absent === "nothing") return { instance: instance.index, forms };
  const field = forms.absent === "port" ? ["port"] : ["port", "allowed"];
  return { instance: instance.index, forms, missing: jsonPath(...path, ...field) };
}
