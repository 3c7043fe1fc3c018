/** Every end of a document, the switch instances and cables, and which port each end is plugged into. */
import { entries, record, type RecordOf, type Topology } from "../../model/topology";
import { accessRules, isUnaware, onlyTags, onlyVlan, physicalRules, portGroupRules, UNDERLAY, uplinkRules, type PortRules } from "./ports";

export type Assume = "hostile" | "configured";

export interface End {
  readonly index: number;
  readonly id: string;
  readonly owner: string;
  readonly kind: "vnic" | "managementInterface" | "bmc" | "external" | "interface";
  /** The id within its owner: of a vNIC, or of an interface. */
  readonly local: string;
  readonly portGroup?: string;
  /** As written, with the subnet. */
  readonly addresses: readonly string[];
  readonly passthrough: boolean;
}

export interface Station {
  readonly end: End;
  readonly rules: PortRules;
  /** Exchanges no frames with others that are, on the same box. */
  readonly isolated: boolean;
}

export interface Cable {
  readonly to: string;
  /** The cable's port at the other box. */
  readonly port: string;
  readonly rules: PortRules;
}

/** A physical switch, or a virtual switch on one hypervisor. */
export interface Box {
  readonly physical: boolean;
  readonly stations: Station[];
  readonly cables: Map<string, Cable>;
}

export interface Plant {
  readonly ends: readonly End[];
  readonly boxes: ReadonlyMap<string, Box>;
}

export function buildPlant(topology: Topology, assume: Assume): Plant {
  const builder = new Builder(topology, assume);
  builder.build();
  return builder;
}

type NewEnd = Omit<End, "index" | "addresses" | "passthrough"> & { addresses: readonly string[] | undefined; passthrough?: boolean };

class Builder implements Plant {
  readonly ends: End[] = [];
  readonly boxes = new Map<string, Box>();
  private readonly secondaries = new Map<number, number[]>();

  constructor(private readonly topology: Topology, private readonly assume: Assume) {
    for (const [, { vlan }] of entries(topology, "portGroups")) {
      if (vlan?.mode === "private" && vlan.secondary !== undefined) this.secondaries.set(vlan.primary, [...(this.secondaries.get(vlan.primary) ?? []), vlan.secondary]);
    }
  }

  build(): void {
    this.placeSwitches();
    this.drawCables();
    for (const [id, vm] of entries(this.topology, "vms")) this.addVm(id, vm);
    this.addManagement();
    for (const collection of ["routers", "firewalls"] as const) for (const [id, forwarder] of entries(this.topology, collection)) this.addForwarder(id, forwarder);
  }

  private placeSwitches(): void {
    for (const [id] of entries(this.topology, "physicalSwitches")) this.boxes.set(id, { physical: true, stations: [], cables: new Map() });
    for (const [id, { hypervisors }] of entries(this.topology, "virtualSwitches")) {
      for (const hypervisor of hypervisors) this.boxes.set(`${id}@${hypervisor}`, { physical: false, stations: [], cables: new Map() });
    }
  }

  private drawCables(): void {
    for (const [id, { a, b }] of entries(this.topology, "trunks")) this.cable(id, a.switch, physicalRules(a.port), b.switch, physicalRules(b.port));
    for (const [id, { virtualSwitch, hypervisor, physicalSwitch, port }] of entries(this.topology, "uplinks")) {
      const vswitch = record(this.topology, "virtualSwitches", virtualSwitch);
      if (vswitch !== undefined) this.cable(id, `${virtualSwitch}@${hypervisor}`, uplinkRules(vswitch), physicalSwitch, physicalRules(port));
    }
    for (const [id, { hypervisors }] of entries(this.topology, "virtualSwitches")) {
      for (const a of hypervisors) for (const b of hypervisors) if (a < b) this.cable(`${id} ${a} ${b}`, `${id}@${a}`, UNDERLAY, `${id}@${b}`, UNDERLAY);
    }
  }

  private cable(id: string, a: string, rulesA: PortRules, b: string, rulesB: PortRules): void {
    this.boxes.get(a)?.cables.set(`${id} a`, { to: b, port: `${id} b`, rules: rulesA });
    this.boxes.get(b)?.cables.set(`${id} b`, { to: a, port: `${id} a`, rules: rulesB });
  }

  private end({ addresses = [], passthrough = false, ...given }: NewEnd): End {
    const end: End = { index: this.ends.length, ...given, addresses, passthrough };
    this.ends.push(end);
    return end;
  }

  private plug(box: string, end: End, rules: PortRules, isolated = false): void {
    this.boxes.get(box)?.stations.push({ end, rules, isolated });
  }

