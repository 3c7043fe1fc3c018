/** Filters and rates at the ports of Proxmox VE guests: they act only where the firewall of the VM, its adapter and the datacenter is on. */
import { isFiltered, proxmoxNic } from "./guest-ports";
import type { GuestPort, Wanted } from "./ports";
import { proxmoxPath, switchOnProxmox } from "./proxmox-firewall";

/** A VM whose firewall comes on for this goes on letting everything else pass. */
export function filterMacs({ topology, vmId, vm, nic, index }: GuestPort, { macs, addresses }: Wanted): string[] {
  if (!macs) return [];
  const path = proxmoxPath(topology, vm);
  const filtered = isFiltered(topology, vmId, nic);
  const own = addresses ? (nic.addresses ?? []).map((text) => text.split("/")[0] ?? text) : [];
  return [
    ...(own.length > 0 ? [`pvesh create ${path}/ipset --name ipfilter-net${index}`, ...own.map((address) => `pvesh create ${path}/ipset/ipfilter-net${index} --cidr ${address}`)] : []),
    `pvesh set ${path}/options --enable 1 --macfilter 1${addresses ? " --ipfilter 1 --radv 0" : ""}${filtered ? "" : " --policy_in ACCEPT --policy_out ACCEPT"}`,
    ...(filtered ? [] : [proxmoxNic(topology, vmId, nic, index, true) ?? "", ...switchOnProxmox()]),
  ].filter((text) => text !== "");
}

/** In megabytes a second. */
export function limitRate({ topology, vmId, nic, index }: GuestPort, { rate }: Wanted): string[] {
  const text = rate === undefined ? undefined : proxmoxNic(topology, vmId, nic, index);
  return text === undefined || rate === undefined ? [] : [`${text},rate=${rate.average / 8}`];
}
