/** Ports of physical switches and VLAN filtering of Linux bridges. */
import type { Port } from "../../model/primitives";
import { entries, record } from "../../model/topology";
import { blank, changed, shell, type Change, type OperatorCommand } from "./command";

export function physicalPortCommands(change: Change): OperatorCommand[] {
  const uplinks = changed(change, "uplinks").flatMap(([id, now, was]) => onSwitch(now.physicalSwitch, `uplink ${id}`, now.port, was?.port));
  const trunks = changed(change, "trunks").flatMap(([id, now, was]) => [
    ...onSwitch(now.a.switch, `trunk ${id}`, now.a.port, was?.a.port),
    ...onSwitch(now.b.switch, `trunk ${id}`, now.b.port, was?.b.port),
  ]);
  return [...uplinks, ...trunks, ...bridgeCommands(change)];
}

function onSwitch(on: string, what: string, now: Port | undefined, was: Port | undefined): OperatorCommand[] {
  if (now?.mode !== "trunk" || now === was) return [];
  const before = was?.mode === "trunk" ? was : undefined;
  const lines = [
    ...(before === undefined ? ["switchport mode trunk"] : []),
    ...(now.allowed !== undefined && now.allowed !== before?.allowed ? [`switchport trunk allowed vlan ${now.allowed}`] : []),
    ...(now.native !== undefined && now.native !== before?.native ? [`switchport trunk native vlan ${now.native}`] : []),
  ];
  const global = now.tagNative === true && before?.tagNative !== true ? ["vlan dot1q tag native"] : [];
  if (lines.length + global.length === 0) return [];
  return [{ platform: "cisco-ios", on, text: [...global, `interface ${blank(`port of ${what}`)}`, ...lines].join("; ") }];
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
