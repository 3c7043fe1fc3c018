/** Filters and rates at the ports of Proxmox VE guests: filters act only where the firewall of the VM, its adapter and the datacenter is on. */
import { bareAddress } from "../../model/address";
import { blank } from "./command";
import { isFiltered, proxmoxNic } from "./guest-ports";
import type { GuestPort, Wanted } from "./ports";
import { proxmoxPath, switchOnProxmox } from "./proxmox-firewall";

export function proxmoxPort(port: GuestPort, wanted: Wanted): string[] {
  const { topology, vmId, nic, index } = port;
  const isOn = isFiltered(topology, vmId, nic);
  const adapter = wanted.rate !== undefined || (wanted.macs && !isOn) ? proxmoxNic(topology, vmId, nic, index) : undefined;
  return [...(wanted.addresses ? addressSet(port) : []), ...(wanted.macs ? [filterMacs(port, isOn)] : []), ...(adapter === undefined ? [] : [adapter]), ...(wanted.macs && !isOn ? switchOnProxmox() : [])];
}

/** The set alone binds this adapter; the VM's option `ipfilter` would stop its other adapters, which have none. */
function addressSet({ topology, vm, vmId, nicId, nic, index }: GuestPort): string[] {
  const path = `${proxmoxPath(topology, vm)}/ipset`;
  const own = nic.addresses?.map(bareAddress) ?? [blank(`addresses of ${vmId}/${nicId}`)];
  return [`pvesh create ${path} --name ipfilter-net${index}`, ...own.map((address) => `pvesh create ${path}/ipfilter-net${index} --cidr ${address}`)];
}

/** A VM whose firewall comes on for this goes on letting everything else pass. */
function filterMacs({ topology, vm }: GuestPort, isOn: boolean): string {
  return `pvesh set ${proxmoxPath(topology, vm)}/options --enable 1 --macfilter 1${isOn ? "" : " --policy_in ACCEPT --policy_out ACCEPT"}`;
}
