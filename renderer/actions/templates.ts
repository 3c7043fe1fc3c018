/** Ready-made pieces for the palette: each is one undoable step. */
import type { Topology } from "../../shared/model/topology";
import type { IconName } from "../../shared/diagram/icons";
import type { Port } from "../../shared/model/primitives";
import { Draft, refuse, type Outcome, type Point } from "./draft";
import { freeVlan, namesOf, nextName } from "./names";

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly icon: IconName;
  readonly build: (topology: Topology, at: Point | undefined) => Outcome;
}

export const TEMPLATES: readonly Template[] = [
  {
    id: "esxi-host", title: "ESXi host, separate management", icon: "host", build: esxiHost,
    hint: "A host whose management, migration and workloads have a switch, VLANs and uplinks of their own.",
  },
  {
    id: "three-tier", title: "Three-tier tenant", icon: "tenant", build: threeTier,
    hint: "A tenant with web, application and database VMs, a VLAN each, behind a firewall that lets only the tiers' own flows pass.",
  },
  {
    id: "cluster", title: "Hosting cluster, 2 hosts", icon: "distributedSwitch", build: cluster,
    hint: "Two hosts, one distributed switch, a physical switch and two tenants, each in its own VLAN.",
  },
];

const REJECT = { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } as const;

/** A trunk of just these VLANs; untagged frames have no VLAN to go to. */
function trunkOf(...vlans: readonly number[]): Port {
  return { mode: "trunk", allowed: [...vlans].sort((a, b) => a - b).join(",") };
}

function addHypervisor(draft: Draft, at: Point | undefined): { host: string; hypervisor: string } {
  const hostName = nextName(namesOf(draft.topology, "hosts"), "srv", 1);
  const host = draft.add("hosts", hostName, { name: hostName, nics: Object.fromEntries([0, 1, 2, 3].map((n) => [`vmnic${n}`, { name: `vmnic${n}` }])) });
  if (at !== undefined) draft.place(host, at);
  const name = nextName(namesOf(draft.topology, "hypervisors"), "esx-", 1);
  const hypervisor = draft.add("hypervisors", name, { name, host, platform: "esxi" });
  return { host, hypervisor };
}

function physicalSwitch(draft: Draft, at: Point | undefined): string {
  const [existing] = draft.entries("physicalSwitches");
  if (existing !== undefined) return existing[0];
  const id = draft.add("physicalSwitches", "tor-1", { name: "tor-1" });
  if (at !== undefined) draft.place(id, at);
  return id;
}

/** The VLAN that port groups of this name have already, so that a second host joins the first; else a free one. */
function vlanOf(draft: Draft, name: string, from: number): number {
  for (const [, group] of draft.entries("portGroups")) if (group.name === name && group.vlan?.mode === "access") return group.vlan.id;
  return freeVlan(draft.topology, from);
}

function esxiHost(topology: Topology, at: Point | undefined): Outcome {
  const draft = new Draft(topology);
  const { host, hypervisor } = addHypervisor(draft, at);
  const tor = physicalSwitch(draft, at === undefined ? undefined : { x: at.x + 168, y: at.y + 520 });
  const inner = draft.add("virtualSwitches", `${hypervisor}-vswitch0`, { name: "vSwitch0", kind: "standard", hypervisors: [hypervisor], security: REJECT });
  const outer = draft.add("virtualSwitches", `${hypervisor}-vswitch1`, { name: "vSwitch1", kind: "standard", hypervisors: [hypervisor], security: REJECT });
  const group = (name: string, virtualSwitch: string, from: number): { id: string; vlan: number } => {
    const vlan = vlanOf(draft, name, from);
    return { id: draft.add("portGroups", `${hypervisor}-${name}`, { name, virtualSwitch, vlan: { mode: "access", id: vlan } }), vlan };
  };
  const management = group("Management", inner, 10);
  const migration = group("vMotion", inner, 30);
  const workloads = group("Production", outer, 100);
  draft.add("managementInterfaces", `${hypervisor}-vmk0`, { name: "vmk0", hypervisor, portGroup: management.id, services: ["management"], firewall: { enabled: true, ports: ["tcp/443", "tcp/902"] } });
  draft.add("managementInterfaces", `${hypervisor}-vmk1`, { name: "vmk1", hypervisor, portGroup: migration.id, services: ["migration"], encrypted: true });
  draft.add("uplinks", `${hypervisor}-vmnic0`, { virtualSwitch: inner, hypervisor, hostNic: "vmnic0", physicalSwitch: tor, port: trunkOf(management.vlan, migration.vlan) });
  draft.add("uplinks", `${hypervisor}-vmnic1`, { virtualSwitch: outer, hypervisor, hostNic: "vmnic1", physicalSwitch: tor, port: trunkOf(workloads.vlan) });
  return draft.done(`add ESXi host ${draft.get("hosts", host)?.name ?? host}`, [host]);
}

const TIERS = [
  { name: "web", from: 110 },
  { name: "app", from: 120 },
  { name: "db", from: 130 },
] as const;

