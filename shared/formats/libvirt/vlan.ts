import type { Tally } from "../tally";
import { attribute, child, childrenOf, type XmlElement } from "../xml";
import type { PortGroupShape } from "./inventory";

/** `<vlan>` of a network, port group or interface as a port group's VLAN; empty where there is none. */
export function vlanShape(owner: XmlElement, file: string, tally: Tally): PortGroupShape {
  const vlan = child(owner, "vlan");
  if (vlan === undefined) return {};
  const tags = childrenOf(vlan, "tag").map((tag) => ({ id: Number(attribute(tag, "id")), native: attribute(tag, "nativeMode") !== undefined, line: tag.line }));
  const bad = tags.find(({ id }) => !Number.isInteger(id) || id < 1 || id > 4094);
  if (bad !== undefined || tags.length === 0) {
    tally.notUnderstood(file, bad?.line ?? vlan.line, "vlan without a tag from 1 to 4094");
    return {};
  }
  tally.mapped("vlan/tag@id");
  if (attribute(vlan, "trunk") !== "yes" && tags.length === 1) return { vlan: { mode: "access", id: tags[0]?.id ?? 1 } };
  const native = tags.find((tag) => tag.native);
  const allowed = [...new Set(tags.map(({ id }) => id))].sort((a, b) => a - b).join(",");
  return { vlan: { mode: "trunk", allowed, ...(native === undefined ? {} : { native: native.id }) } };
}

export function isOpenVSwitch(owner: XmlElement): boolean {
  return attribute(child(owner, "virtualport"), "type") === "openvswitch";
}
