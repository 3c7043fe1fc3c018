/** The hypervisors' own interfaces: the network that one is in, its address, and on ESXi what it serves. */
import { parseCidr } from "../../model/address";
import { formatIp } from "../../model/ip";
import type { ManagementInterface } from "../../model/kinds/management-interface";
import { record, type RecordOf, type Topology } from "../../model/topology";
import { blank, powershell, shell, type Change, type OperatorCommand } from "./command";

interface Plugged {
  readonly adapter: ManagementInterface;
  readonly group: RecordOf<"portGroups">;
  readonly vswitch: RecordOf<"virtualSwitches">;
  /** What it was, if it was there. */
  readonly was: ManagementInterface | undefined;
  /** Where it was. */
  readonly then: { readonly group: RecordOf<"portGroups">; readonly isAware: boolean } | undefined;
  /** In another port group. */
  readonly replugged: boolean;
}

export function hostInterfaceCommands(change: Change): OperatorCommand[] {
  if (change.before.managementInterfaces === change.after.managementInterfaces && change.before.portGroups === change.after.portGroups && change.before.virtualSwitches === change.after.virtualSwitches) return [];
  return Object.entries(change.after.managementInterfaces ?? {}).flatMap(([id, adapter]) => {
    const was = record(change.before, "managementInterfaces", id);
    const [now, then] = [groupOf(change.after, adapter), was === undefined ? undefined : groupOf(change.before, was)];
    const vswitch = record(change.after, "virtualSwitches", now?.virtualSwitch);
    const platform = record(change.after, "hypervisors", adapter.hypervisor)?.platform;
    if (now === undefined || vswitch === undefined || platform === undefined) return [];
    const isAware = record(change.before, "virtualSwitches", then?.virtualSwitch)?.vlanAware === true;
    const plugged = { adapter, group: now, vswitch, was, then: then === undefined ? undefined : { group: then, isAware }, replugged: was?.portGroup !== adapter.portGroup };
    // A bridge that begins to filter heeds the VLAN of its port group from now on; 1 is where the bridge itself is.
    const filtered = vswitch.kind === "linux-bridge" && vswitch.vlanAware === true && !isAware && (now.vlan?.mode !== "access" || now.vlan.id !== 1);
    const moved = plugged.replugged || filtered || JSON.stringify(then?.vlan) !== JSON.stringify(now.vlan);
    const texts = platform === "esxi" ? onEsxi(plugged) : !moved ? [] : platform === "hyper-v" ? onHyperV(plugged) : onLinux(change.after, platform, plugged);
    return texts.map((text) => ({ platform, on: adapter.hypervisor, text }));
  });
}

function groupOf(topology: Topology, { portGroup }: ManagementInterface): RecordOf<"portGroups"> | undefined {
  return record(topology, "portGroups", portGroup);
}

/** What `esxcli network ip interface tag` calls them. */
const TAGS = { management: "Management", migration: "VMotion", replication: "vSphereReplication", "fault-tolerance": "faultToleranceLogging" } as const;