function threeTier(topology: Topology, at: Point | undefined): Outcome {
  const draft = new Draft(topology);
  const taken = namesOf(topology, "tenants");
  const letter = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((each) => !taken.includes(`Tenant ${each}`)) ?? "New";
  const tenant = draft.add("tenants", `tenant-${letter}`, { name: `Tenant ${letter}`, kind: "customer" });
  const hypervisor = draft.entries("hypervisors")[0]?.[0] ?? addHypervisor(draft, at).hypervisor;
  const virtualSwitch = draft.entries("virtualSwitches").find(([, each]) => each.hypervisors.includes(hypervisor))?.[0]
    ?? draft.add("virtualSwitches", `${hypervisor}-vswitch0`, { name: "vSwitch0", kind: "standard", hypervisors: [hypervisor], security: REJECT });
  const prefix = letter.toLowerCase();
  // Another tenant drawn by the same template has its own networks.
  const octet = Object.keys(topology.tenants ?? {}).length + 1;
  const tiers = TIERS.map(({ name, from }, index) => {
    const network = `10.${octet}.${index + 1}`;
    const group = draft.add("portGroups", `${prefix}-${name}`, { name: `Tenant ${letter} ${name}`, virtualSwitch, vlan: { mode: "access", id: freeVlan(draft.topology, from) }, spoofGuard: true });
    const vm = draft.add("vms", `${prefix}-${name}-vm`, {
      name: `${prefix}-${name}`, hypervisor, tenant, zone: name, role: "workload",
      nics: { eth0: { portGroup: group, addresses: [`${network}.10/24`], gateway: `${network}.1` } },
    });
    return { name, group, vm, network };
  });
  const [web, app, db] = tiers;
  if (web === undefined || app === undefined || db === undefined) return refuse("Three tiers are needed");
  const firewall = draft.add("firewalls", `${prefix}-fw`, {
    name: `Tenant ${letter} firewall`, hypervisor, mode: "routed", stateful: true,
    interfaces: Object.fromEntries(tiers.map((tier) => [tier.name, { portGroup: tier.group, addresses: [`${tier.network}.1/24`] }])),
    rules: [
      { id: "web-app", name: "web to app", action: "allow", from: [`vm:${web.vm}`], to: [`vm:${app.vm}`], services: ["tcp/8443"], in: "web", out: "app" },
      { id: "app-db", name: "app to database", action: "allow", from: [`vm:${app.vm}`], to: [`vm:${db.vm}`], services: ["tcp/5432"], in: "app", out: "db" },
    ],
    defaultAction: "deny",
  });
  const policy = topology.policy ?? {};
  const require = [
    ...(policy.require ?? []),
    { id: `${prefix}-web-app`, from: [`vm:${web.vm}`], to: [`vm:${app.vm}`], services: ["tcp/8443"], reason: "The web tier calls the application" },
    { id: `${prefix}-app-db`, from: [`vm:${app.vm}`], to: [`vm:${db.vm}`], services: ["tcp/5432"], reason: "The application stores its data" },
  ];
  draft.setRoot({ policy: { ...policy, require } });
  return draft.done(`add three-tier Tenant ${letter}`, [firewall, ...tiers.map((tier) => tier.vm)]);
}

function cluster(topology: Topology, at: Point | undefined): Outcome {
  const draft = new Draft(topology);
  const first = addHypervisor(draft, at);
  const second = addHypervisor(draft, at === undefined ? undefined : { x: at.x + 576, y: at.y });
  const members = [first.hypervisor, second.hypervisor];
  const name = nextName(namesOf(topology, "virtualSwitches"), "dvSwitch", 1);
  const virtualSwitch = draft.add("virtualSwitches", name, { name, kind: "distributed", hypervisors: members });
  if (at !== undefined) draft.place(virtualSwitch, { x: at.x, y: at.y + 400 });
  const tor = physicalSwitch(draft, at === undefined ? undefined : { x: at.x + 464, y: at.y + 640 });
  const management = draft.add("portGroups", `${name}-management`, { name: "Management", virtualSwitch, vlan: { mode: "access", id: freeVlan(draft.topology, 10) } });
  const groups = ["A", "B"].map((letter, index) => {
    const tenant = draft.add("tenants", `tenant-${letter}`, { name: `Tenant ${letter}`, kind: "customer" });
    const group = draft.add("portGroups", `${name}-tenant-${letter}`, { name: `Tenant ${letter}`, virtualSwitch, vlan: { mode: "access", id: freeVlan(draft.topology, 110 + 10 * index) } });
    members.forEach((hypervisor, host) => {
      const vm = `${letter.toLowerCase()}-${["web", "db"][host] ?? host}`;
      draft.add("vms", vm, { name: vm, hypervisor, tenant, role: "workload", nics: { eth0: { portGroup: group } } });
    });
    return group;
  });
  const vlans = [management, ...groups].flatMap((id) => {
    const vlan = draft.get("portGroups", id)?.vlan;
    return vlan?.mode === "access" ? [vlan.id] : [];
  });
  for (const hypervisor of members) {
    draft.add("managementInterfaces", `${hypervisor}-vmk0`, { name: "vmk0", hypervisor, portGroup: management, services: ["management"], firewall: { enabled: true, ports: ["tcp/443", "tcp/902"] } });
    draft.add("uplinks", `${hypervisor}-vmnic0`, { virtualSwitch, hypervisor, hostNic: "vmnic0", physicalSwitch: tor, port: trunkOf(...vlans) });
  }
  return draft.done("add hosting cluster", [first.host, second.host]);
}
