/** Guest ports: which network a vNIC is in, and whether it is connected. */
import type { Vnic } from "../../model/kinds/vm";
import { entries, record, type RecordOf, type Topology } from "../../model/topology";
import { formatVlanList, parseVlanList, unionVlans } from "../../model/vlan-set";
import { Enforcement } from "../../rules/enforcement";
import { blank, powershell, shell, type Change, type OperatorCommand } from "./command";
import { hyperVAdapter } from "./ports";

/** Where a vNIC is plugged in, as the platform sees it. */
interface Port {
  readonly nic: Vnic;
  readonly group: RecordOf<"portGroups"> | undefined;
  readonly vswitch: RecordOf<"virtualSwitches"> | undefined;
}

interface Moved extends Port {
  readonly topology: Topology;
  readonly vmId: string;
  readonly nicId: string;
  /** Where it was plugged in, if it was there. */
  readonly was: Port | undefined;
  readonly name: string;
  readonly hypervisor: string;
  /** Which of the VM's adapters it is, from 0. */
  readonly index: number;
  readonly disconnected: boolean;
  /** Another port group, and not only another VLAN of the same one. */
  readonly replugged: boolean;
}

export function guestPortCommands(change: Change): OperatorCommand[] {
  return movedPorts(change).flatMap((moved) => {
    const platform = record(change.after, "hypervisors", moved.hypervisor)?.platform;
    const text = platform === undefined ? undefined : commandFor(platform, moved);
    return platform === undefined || text === undefined ? [] : [{ platform, on: moved.hypervisor, text }];
  });
}

function movedPorts({ before, after }: Change): Moved[] {
  if (before.vms === after.vms && before.portGroups === after.portGroups && before.virtualSwitches === after.virtualSwitches) return [];
  return entries(after, "vms").flatMap(([vmId, vm]) => Object.entries(vm.nics ?? {}).flatMap(([nicId, nic], index) => {
    const old = record(before, "vms", vmId)?.nics?.[nicId];
    const was = old === undefined ? undefined : portOf(before, old);
    const now = portOf(after, nic);
    const disconnected = nic.connected === false && old?.connected !== false;
    const replugged = old?.portGroup !== nic.portGroup;
    const filtered = isFiltering(now) && !isFiltering(was);
    const rewired = replugged || filtered || JSON.stringify(was?.group?.vlan) !== JSON.stringify(now.group?.vlan);
    return disconnected || rewired ? [{ ...now, topology: after, vmId, nicId, was, name: vm.name, hypervisor: vm.hypervisor, index, disconnected, replugged }] : [];
  }));
}

function portOf(topology: Topology, nic: Vnic): Port {
  const group = record(topology, "portGroups", nic.portGroup);
  return { nic, group, vswitch: record(topology, "virtualSwitches", group?.virtualSwitch) };
}

/** A bridge that begins to filter heeds the VLANs of its port groups from now on. */
function isFiltering(port: Port | undefined): boolean {
  return port?.vswitch?.kind === "linux-bridge" && port.vswitch.vlanAware === true;
}

function commandFor(platform: string, moved: Moved): string | undefined {
  switch (platform) {
    case "esxi":
      return esxi(moved);
    case "hyper-v":
      return hyperV(moved);
    case "proxmox":
      return proxmox(moved);
    default:
      return linux(moved);
  }
}

/** A port group that changes its VLAN takes its guests along; only a guest that changes its port group has to be told. */
function esxi({ name, nic, index, group, disconnected, replugged }: Moved): string | undefined {
  const adapter = `Get-VM -Name ${powershell(name)} | Get-NetworkAdapter -Name ${powershell(nic.name ?? `Network adapter ${index + 1}`)}`;
  if (disconnected) return `${adapter} | Set-NetworkAdapter -Connected:$false -StartConnected:$false -Confirm:$false`;
  return group === undefined || !replugged ? undefined : `${adapter} | Set-NetworkAdapter -NetworkName ${powershell(group.name)} -Confirm:$false`;
}