  /** In a port group on one hypervisor; without one, wherever the port group is. */
  private plugIntoPortGroup(end: End, id: string, hypervisor: string | undefined, narrow: (rules: PortRules, portGroup: RecordOf<"portGroups">) => PortRules): void {
    const portGroup = record(this.topology, "portGroups", id);
    const vswitch = record(this.topology, "virtualSwitches", portGroup?.virtualSwitch);
    if (portGroup === undefined || vswitch === undefined) return;
    const rules = narrow(portGroupRules(vswitch, portGroup, this.secondaries), portGroup);
    for (const own of vswitch.hypervisors) {
      if (hypervisor === undefined || own === hypervisor) this.plug(`${portGroup.virtualSwitch}@${own}`, end, rules, portGroup.isolatedPorts === true);
    }
  }

  private addVm(id: string, vm: RecordOf<"vms">): void {
    if (vm.role === "template") return;
    for (const [local, { portGroup, connected, passthrough = "none", addresses, guestVlans = [] }] of Object.entries(vm.nics ?? {})) {
      if (portGroup === undefined || connected === false) continue;
      const direct = passthrough !== "none";
      const end = this.end({ id: `${id}/${local}`, owner: id, kind: "vnic", local, portGroup, addresses, passthrough: direct });
      const tagged = (rules: PortRules): PortRules => this.asGuest(rules, guestVlans);
      if (!direct) {
        this.plugIntoPortGroup(end, portGroup, vm.hypervisor, this.tagging(portGroup, guestVlans));
        continue;
      }
      const vswitch = record(this.topology, "portGroups", portGroup)?.virtualSwitch;
      for (const [, uplink] of entries(this.topology, "uplinks")) {
        if (uplink.virtualSwitch === vswitch && uplink.hypervisor === vm.hypervisor) this.plug(uplink.physicalSwitch, end, tagged(physicalRules(uplink.port)));
      }
    }
  }

  /** As configured, an end uses these tags only; a private port gives it one VLAN or two. */
  private tagging(portGroup: string, tags: readonly number[]): (rules: PortRules, portGroup: RecordOf<"portGroups">) => PortRules {
    return (rules, { vlan }) => (vlan?.mode === "private" && !this.onUnaware(portGroup) ? rules : this.asGuest(rules, tags));
  }

  private onUnaware(portGroup: string): boolean {
    const vswitch = record(this.topology, "virtualSwitches", record(this.topology, "portGroups", portGroup)?.virtualSwitch);
    return vswitch !== undefined && isUnaware(vswitch);
  }

  /** As configured, a guest whose port gives it nothing untagged and that is written with no tags could use any. */
  private asGuest(rules: PortRules, tags: readonly number[]): PortRules {
    if (this.assume === "hostile" || (rules.takes(undefined) === undefined && tags.length === 0)) return rules;
    return onlyTags(rules, tags);
  }

  private addManagement(): void {
    for (const [id, { portGroup, hypervisor, addresses }] of entries(this.topology, "managementInterfaces")) {
      this.plugIntoPortGroup(this.end({ id, owner: id, kind: "managementInterface", local: id, portGroup, addresses }), portGroup, hypervisor, this.tagging(portGroup, []));
    }
    for (const [id, { bmc }] of entries(this.topology, "hosts")) {
      if (bmc !== undefined) this.plug(bmc.physicalSwitch, this.end({ id: `${id}/bmc`, owner: `${id}/bmc`, kind: "bmc", local: "bmc", addresses: bmc.addresses }), accessRules(bmc.vlan));
    }
    for (const [id, { attachedTo }] of entries(this.topology, "externalNetworks")) {
      if (attachedTo === undefined) continue;
      const given = { id, owner: id, kind: "external" as const, local: id, addresses: [] };
      if ("portGroup" in attachedTo) this.plugIntoPortGroup(this.end({ ...given, portGroup: attachedTo.portGroup }), attachedTo.portGroup, undefined, (rules) => rules);
      else this.plug(attachedTo.physicalSwitch, this.end(given), accessRules(attachedTo.vlan));
    }
  }

  private addForwarder(id: string, { interfaces = {}, hypervisor }: RecordOf<"routers">): void {
    for (const [local, { portGroup, physicalSwitch, vlan, addresses }] of Object.entries(interfaces)) {
      const given = { id: `${id}/${local}`, owner: id, kind: "interface" as const, local, addresses };
      if (portGroup !== undefined) {
        this.plugIntoPortGroup(this.end({ ...given, portGroup }), portGroup, hypervisor, (rules, group) => (vlan !== undefined && this.takesTags(group) ? onlyVlan(rules, vlan) : rules));
      } else if (physicalSwitch !== undefined && vlan !== undefined) this.plug(physicalSwitch, this.end(given), accessRules(vlan));
    }
  }

  /** On a trunk port group an interface with a VLAN is a subinterface; so it is where Open vSwitch makes a trunk of no VLAN. */
  private takesTags({ vlan, virtualSwitch }: RecordOf<"portGroups">): boolean {
    const vswitch = record(this.topology, "virtualSwitches", virtualSwitch);
    if (vswitch === undefined || isUnaware(vswitch)) return false;
    return vlan?.mode === "trunk" || (vswitch.kind === "open-vswitch" && (vlan === undefined || vlan.mode === "untagged"));
  }
}
