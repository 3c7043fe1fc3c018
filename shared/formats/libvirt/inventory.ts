import type { ManagementInterface } from "../../model/kinds/management-interface";
import type { PortGroup } from "../../model/kinds/port-group";
import type { Forwarder, ForwarderInterface } from "../../model/kinds/forwarder";
import type { Platform } from "../../model/kinds/hypervisor";
import type { DistributedFirewall } from "../../model/kinds/distributed-firewall";
import type { Uplink } from "../../model/kinds/uplink";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import type { Vm } from "../../model/kinds/vm";
import { FORMAT, type Topology } from "../../model/topology";
import type { Tally } from "../tally";

const PHYSICAL = "physical-network";
const OUTSIDE = "outside";
const OUTSIDE_VLAN = 1;

/** What a port group is made of: two nics share one when all of it is the same. */
export type PortGroupShape = Omit<PortGroup, "name" | "virtualSwitch" | "description">;

/** The document while the sources are read. One libvirt host: the XML of domains and networks does not name the host it is from. */
export class Inventory {
  readonly #ids = new Set<string>(["libvirt-host", "hypervisor", PHYSICAL, OUTSIDE, "host-routing"]);
  readonly #switchIds = new Map<string, string>();
  readonly #portGroupIds = new Map<string, string>();
  readonly #switches = new Map<string, VirtualSwitch>();
  readonly #portGroups = new Map<string, PortGroup>();
  readonly #uplinks = new Map<string, Uplink>();
  readonly #tenants = new Map<string, { name: string }>();
  readonly #vms = new Map<string, Vm>();
  readonly #management = new Map<string, ManagementInterface>();
  readonly #filters = new Map<string, DistributedFirewall>();
  readonly #legs: { id: string; leg: ForwarderInterface; mode: "nat" | "route" | "open" }[] = [];
  readonly #macs = new Set<string>();
  platform: Platform = "kvm";

  constructor(readonly tally: Tally) {}

  /** An id of the document made from a name: lower case, other characters as dashes, numbered where taken. */
  freshId(name: string): string {
    const base = name.toLowerCase().replace(/[^a-z0-9._:-]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, "").slice(0, 100) || "unnamed";
    let id = base;
    for (let number = 2; this.#ids.has(id); number += 1) id = `${base}-${number}`;
    this.#ids.add(id);
    return id;
  }

  /** The virtual switch for a host bridge, device or private network; made once for each key. */
  switchFor(key: string, name: string, kind: VirtualSwitch["kind"]): string {
    const known = this.#switchIds.get(key);
    if (known !== undefined) return known;
    const id = this.freshId(name);
    this.#switchIds.set(key, id);
    this.#switches.set(id, { name, kind, hypervisors: ["hypervisor"] });
    return id;
  }

  hasSwitch(key: string): boolean {
    return this.#switchIds.has(key);
  }

  /** The switch leads to a physical port that the sources say nothing about. */
  uplinkUnknown(switchId: string, device: string | undefined): void {
    const id = `${switchId}-uplink`;
    if (this.#uplinks.has(id)) return;
    this.#ids.add(id);
    this.#uplinks.set(id, { ...(device === undefined ? {} : { name: device }), virtualSwitch: switchId, hypervisor: "hypervisor", physicalSwitch: PHYSICAL });
    this.tally.notAssessed("physical switch ports: libvirt does not say which VLANs the host's bridges and devices are given");
  }

  portGroupFor(switchId: string, name: string, shape: PortGroupShape): string {
    const key = `${switchId} ${JSON.stringify(shape)}`;
    const known = this.#portGroupIds.get(key);
    if (known !== undefined) return known;
    const id = this.freshId(`${name}-ports`);
    this.#portGroupIds.set(key, id);
    this.#portGroups.set(id, { name, virtualSwitch: switchId, ...shape });
    return id;
  }

  addVm(id: string, vm: Vm): void {
    this.#vms.set(id, vm);
  }

  tenantFor(name: string): string {
    for (const [id, tenant] of this.#tenants) if (tenant.name === name) return id;
    const id = this.freshId(`tenant-${name}`);
    this.#tenants.set(id, { name });
    return id;
  }

  addManagement(id: string, managementInterface: ManagementInterface): void {
    this.#management.set(id, managementInterface);
  }

  /** The host routes between this leg and what lies outside. */
  addLeg(id: string, leg: ForwarderInterface, mode: "nat" | "route" | "open"): void {
    this.#legs.push({ id, leg, mode });
  }

  addFilter(id: string, filter: DistributedFirewall): void {
    this.#filters.set(id, filter);
  }

  /** False where another nic already has the address: the document holds each MAC once. */
  claimMac(mac: string): boolean {
    const key = mac.toLowerCase();
    if (this.#macs.has(key)) return false;
    this.#macs.add(key);
    return true;
  }

  topology(): Topology {
    const outside = this.#legs.length > 0;
    const physical = outside || this.#uplinks.size > 0;
    return {
      format: FORMAT,
      name: "Imported from libvirt",
      ...(this.#tenants.size > 0 ? { tenants: Object.fromEntries(this.#tenants) } : {}),
      hosts: { "libvirt-host": { name: "libvirt host" } },
      ...(physical ? { physicalSwitches: { [PHYSICAL]: { name: "Physical network" } } } : {}),
      hypervisors: { hypervisor: { name: "libvirt", host: "libvirt-host", platform: this.platform } },
      managementInterfaces: Object.fromEntries(this.#management),
      virtualSwitches: Object.fromEntries(this.#switches),
      uplinks: Object.fromEntries(this.#uplinks),
      portGroups: Object.fromEntries(this.#portGroups),
      vms: Object.fromEntries(this.#vms),
      ...(outside ? { routers: { "host-routing": this.#router() } } : {}),
      distributedFirewalls: Object.fromEntries(this.#filters),
      ...(outside ? { externalNetworks: { [OUTSIDE]: { name: "Beyond the host", trust: "untrusted", attachedTo: { physicalSwitch: PHYSICAL, vlan: OUTSIDE_VLAN } } } } : {}),
    };
  }

  /**
   * The host as a router: libvirt's own forward rules reject what would enter a `nat` network, let pass what enters or leaves a
   * `route` network, and are not there for an `open` one. Source: libvirt, "Firewall and network filtering".
   */
  #router(): Forwarder {
    this.tally.notAssessed("what lies beyond the host: drawn as one external network on one physical switch");
    const closed = this.#legs.filter(({ mode }) => mode === "nat");
    return {
      name: "Host routing",
      hypervisor: "hypervisor",
      interfaces: {
        ...Object.fromEntries(this.#legs.map(({ id, leg }) => [id, leg])),
        [OUTSIDE]: { physicalSwitch: PHYSICAL, vlan: OUTSIDE_VLAN },
      },
      rules: closed.map(({ id }) => ({ id: `into-${id}`, action: "reject" as const, out: id })),
      defaultAction: "allow",
    };
  }
}
