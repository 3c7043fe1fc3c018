/** Settings of several forms written in one cell: the VLAN of a port group, the port of a switch, a place in a VLAN of a switch. Pure. */
import type { Control } from "../fields/form";
import { readReference, referenceText, type Read, type Scope } from "./references";

type Variants = Extract<Control, { type: "variants" }>;
type Value = Readonly<Record<string, unknown>>;

const FORMS: Readonly<Record<string, string>> = { access: "10", untagged: "untagged", trunk: "trunk 10,20-29 native 10", private: "private 100/101 isolated", overlay: "overlay 5001" };

/** `10`, `untagged`, `trunk 10,20-29 native 10`, `private 100/101 isolated`, `overlay 5001`. */
export function modeText(value: Value): string {
  const { mode, id, vlan, allowed, native, tagNative, primary, secondary, type, vni } = value as Readonly<Record<string, string | number | boolean | undefined>>;
  switch (mode) {
    case "access": return String(id ?? vlan);
    case "trunk": return ["trunk", allowed, native === undefined ? undefined : `native ${native}`, tagNative === undefined ? undefined : tagNative === true ? "tagged" : "not tagged"].filter((part) => part !== undefined).join(" ");
    case "private": return `private ${primary}${secondary === undefined ? "" : `/${secondary}`} ${type}`;
    case "overlay": return `overlay ${vni}`;
    default: return String(mode);
  }
}

/** Reads what `modeText` writes, and what diagrams say: `VLAN 10`, `PVLAN 100/101 isolated`, `VNI 5001`. Numbers are checked by the schema. */
export function readMode(control: Variants, text: string): Read {
  const value = parseMode(control, text.trim().replace(/\s+/g, " "));
  const mode = value?.["mode"];
  if (value !== undefined && control.options.some(({ name }) => name === mode)) return { ok: true, value };
  return { ok: false, message: `“${text}” is not one of: ${control.options.map(({ name }) => FORMS[name] ?? name).join("; ")}` };
}

function parseMode(control: Variants, text: string): Value | undefined {
  const access = /^(?:(?:access|vlan) )?(\d+)$/i.exec(text);
  if (access !== null) return { mode: "access", [control.options.find(({ name }) => name === "access")?.fields[0]?.key ?? "id"]: Number(access[1]) };
  if (/^(untagged|no VLAN)$/i.test(text)) return { mode: "untagged" };
  const trunk = /^trunk(?: (?!native|tagged|not )(all|[\d,\- ]*\d))?(?: native (\d+))?(?: (not )?tagged)?$/i.exec(text);
  if (trunk !== null) {
    const tagged = /tagged$/i.test(text);
    return { mode: "trunk", ...(trunk[1] === undefined ? {} : { allowed: trunk[1].toLowerCase().replace(/ /g, "") }), ...(trunk[2] === undefined ? {} : { native: Number(trunk[2]) }), ...(tagged ? { tagNative: trunk[3] === undefined } : {}) };
  }
  const secret = /^(?:private|pvlan) (\d+)(?: ?\/ ?(\d+))? (promiscuous|isolated|community)$/i.exec(text);
  if (secret !== null) return { mode: "private", primary: Number(secret[1]), ...(secret[2] === undefined ? {} : { secondary: Number(secret[2]) }), type: secret[3]?.toLowerCase() };
  const overlay = /^(?:overlay|vni) (\d+)$/i.exec(text);
  return overlay === null ? undefined : { mode: "overlay", vni: Number(overlay[1]) };
}

/** `tor-1 VLAN 20`, or the name of a port group. */
export function placeText(scope: Scope, value: Value): string {
  const { physicalSwitch, vlan, portGroup } = value as { physicalSwitch?: string; vlan?: number; portGroup?: string };
  if (portGroup !== undefined) return referenceText(scope, "portGroups", portGroup);
  return `${referenceText(scope, "physicalSwitches", physicalSwitch ?? "")} VLAN ${vlan}`;
}

/** Reads a place; `mayBeGroup` where a port group can stand for one. What else the old value has is kept for a place of the same form. */
export function readPlace(scope: Scope, text: string, mayBeGroup: boolean, old: Value | undefined): Read {
  const group = mayBeGroup ? readReference(scope, "portGroups", text) : undefined;
  const [, name, vlan] = /^(.*\S)[\s,/]+VLAN\s*(\d+)$/i.exec(text) ?? [];
  if (group?.ok === true) return { ok: true, value: { portGroup: group.value } };
  if (name === undefined) return { ok: false, message: `“${text}” is no place: write the switch and the VLAN, as in tor-1 VLAN 20${mayBeGroup ? ", or a port group" : ""}` };
  const found = readReference(scope, "physicalSwitches", name);
  if (!found.ok) return found;
  const { portGroup: _group, ...kept } = (old ?? {}) as { readonly portGroup?: unknown };
  return { ok: true, value: { ...kept, physicalSwitch: found.value, vlan: Number(vlan) } };
}
