/** Ports of physical switches and VLAN filtering of Linux bridges. */
import type { Port } from "../../model/primitives";
import { entries, record } from "../../model/topology";
import { ALL_VLANS, equalVlans, formatVlanList, NO_VLANS, parseVlanList, subtractVlans, type VlanSet } from "../../model/vlan-set";
import { blank, changed, shell, type Change, type OperatorCommand } from "./command";

export function physicalPortCommands(change: Change): OperatorCommand[] {
  const uplinks = changed(change, "uplinks").flatMap(([id, now, was]) => onSwitch(now.physicalSwitch, `uplink ${id}`, now.port, was?.port));
  const trunks = changed(change, "trunks").flatMap(([id, now, was]) => [
    ...onSwitch(now.a.switch, `trunk ${id}`, now.a.port, was?.a.port),
    ...onSwitch(now.b.switch, `trunk ${id}`, now.b.port, was?.b.port),
  ]);
  return [...uplinks, ...trunks, ...endCommands(change), ...bridgeCommands(change)];
}

/** The access ports of what ends at a physical switch. Ports of routers and firewalls may be trunks: no document says. */
function endCommands(change: Change): OperatorCommand[] {
  const externals = changed(change, "externalNetworks").flatMap(([id, { attachedTo }, was]) => {
    const before = was?.attachedTo;
    return attachedTo !== undefined && "vlan" in attachedTo ? [onAccessPort(id, attachedTo, before !== undefined && "vlan" in before ? before : undefined)] : [];
  });
  const bmcs = changed(change, "hosts").flatMap(([id, { bmc }, was]) => (bmc === undefined ? [] : [onAccessPort(`the BMC of ${id}`, bmc, was?.bmc)]));
  return [...externals, ...bmcs].flat();
}

interface AccessPort {
  readonly physicalSwitch: string;
  readonly vlan: number;
}

function onAccessPort(what: string, now: AccessPort, was: AccessPort | undefined): OperatorCommand[] {
  if (now.vlan === was?.vlan && now.physicalSwitch === was.physicalSwitch) return [];
  return [{ platform: "cisco-ios", on: now.physicalSwitch, text: `vlan ${now.vlan}; interface ${blank(`port of ${what}`)}; switchport access vlan ${now.vlan}` }];
}

function onSwitch(on: string, what: string, now: Port | undefined, was: Port | undefined): OperatorCommand[] {
  if (now?.mode !== "trunk" || now === was) return [];
  const before = was?.mode === "trunk" ? was : undefined;
  const lines = [
    ...(before === undefined ? ["switchport mode trunk"] : []),
    ...(now.allowed !== undefined && now.allowed !== before?.allowed ? [`switchport trunk allowed vlan ${now.allowed}`] : []),
    ...(now.native !== undefined && now.native !== before?.native ? [`switchport trunk native vlan ${now.native}`] : []),
  ];
  const global = [...createdVlans(now, was), ...(now.tagNative === true && before?.tagNative !== true ? ["vlan dot1q tag native"] : [])];
  if (lines.length + global.length === 0) return [];
  return [{ platform: "cisco-ios", on, text: [...global, `interface ${blank(`port of ${what}`)}`, ...lines].join("; ") }];
}

/** A trunk forwards no VLAN that its switch does not know; one that it knows already stays as it is. */
function createdVlans(now: Port, was: Port | undefined): string[] {
  const added = subtractVlans(carriedBy(now), carriedBy(was));
  return added.length === 0 || equalVlans(carriedBy(now), ALL_VLANS) ? [] : [`vlan ${formatVlanList(added)}`];
}

function carriedBy(port: Port | undefined): VlanSet {
  if (port === undefined) return NO_VLANS;
  return parseVlanList(port.mode === "access" ? String(port.vlan) : (port.allowed ?? "")) ?? NO_VLANS;
}

/** What goes out tagged needs its VLANs at the uplink first; without filtering no list is looked at. */
function bridgeCommands(change: Change): OperatorCommand[] {
  return changed(change, "virtualSwitches").flatMap(([id, now, was]) => {
    if (now.kind !== "linux-bridge" || now.vlanAware !== true || was?.vlanAware === true) return [];
    return now.hypervisors.flatMap((on) => {
      const hypervisor = record(change.after, "hypervisors", on);
      if (hypervisor === undefined) return [];
      const nics = entries(change.after, "uplinks").filter(([, uplink]) => uplink.virtualSwitch === id && uplink.hypervisor === on)
        .map(([uplink, { hostNic }]) => (hostNic === undefined ? blank(`device of ${uplink}`) : shell(record(change.after, "hosts", hypervisor.host)?.nics?.[hostNic]?.name ?? hostNic)));
      const texts = [...nics.map((nic) => `bridge vlan add dev ${nic} vid 2-4094`), `ip link set ${shell(now.name)} type bridge vlan_filtering 1`];
      return texts.map((text) => ({ platform: hypervisor.platform, on, text }));
    });
  });
}
