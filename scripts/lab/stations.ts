/** The ends of a document with the port that each is plugged into, as the laboratory sees them. */
import { entries, record, type RecordOf, type Topology } from "../../shared/model/topology";
import { access, groupPort, physicalPort, subinterface, type PortPlan, type Vlans } from "./ports";

/** A topology that is not measured, because it is too large. */
export class TooLarge extends Error {}

/** Only ends of parties have one: half a byte names an end in a packet. */
export const MOST_PARTY_ENDS = 15;

export interface Station {
  /** From 1; parties' ends first, so that those fit in half a byte. */
  readonly index: number;
  /** As the analyzer names ends: `a-web/eth0`, `esx-1-vmk0`, `host-1/bmc`, `internet`, `fw-1/inside`. */
  readonly id: string;
  readonly owner: string;
  readonly kind: "vnic" | "management" | "bmc" | "external" | "interface";
  /** The switch instance: a physical switch's id, `switch@hypervisor`, or `switch@hypervisor/vni`. */
  readonly at: string;
  readonly port: PortPlan;
  readonly isolated: boolean;
  readonly addresses: readonly string[];
  readonly gateway?: string;
  readonly portGroup?: string;
  readonly passthrough: boolean;
}

type Draft = Omit<Station, "index">;

/** Every VLAN id that the document names, and one that it does not: what holds for it holds for all others. */
export function vlansOf(topology: Topology): Vlans {
  const text = JSON.stringify({ ...topology, name: "" });
  const found = new Set<number>([999]);
  for (const match of text.matchAll(/"(?:vlan|id|native|primary|secondary)":(\d+)/g)) found.add(Number(match[1]));
  for (const match of text.matchAll(/"(?:allowed":"|guestVlans":\[)([\d,\- ]+)["\]]/g)) for (const id of (match[1] ?? "").split(/[,-]/)) found.add(Number(id));
  return [...found].sort((a, b) => a - b);
}

/** Ids of each private VLAN by its primary, over the whole document. */
function privateDomains(topology: Topology): ReadonlyMap<number, readonly number[]> {
  const domains = new Map<number, number[]>();
  for (const [, { vlan }] of entries(topology, "portGroups")) {
    if (vlan?.mode !== "private") continue;
    const ids = domains.get(vlan.primary) ?? [vlan.primary];
    if (vlan.secondary !== undefined && !ids.includes(vlan.secondary)) ids.push(vlan.secondary);
    domains.set(vlan.primary, ids);
  }
  return domains;
}

export class Stations {
  private readonly domains: ReadonlyMap<number, readonly number[]>;
  private readonly parties: Draft[] = [];
  private readonly interfaces: Draft[] = [];

  constructor(private readonly topology: Topology, private readonly vlans: Vlans) {
    this.domains = privateDomains(topology);
  }

  list(): Station[] {
    this.addVms();
    this.addOthers();
    this.addInterfaces();
    if (this.parties.length > MOST_PARTY_ENDS) throw new TooLarge(`${this.parties.length} ends are too many for the laboratory`);
    return [
      ...this.parties.map((draft, at) => ({ ...draft, index: at + 1 })),
      ...this.interfaces.map((draft, at) => ({ ...draft, index: MOST_PARTY_ENDS + 1 + at })),
    ];
  }

  private addVms(): void {
    for (const [id, { role, nics = {}, hypervisor }] of entries(this.topology, "vms")) {
      if (role === "template") continue;
      for (const [local, nic] of Object.entries(nics)) {
        if (nic.portGroup === undefined || nic.connected === false) continue;
        const passthrough = nic.passthrough === "sriov" || nic.passthrough === "pci";
        const plug = passthrough ? this.past(nic.portGroup, hypervisor) : this.inGroup(nic.portGroup, hypervisor);
        if (plug === undefined) continue;
        this.parties.push({
          id: `${id}/${local}`, owner: id, kind: "vnic", ...plug, passthrough, portGroup: nic.portGroup,
          addresses: nic.addresses ?? [], ...(nic.gateway === undefined ? {} : { gateway: nic.gateway }),
        });
      }
    }
  }

  private addOthers(): void {
    const base = { passthrough: false };
    for (const [id, { portGroup, hypervisor, addresses = [], gateway }] of entries(this.topology, "managementInterfaces")) {
      const plug = this.inGroup(portGroup, hypervisor);
      if (plug !== undefined) this.parties.push({ ...base, id, owner: id, kind: "management", ...plug, portGroup, addresses, ...(gateway === undefined ? {} : { gateway }) });
    }
    for (const [host, { bmc }] of entries(this.topology, "hosts")) {
      if (bmc === undefined) continue;
      const id = `${host}/bmc`;
      this.parties.push({ ...base, id, owner: id, kind: "bmc", at: bmc.physicalSwitch, port: access(bmc.vlan), isolated: false, addresses: bmc.addresses ?? [] });
    }
    for (const [id, { attachedTo }] of entries(this.topology, "externalNetworks")) {
      if (attachedTo === undefined) continue;
      const virtual = "portGroup" in attachedTo ? this.inGroup(attachedTo.portGroup, undefined) : undefined;
      if ("portGroup" in attachedTo && virtual === undefined) continue;
      const plug = "portGroup" in attachedTo ? virtual : { at: attachedTo.physicalSwitch, port: access(attachedTo.vlan), isolated: false };
      if (plug !== undefined) this.parties.push({ ...base, id, owner: id, kind: "external", ...plug, ...("portGroup" in attachedTo ? { portGroup: attachedTo.portGroup } : {}), addresses: [] });
    }
  }

  private addInterfaces(): void {
    for (const collection of ["routers", "firewalls"] as const) {
      for (const [id, { hypervisor, interfaces = {} }] of entries(this.topology, collection)) {
        for (const [local, { portGroup, physicalSwitch, vlan, addresses = [] }] of Object.entries(interfaces)) {
          const plug = portGroup === undefined ? undefined : this.inGroup(portGroup, hypervisor);
          const whole = physicalSwitch === undefined || vlan === undefined ? plug : { at: physicalSwitch, port: access(vlan), isolated: false };
          if (whole === undefined) continue;
          const port = portGroup !== undefined && vlan !== undefined && whole.port.twoWay.length > 1 ? subinterface(whole.port, vlan) : whole.port;
          if (port === undefined) continue;
          this.interfaces.push({ id: `${id}/${local}`, owner: id, kind: "interface", ...whole, port, passthrough: false, addresses, ...(portGroup === undefined ? {} : { portGroup }) });
        }
      }
    }
  }

  private inGroup(id: string, hypervisor: string | undefined): Pick<Station, "at" | "port" | "isolated"> | undefined {
    const group = record(this.topology, "portGroups", id);
    const vswitch = record(this.topology, "virtualSwitches", group?.virtualSwitch);
    if (group === undefined || vswitch === undefined) return undefined;
    const on = vswitch.hypervisors.includes(hypervisor ?? "") ? hypervisor : vswitch.hypervisors[0];
    const vni = group.vlan?.mode === "overlay" ? `/${group.vlan.vni}` : "";
    return { at: `${group.virtualSwitch}@${on ?? ""}${vni}`, port: groupPort(vswitch, group, this.vlans, this.domains), isolated: group.isolatedPorts === true };
  }

  /** Past the virtual switch: a port of its own at the physical switch, set as the uplink's is. */
  private past(portGroup: string, hypervisor: string): Pick<Station, "at" | "port" | "isolated"> | undefined {
    const vswitch = record(this.topology, "portGroups", portGroup)?.virtualSwitch;
    const uplinks = entries(this.topology, "uplinks").filter(([, up]: [string, RecordOf<"uplinks">]) => up.virtualSwitch === vswitch && up.hypervisor === hypervisor);
    if (uplinks.length > 1) throw new Error("the laboratory has no passthrough vNIC on a team of uplinks");
    const [, uplink] = uplinks[0] ?? [];
    return uplink?.port === undefined ? undefined : { at: uplink.physicalSwitch, port: physicalPort(uplink.port, this.vlans), isolated: false };
  }
}
