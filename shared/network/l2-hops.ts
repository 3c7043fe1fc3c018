/** The words for one step of a frame, as typed hops that traces print and the canvas draws. */
import type { Hop, HopKind } from "../analysis/result";
import type { Plug } from "./sockets";
import { linkEnd, linkOf, type Ground } from "./ground";
import type { End } from "./types";
import { hasBit, isEmpty, listBits, type VlanBits } from "./vlan-bits";
import { otherSide, type Instance, type PortId } from "./wiring";

const KINDS: Readonly<Record<Exclude<End["kind"], "interface">, HopKind>> = {
  vnic: "vm", managementInterface: "managementInterface", bmc: "bmc", external: "external",
};

function kindOf(end: End): HopKind {
  if (end.kind !== "interface") return KINDS[end.kind];
  return end.path.startsWith("$.routers") ? "router" : "firewall";
}

/** `vlan` is left out for untagged frames. */
export function hop(at: string, kind: HopKind, does: string, vlan = 0): Hop {
  return vlan === 0 ? { at, kind, does } : { at, kind, does, vlan };
}

export function endHop(end: End, does: string): Hop {
  return hop(end.id, kindOf(end), does);
}

export function instanceHop(instance: Instance, does: string, vlan = 0): Hop {
  return hop(instance.switch, instance.physical ? "physicalSwitch" : "virtualSwitch", does, vlan);
}

export function linkHop(ground: Ground, port: PortId, does: string, vlan = 0): Hop {
  const { id, kind } = linkOf(ground.wiring, port);
  return hop(id, kind, does, vlan);
}

/** The sender, its port group, and the uplink it bypasses the virtual switch by. */
export function sendingHops(from: End, plug: Plug, vlan: number): Hop[] {
  const { port, portGroup, uplink } = plug;
  if (port.vni !== undefined) return [endHop(from, "sends"), ...inPortGroup(portGroup, `puts into VNI ${port.vni}`)];
  // Bridges without VLAN filtering leave the guest's frame as it is.
  const bare = port.untagged === vlan;
  const sends = endHop(from, bare ? "sends" : `sends tagged ${vlan}`);
  if (uplink !== undefined) return [sends, hop(uplink, "uplink", `carries past the virtual switch${bare ? `, tags ${vlan}: native` : ""}`, vlan)];
  if (!bare) return [sends, ...inPortGroup(portGroup, `passes tag ${vlan}`, vlan)];
  return [sends, ...inPortGroup(portGroup, vlan === 0 ? "passes untagged" : `tags ${vlan}${asNative(port.sends)}`, vlan)];
}

export function receivingHops(to: End, plug: Plug, vlan: number): Hop[] {
  const { port, portGroup, uplink } = plug;
  if (port.vni !== undefined) return [...inPortGroup(portGroup, `takes from VNI ${port.vni}`), endHop(to, "receives")];
  // Private VLAN ports give every id of the domain untagged.
  const bare = port.untagged === vlan || port.primary !== undefined;
  const receives = endHop(to, bare ? "receives" : `receives tagged ${vlan}`);
  if (uplink !== undefined) return [hop(uplink, "uplink", `${bare ? `untags ${vlan}: native, ` : ""}carries past the virtual switch`, vlan), receives];
  if (!bare) return [...inPortGroup(portGroup, `passes tag ${vlan}`, vlan), receives];
  const how = port.primary === undefined ? asNative(port.hears) : "";
  return [...inPortGroup(portGroup, vlan === 0 ? "passes untagged" : `untags ${vlan}${how}`, vlan), receives];
}

/** A port that carries several VLANs has its untagged frames in the native one. */
function asNative(vlans: VlanBits): string {
  return listBits(vlans).length > 1 ? ": native" : "";
}

function inPortGroup(portGroup: string | undefined, does: string, vlan = 0): Hop[] {
  return portGroup === undefined ? [] : [hop(portGroup, "portGroup", does, vlan)];
}

/** A frame of VLAN `left` that leaves by the port and is taken into VLAN `taken` beyond it. */
export function crossingHop(ground: Ground, port: PortId, left: number, taken: number): Hop {
  const out = linkEnd(ground.wiring, port).forms.known;
  const into = linkEnd(ground.wiring, otherSide(port)).forms.known;
  const tagged = left === taken && hasBit(out.taggedOut, left) && hasBit(into.taggedIn, left);
  if (tagged) return linkHop(ground, port, `carries tagged ${left}`, left);
  const words = ["carries untagged"];
  if (left !== 0) words.unshift(`untags ${left}: ${portOf(ground, port)}`);
  if (taken !== 0) words.push(`tags ${taken}: ${portOf(ground, otherSide(port))}`);
  return linkHop(ground, port, words.join(", "), taken);
}

/** By what a port of a cable decides about untagged frames. */
function portOf({ wiring }: Ground, port: PortId): string {
  const { instance, forms } = linkEnd(wiring, port);
  const at = wiring.instances[instance] as Instance;
  if (!at.physical) return `PVID of ${at.switch}`;
  return `${isEmpty(forms.known.taggedIn) ? "access port" : "native"} of ${at.switch}`;
}