/** A VMkernel adapter stays in its port group; to move it is to make it anew, in one line, at the console: it may carry the session. At a distributed switch its vCenter does that. */
function onEsxi({ adapter, group, vswitch, was, replugged }: Plugged): string[] {
  const vmk = /^vmk\d+$/.test(adapter.name) ? adapter.name : blank(`vmk of ${adapter.name}`);
  const tagged = (verb: "add" | "remove", services: readonly string[]): string[] =>
    services.flatMap((service) => (service in TAGS ? [`esxcli network ip interface tag ${verb} --interface-name=${vmk} --tagname=${TAGS[service as keyof typeof TAGS]}`] : []));
  const [now, then] = [adapter.services ?? [], was?.services ?? []];
  if (!replugged) return [...tagged("remove", then.filter((service) => !now.includes(service))), ...tagged("add", was?.services === undefined ? [] : now.filter((service) => !then.includes(service)))];
  if (vswitch.kind !== "standard") return [];
  const address = (adapter.addresses ?? []).map(parseCidr).find((cidr) => cidr?.family === 4);
  const gateway = adapter.gateway === undefined || adapter.gateway.includes(":") ? "" : ` --gateway=${shell(adapter.gateway)}`;
  const whole = (1n << 32n) - 1n;
  return [[
    ...(was === undefined ? [] : [`esxcli network ip interface remove --interface-name=${vmk}`]),
    `esxcli network ip interface add --interface-name=${vmk} --portgroup-name=${shell(group.name)}`,
    ...(address === undefined ? [] : [`esxcli network ip interface ipv4 set --interface-name=${vmk} --type=static --ipv4=${formatIp({ family: 4, value: address.address })} --netmask=${formatIp({ family: 4, value: whole - ((1n << BigInt(32 - address.prefix)) - 1n) })}${gateway}`]),
    ...tagged("add", now),
  ].join("; ")];
}

function onHyperV({ adapter, group, vswitch, was }: Plugged): string[] {
  const name = powershell(adapter.name);
  return [
    ...(was === undefined ? [`Add-VMNetworkAdapter -ManagementOS -Name ${name} -SwitchName ${powershell(vswitch.name)}`] : []),
    ...(group.vlan?.mode === "access" ? [`Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName ${name} -Access -VlanId ${group.vlan.id}`] : []),
  ];
}

/** On a Linux bridge the host's address moves to an interface of that VLAN on the bridge; on Open vSwitch the host's port changes its tag. */
function onLinux(topology: Topology, platform: string, { adapter, group, vswitch, was, then }: Plugged): string[] {
  if (group.vlan?.mode !== "access") return [];
  const { id } = group.vlan;
  if (vswitch.kind === "open-vswitch") return [`ovs-vsctl set port ${blank(`port of ${adapter.name}`)} tag=${id} vlan_mode=access`];
  if (vswitch.kind !== "linux-bridge") return [];
  const [bridge, port] = [shell(vswitch.name), shell(`${vswitch.name}.${id}`)];
  const former = then?.group.virtualSwitch !== group.virtualSwitch ? blank(`former interface of ${adapter.name}`) : then.isAware && then.group.vlan?.mode === "access" && then.group.vlan.id !== 1 ? shell(`${vswitch.name}.${then.group.vlan.id}`) : bridge;
  const [address = blank(`address of ${adapter.name}`)] = (adapter.addresses ?? []).map((one) => shell(one));
  if (platform === "proxmox") {
    const network = `/nodes/${shell(record(topology, "hypervisors", adapter.hypervisor)?.name ?? adapter.hypervisor)}/network`;
    const six = address.includes(":") ? "6" : "";
    // Proxmox VE takes one default gateway only; nothing of this counts before the last command.
    return [[
      ...(was === undefined ? [] : [former === bridge ? `pvesh set ${network}/${bridge} --type bridge --delete cidr${six},gateway${six}` : `pvesh delete ${network}/${former}`]),
      `pvesh create ${network} --iface ${port} --type vlan --cidr${six} ${address}${adapter.gateway === undefined ? "" : ` --gateway${six} ${shell(adapter.gateway)}`} --autostart 1`,
      `pvesh set ${network}`,
    ].join("; ")];
  }
  return [[
    `bridge vlan add dev ${bridge} vid ${id} self; ip link add link ${bridge} name ${port} type vlan id ${id}; ip address add ${address} dev ${port}; ip link set dev ${port} up`,
    ...(was === undefined ? [] : [`ip address del ${was.addresses?.[0] === undefined ? blank(`former address of ${adapter.name}`) : shell(was.addresses[0])} dev ${former}`]),
    ...(adapter.gateway === undefined ? [] : [`ip route replace default via ${shell(adapter.gateway)}`]),
  ].join("; ")];
}
