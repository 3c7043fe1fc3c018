/** A compact way to draw small networks in tests. Every call adds one record; `build` gives the document. */
import { FORMAT, type CollectionName, type RecordOf, type Topology } from "../model/topology";
import type { Port } from "../model/primitives";
import type { PortGroup, PortGroupVlan } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { Platform } from "../model/kinds/hypervisor";
import type { Vm, Vnic } from "../model/kinds/vm";

export const access = (id: number): PortGroupVlan => ({ mode: "access", id });
export const untagged: PortGroupVlan = { mode: "untagged" };
export const overlay = (vni: number): PortGroupVlan => ({ mode: "overlay", vni });
export const guestTrunk = (allowed?: string, native?: number): PortGroupVlan => ({
  mode: "trunk", ...(allowed === undefined ? {} : { allowed }), ...(native === undefined ? {} : { native }),
});
export const promiscuous = (primary: number): PortGroupVlan => ({ mode: "private", primary, type: "promiscuous" });
export const isolated = (primary: number, secondary: number): PortGroupVlan => ({ mode: "private", primary, secondary, type: "isolated" });
export const community = (primary: number, secondary: number): PortGroupVlan => ({ mode: "private", primary, secondary, type: "community" });

export const accessPort = (vlan: number): Port => ({ mode: "access", vlan });
export const trunkPort = (allowed?: string, native?: number, tagNative?: boolean): Port => ({
  mode: "trunk",
  ...(allowed === undefined ? {} : { allowed }),
  ...(native === undefined ? {} : { native }),
  ...(tagNative === undefined ? {} : { tagNative }),
});

type Partly<C extends CollectionName> = Partial<RecordOf<C>>;

export class Drawing {
  private readonly topology: Topology = { format: FORMAT, name: "test" };

  /** Adds or replaces any record; the name is the id unless given. */
  put<C extends CollectionName>(collection: C, id: string, value: Omit<RecordOf<C>, "name"> & { name?: string }): this {
    const records = (this.topology[collection] ?? {}) as Record<string, unknown>;
    records[id] = { name: id, ...value };
    Object.assign(this.topology, { [collection]: records });
    return this;
  }

  tenant(id: string, kind: "customer" | "shared" | "provider" = "customer"): this {
    return this.put("tenants", id, { kind });
  }

  /** A hypervisor `id` on a host of its own, `id-host`. */
  hypervisor(id: string, platform: Platform = "esxi", more: Partly<"hosts"> = {}): this {
    return this.put("hosts", `${id}-host`, more).put("hypervisors", id, { host: `${id}-host`, platform });
  }

  physicalSwitch(...ids: string[]): this {
    for (const id of ids) this.put("physicalSwitches", id, {});
    return this;
  }

  trunk(id: string, a: string, portA: Port | undefined, b: string, portB: Port | undefined): this {
    const end = (name: string, port: Port | undefined) => ({ switch: name, ...(port === undefined ? {} : { port }) });
    return this.put("trunks", id, { a: end(a, portA), b: end(b, portB) });
  }

  /** A switch on one hypervisor, or on several. */
  vswitch(id: string, kind: VirtualSwitch["kind"], hypervisors: string | string[], more: Partly<"virtualSwitches"> = {}): this {
    return this.put("virtualSwitches", id, { kind, hypervisors: [hypervisors].flat(), ...more });
  }

  uplink(id: string, virtualSwitch: string, hypervisor: string, physicalSwitch: string, port?: Port): this {
    return this.put("uplinks", id, { virtualSwitch, hypervisor, physicalSwitch, ...(port === undefined ? {} : { port }) });
  }

  portGroup(id: string, virtualSwitch: string, vlan?: PortGroupVlan, more: Partial<PortGroup> = {}): this {
    return this.put("portGroups", id, { virtualSwitch, ...(vlan === undefined ? {} : { vlan }), ...more });
  }

  /** A VM with one vNIC, `eth0`, in a port group; or with the vNICs given. */
  vm(id: string, hypervisor: string, nics: string | Record<string, Vnic>, more: Partial<Vm> = {}): this {
    return this.put("vms", id, { hypervisor, nics: typeof nics === "string" ? { eth0: { portGroup: nics } } : nics, ...more });
  }

  external(id: string, attachedTo: { physicalSwitch: string; vlan: number } | { portGroup: string }, trust: "untrusted" | "corporate" | "admin" = "untrusted"): this {
    return this.put("externalNetworks", id, { trust, attachedTo });
  }

  /** A station in a VLAN of a physical switch, to send from and to listen at: an external network. */
  station(id: string, physicalSwitch: string, vlan: number): this {
    return this.external(id, { physicalSwitch, vlan });
  }

  build(): Topology {
    return this.topology;
  }
}

export function draw(): Drawing {
  return new Drawing();
}
