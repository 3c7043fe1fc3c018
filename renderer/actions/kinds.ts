/** What the interface calls each kind of thing, and how one is put on the canvas. */
import type { IconName } from "../../shared/diagram/icons";
import type { CollectionName } from "../../shared/model/topology";

export interface KindInfo {
  /** In a sentence: "port group". */
  readonly noun: string;
  readonly plural: string;
  /** In the palette; short. */
  readonly title: string;
  readonly icon: IconName;
  /** Palette section; absent: not placed but drawn as a cable. */
  readonly section?: "Workloads" | "Virtualization" | "Control" | "Physical";
  /** A key without modifiers that arms the palette. */
  readonly key?: string;
  /** What it is and where it goes, for the palette's tooltip. */
  readonly hint: string;
}

export const KINDS: Readonly<Record<CollectionName, KindInfo>> = {
  tenants: { noun: "tenant", plural: "tenants", title: "Tenant", icon: "tenant", section: "Workloads", key: "t", hint: "Who owns workloads. New VMs belong to it; dragged onto a VM it takes that one." },
  hosts: { noun: "host", plural: "hosts", title: "Host", icon: "host", section: "Physical", key: "o", hint: "A physical server. Drop it on the canvas." },
  physicalSwitches: { noun: "physical switch", plural: "physical switches", title: "Physical switch", icon: "physicalSwitch", section: "Physical", key: "w", hint: "Drop it on the canvas, then pull cables to it." },
  trunks: { noun: "trunk", plural: "trunks", title: "Trunk", icon: "trunk", hint: "A cable between two physical switches." },
  hypervisors: { noun: "hypervisor", plural: "hypervisors", title: "Hypervisor", icon: "hypervisor", section: "Virtualization", key: "h", hint: "Drop it on a host; on the canvas it brings its host along." },
  managementInterfaces: { noun: "management interface", plural: "management interfaces", title: "Management", icon: "managementInterface", section: "Virtualization", key: "m", hint: "The hypervisor's own adapter (vmk0). Drop it on a port group or a hypervisor." },
  virtualSwitches: { noun: "virtual switch", plural: "virtual switches", title: "Virtual switch", icon: "virtualSwitch", section: "Virtualization", key: "s", hint: "Drop it on a hypervisor; beside them it is a distributed switch." },
  uplinks: { noun: "uplink", plural: "uplinks", title: "Uplink", icon: "uplink", hint: "A cable from a virtual switch to a physical one." },
  portGroups: { noun: "port group", plural: "port groups", title: "Port group", icon: "portGroup", section: "Virtualization", key: "p", hint: "Drop it on a virtual switch." },
  datastores: { noun: "datastore", plural: "datastores", title: "Datastore", icon: "datastore", section: "Workloads", key: "d", hint: "Drop it on the canvas or on a hypervisor that uses it." },
  vms: { noun: "VM", plural: "VMs", title: "VM", icon: "vm", section: "Workloads", key: "v", hint: "Drop it on a hypervisor, or on the port group to plug it into." },
  routers: { noun: "router", plural: "routers", title: "Router", icon: "router", section: "Control", key: "r", hint: "On a hypervisor it is virtual, beside it is an appliance." },
  firewalls: { noun: "firewall", plural: "firewalls", title: "Firewall", icon: "firewall", section: "Control", key: "f", hint: "On a hypervisor it is virtual, beside it is an appliance." },
  distributedFirewalls: { noun: "distributed firewall", plural: "distributed firewalls", title: "Distributed fw", icon: "distributedFirewall", section: "Control", key: "g", hint: "Filters at every vNIC of its switches. Drop it on a switch, or beside for all of them." },
  externalNetworks: { noun: "external network", plural: "external networks", title: "External", icon: "externalNetwork", section: "Control", key: "x", hint: "The Internet or an office network. Drop it on the canvas, then pull a cable to a switch." },
};

export const SECTIONS = ["Workloads", "Virtualization", "Control", "Physical"] as const;
