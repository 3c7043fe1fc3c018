/** Port groups of VMware switches: VLAN and security. Other platforms keep both at the guest's port (`guest-ports.ts`). */
import type { PortGroup } from "../../model/kinds/port-group";
import { record } from "../../model/topology";
import { changed, powershell, shell, type Change, type OperatorCommand } from "./command";
import { newRate } from "./ports";

export function portGroupCommands(change: Change): OperatorCommand[] {
  return changed(change, "portGroups").flatMap(([, now, was]) => {
    const vswitch = record(change.after, "virtualSwitches", now.virtualSwitch);
    if (vswitch?.kind === "standard") return vswitch.hypervisors.flatMap((on) => onHost(change, on, vswitch.name, now, was));
    return vswitch?.kind === "distributed" ? atVcenter(now.virtualSwitch, vswitch.name, now, was) : [];
  });
}

function onHost(change: Change, on: string, vswitch: string, now: PortGroup, was: PortGroup | undefined): OperatorCommand[] {
  if (record(change.after, "hypervisors", on)?.platform !== "esxi") return [];
  const name = shell(now.name);
  const vlan = vlanNumber(now);
  const security = Object.entries(now.security ?? {}).filter(([field, value]) => was?.security?.[field as keyof typeof now.security] !== value);
  const texts = [
    ...(was === undefined ? [`esxcli network vswitch standard portgroup add --portgroup-name=${name} --vswitch-name=${shell(vswitch)}`] : []),
    ...(vlan !== undefined && vlan !== (was === undefined ? 0 : vlanNumber(was)) ? [`esxcli network vswitch standard portgroup set --portgroup-name=${name} --vlan-id=${vlan}`] : []),
    ...(security.length > 0 ? [`esxcli network vswitch standard portgroup policy security set --portgroup-name=${name}${security.map(([field, value]) => ` ${ESXCLI_SECURITY[field] ?? ""}=${value === "accept"}`).join("")}`] : []),
  ];
  return [...texts, ...shaped(name, now, was)].map((text) => ({ platform: "esxi", on, text }));
}

/** In kbit/s; the burst is a tenth of a second at the peak. */
function shaped(name: string, now: PortGroup, was: PortGroup | undefined): string[] {
  const rate = newRate(now, was);
  if (rate === undefined) return [];
  const [average, peak] = [Math.round(rate.average * 1000), Math.round(rate.peak * 1000)];
  return [`esxcli network vswitch standard portgroup policy shaping set --portgroup-name=${name} --enabled=true --avg-bandwidth=${average} --peak-bandwidth=${peak} --burst-size=${Math.ceil(peak / 80)}`];
}

const ESXCLI_SECURITY: Readonly<Record<string, string>> = { promiscuous: "--allow-promiscuous", macChanges: "--allow-mac-change", forgedTransmits: "--allow-forged-transmits" };
const POWERCLI_SECURITY: Readonly<Record<string, string>> = { promiscuous: "-AllowPromiscuous", macChanges: "-MacChanges", forgedTransmits: "-ForgedTransmits" };

function atVcenter(on: string, vswitch: string, now: PortGroup, was: PortGroup | undefined): OperatorCommand[] {
  const name = powershell(now.name);
  const vlan = vlanNumber(now);
  const security = Object.entries(now.security ?? {}).filter(([field, value]) => was?.security?.[field as keyof typeof now.security] !== value);
  const texts = [
    ...(was === undefined ? [`New-VDPortgroup -VDSwitch (Get-VDSwitch -Name ${powershell(vswitch)}) -Name ${name}`] : []),
    ...(vlan !== undefined && vlan > 0 && vlan < 4095 && vlan !== (was === undefined ? 0 : vlanNumber(was)) ? [`Get-VDPortgroup -Name ${name} | Set-VDVlanConfiguration -VlanId ${vlan}`] : []),
    ...(security.length > 0 ? [`Get-VDPortgroup -Name ${name} | Get-VDSecurityPolicy | Set-VDSecurityPolicy${security.map(([field, value]) => ` ${POWERCLI_SECURITY[field] ?? ""} $${value === "accept"}`).join("")}`] : []),
  ];
  return texts.map((text) => ({ platform: "esxi", on, text }));
}

/** 0 untagged, 4095 every VLAN; undefined for what a standard port group cannot be. */
function vlanNumber(group: PortGroup): number | undefined {
  if (group.vlan === undefined || group.vlan.mode === "untagged") return 0;
  if (group.vlan.mode === "access") return group.vlan.id;
  return group.vlan.mode === "trunk" && group.vlan.allowed === "all" ? 4095 : undefined;
}
