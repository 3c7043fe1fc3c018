/** What a port lets its guest do: whose addresses it may send, whom of its own switch it may talk to, and how much. Most platforms keep that at the guest's port. */
import { bareAddress } from "../../model/address";
import type { PortGroup } from "../../model/kinds/port-group";
import { entries, record } from "../../model/topology";
import { blank, changed, shell, virshEdit, type Change, type OperatorCommand } from "./command";
import { hyperVAdapter, newRate, type GuestPort, type Wanted } from "./ports";
import { proxmoxPort } from "./proxmox-ports";

export function portSettingCommands(change: Change): OperatorCommand[] {
  const asked = new Map(changed(change, "portGroups").flatMap(([id, now, was]) => { const wanted = wantedOf(now, was); return wanted === undefined ? [] : [[id, wanted] as const]; }));
  if (asked.size === 0) return [];
  return entries(change.after, "vms").flatMap(([vmId, vm]) => Object.entries(vm.nics ?? {}).flatMap(([nicId, nic], index) => {
    const wanted = asked.get(nic.portGroup ?? "");
    const kind = record(change.after, "virtualSwitches", record(change.after, "portGroups", nic.portGroup)?.virtualSwitch)?.kind;
    const platform = record(change.after, "hypervisors", vm.hypervisor)?.platform;
    if (wanted === undefined || kind === undefined || platform === undefined || (nic.passthrough ?? "none") !== "none") return [];
    return textsFor(platform, { topology: change.after, vmId, vm, nicId, nic, index, kind }, wanted).map((text) => ({ platform, on: vm.hypervisor, text }));
  }));
}

function wantedOf(now: PortGroup, was: PortGroup | undefined): Wanted | undefined {
  const addresses = now.spoofGuard === true && was?.spoofGuard !== true;
  const macs = addresses || (now.security?.forgedTransmits === "reject" && was?.security?.forgedTransmits !== "reject");
  const apart = now.isolatedPorts === true && was?.isolatedPorts !== true;
  const rate = newRate(now, was);
  return macs || apart || rate !== undefined ? { macs, addresses, apart, rate } : undefined;
}

function textsFor(platform: string, port: GuestPort, wanted: Wanted): string[] {
  switch (platform) {
    case "hyper-v":
      return hyperV(port, wanted);
    case "proxmox":
      return [...apart(port, wanted), ...proxmoxPort(port, wanted)];
    case "kvm":
      return [...apart(port, wanted), ...libvirt(port, wanted)];
    case "xen":
      return [...apart(port, wanted), ...policed(port, wanted)];
    default:
      return [];
  }
}

function hyperV({ vmId, vm, nicId }: GuestPort, { macs, rate }: Wanted): string[] {
  const adapter = `Set-VMNetworkAdapter ${hyperVAdapter(vmId, vm, nicId, "-Name")}`;
  return [...(macs ? [`${adapter} -MacAddressSpoofing Off`] : []), ...(rate === undefined ? [] : [`${adapter} -MaximumBandwidth ${Math.round(rate.average * 1_000_000)}`])];
}

function deviceOf({ vmId, nicId }: GuestPort): string {
  return blank(`port of ${vmId}/${nicId}`);
}

/** Isolated ports of Linux bridges, protected ones of Open vSwitch. */
function apart(port: GuestPort, { apart: wanted }: Wanted): string[] {
  if (!wanted) return [];
  if (port.kind === "open-vswitch") return [`ovs-vsctl set port ${deviceOf(port)} protected=true`];
  return port.kind === "linux-bridge" ? [`bridge link set dev ${deviceOf(port)} isolated on`] : [];
}

/** Filters of libvirt act on bridges only; rates are in kilobytes a second. */
function libvirt(port: GuestPort, { macs, addresses, rate }: Wanted): string[] {
  const { vm, nic, nicId } = port;
  const filter = !macs || port.kind !== "linux-bridge" ? undefined : addresses ? cleanTraffic(nic.addresses ?? []) : "<filterref filter='no-mac-spoofing'/>";
  const speeds = rate === undefined ? "" : [rate.average, rate.peak].map((mbps) => Math.ceil(mbps * 125)).join();
  return [
    ...(filter === undefined ? [] : [virshEdit(vm.name, `<interface> ${nicId}`, filter)]),
    ...(rate === undefined ? [] : [`virsh domiftune ${shell(vm.name)} ${deviceOf(port)} --inbound ${speeds} --outbound ${speeds} --live --config`]),
  ];
}

/** It lets IPv4 and ARP pass and nothing else: a guest that has IPv6 addresses needs a filter of its own. */
function cleanTraffic(addresses: readonly string[]): string | undefined {
  const own = addresses.map(bareAddress);
  return own.some((ip) => ip.includes(":")) ? undefined : `<filterref filter='clean-traffic'>${own.map((ip) => `<parameter name='IP' value='${ip}'/>`).join("")}</filterref>`;
}

/** What the guest sends, in kbit/s. */
function policed(port: GuestPort, { rate }: Wanted): string[] {
  return rate === undefined || port.kind !== "open-vswitch" ? [] : [`ovs-vsctl set interface ${deviceOf(port)} ingress_policing_rate=${Math.ceil(rate.average * 1000)}`];
}