function hyperV({ topology, vmId, nicId, group, disconnected }: Moved): string | undefined {
  const vm = record(topology, "vms", vmId);
  if (vm === undefined) return undefined;
  if (disconnected) return `Disconnect-VMNetworkAdapter ${hyperVAdapter(vmId, vm, nicId, "-Name")}`;
  return group?.vlan?.mode === "access" ? `Set-VMNetworkAdapterVlan ${hyperVAdapter(vmId, vm, nicId, "-VMNetworkAdapterName")} -Access -VlanId ${group.vlan.id}` : undefined;
}

function proxmox({ topology, vmId, name, nic, index, group, disconnected }: Moved): string | undefined {
  if (disconnected) return `qm set ${blank(`VMID of ${name}`)} --delete net${index}`;
  return group?.vlan?.mode === "access" ? proxmoxNic(topology, vmId, nic, index) : undefined;
}

/** A vNIC as Proxmox VE has it. What is not said of it is reset: so the firewall is said where one filters it, and the rate. */
export function proxmoxNic(topology: Topology, vmId: string, nic: Vnic, index: number): string | undefined {
  const { group, vswitch } = portOf(topology, nic);
  if (vswitch === undefined) return undefined;
  const rate = group?.shaping?.averageMbps ?? 0;
  const bound = group?.spoofGuard === true || group?.security?.forgedTransmits === "reject";
  return `qm set ${blank(`VMID of ${record(topology, "vms", vmId)?.name ?? vmId}`)} --net${index} virtio=${nic.mac ?? blank("MAC")},bridge=${shell(vswitch.name)}`
    + `${group?.vlan?.mode === "access" ? `,tag=${group.vlan.id}` : ""}${bound || isFiltered(topology, vmId, nic) ? ",firewall=1" : ""}${rate > 0 ? `,rate=${rate / MBIT_A_MEGABYTE}` : ""}`;
}

const MBIT_A_MEGABYTE = 8;

/** Whether a distributed firewall filters the vNIC. */
export function isFiltered(topology: Topology, vmId: string, nic: Vnic): boolean {
  const guards = new Enforcement(topology);
  return guards.exists && guards.gapOf(vmId, nic) === undefined;
}

function linux({ vmId, nicId, was, group, vswitch, disconnected }: Moved): string | undefined {
  const port = blank(`port of ${vmId}/${nicId}`);
  if (disconnected) return vswitch?.kind === "linux-bridge" ? `ip link set dev ${port} nomaster` : undefined;
  if (group?.vlan?.mode !== "access") return undefined;
  if (vswitch?.kind === "open-vswitch") return `ovs-vsctl set port ${port} tag=${group.vlan.id} vlan_mode=access`;
  if (vswitch?.kind !== "linux-bridge") return undefined;
  // A port of a bridge is in every VLAN that was added to it: what it was in goes, or it is heard there still.
  const own = String(group.vlan.id);
  const former = vlansOnBridge(was);
  if (former.join() === own) return undefined;
  return [...former.map((vlan) => `bridge vlan del dev ${port} vid ${vlan}`), `bridge vlan add dev ${port} vid ${own} pvid untagged`].join("; ");
}

/** The VLANs and ranges of VLANs that a port of a Linux bridge is in; in 1 where nothing was ever added. */
function vlansOnBridge(port: Port | undefined): string[] {
  const vlan = isFiltering(port) ? port?.group?.vlan : undefined;
  if (vlan?.mode === "access") return [String(vlan.id)];
  if (vlan?.mode !== "trunk") return ["1"];
  const allowed = vlan.allowed === undefined ? undefined : parseVlanList(vlan.allowed);
  if (allowed === undefined) return [blank("each of its VLANs")];
  return formatVlanList(vlan.native === undefined ? allowed : unionVlans(allowed, [vlan.native, vlan.native])).replace(/^all$/, "1-4094").split(",");
}
