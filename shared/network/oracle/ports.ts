/** What a port does to a frame, row by row as the port table of the semantics has it (section 3). */
import type { PortGroup } from "../../model/kinds/port-group";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import type { Port } from "../../model/primitives";
import { hasVlan, parseVlanList } from "../../model/vlan-set";

/** The VLAN id that a frame carries on a cable; undefined where it is untagged. */
export type Tag = number | undefined;

/** VLANs are numbers within a switch: 0 is the untagged one, overlay segments are counted from `OVERLAY` up. */
export interface PortRules {
  /** The VLAN that a frame joins; undefined where it is dropped. */
  takes(tag: Tag): number | undefined;
  /** How a frame of the VLAN leaves; undefined where it does not. */
  gives(vlan: number): { readonly tag: Tag } | undefined;
}

export const OVERLAY = 100_000;

const NOTHING: PortRules = { takes: () => undefined, gives: () => undefined };

export function listed(list: string | undefined, vlan: number): boolean {
  return list !== undefined && hasVlan(parseVlanList(list) ?? [], vlan);
}

/** Untagged frames of one VLAN, nothing else. */
export function accessRules(vlan: number): PortRules {
  return { takes: (tag) => (tag === undefined ? vlan : undefined), gives: (own) => (own === vlan ? { tag: undefined } : undefined) };
}

/** A physical switch's port. What is absent carries nothing. */
export function physicalRules(port: Port | undefined): PortRules {
  if (port === undefined) return NOTHING;
  if (port.mode === "access") return accessRules(port.vlan);
  const { allowed, native, tagNative = false } = port;
  return {
    takes(tag) {
      const vlan = tag ?? (tagNative ? undefined : native);
      return vlan !== undefined && listed(allowed, vlan) ? vlan : undefined;
    },
    gives: (vlan) => (listed(allowed, vlan) ? { tag: vlan === native && !tagNative ? undefined : vlan } : undefined),
  };
}

/** The virtual side of an uplink: every VLAN tagged and the untagged one untagged. */
export function uplinkRules(vswitch: VirtualSwitch): PortRules {
  const untagged = isAware(vswitch) ? 1 : 0;
  return { takes: (tag) => tag ?? untagged, gives: (vlan) => (vlan >= OVERLAY ? undefined : { tag: vlan === untagged ? undefined : vlan }) };
}

/** Between the instances of a switch: overlay segments only. */
export const UNDERLAY: PortRules = {
  takes: (tag) => (tag !== undefined && tag >= OVERLAY ? tag : undefined),
  gives: (vlan) => (vlan >= OVERLAY ? { tag: vlan } : undefined),
};

/** As it comes: no VLAN is kept apart from another by this port. */
const EVERYTHING: PortRules = { takes: (tag) => tag ?? 0, gives: (vlan) => (vlan >= OVERLAY ? undefined : { tag: vlan === 0 ? undefined : vlan }) };

export function isAware(vswitch: VirtualSwitch): boolean {
  return vswitch.kind === "linux-bridge" && vswitch.vlanAware === true;
}

export function isUnaware(vswitch: VirtualSwitch): boolean {
  return vswitch.kind === "linux-bridge" && vswitch.vlanAware !== true;
}

/** @param secondaries those of the document's private VLANs, by primary */
export function portGroupRules(vswitch: VirtualSwitch, { vlan = { mode: "untagged" } }: PortGroup, secondaries: ReadonlyMap<number, readonly number[]>): PortRules {
  if (isUnaware(vswitch)) return EVERYTHING;
  switch (vlan.mode) {
    case "access": return accessRules(vlan.id);
    case "untagged": return untaggedRules(vswitch);
    case "trunk": return trunkRules(vswitch, vlan.allowed, vlan.native);
    case "overlay": return { takes: () => OVERLAY + vlan.vni, gives: (own) => (own === OVERLAY + vlan.vni ? { tag: undefined } : undefined) };
    case "private": {
      const { primary, secondary, type } = vlan;
      if (type === "promiscuous") return privateRules(primary, [primary, ...(secondaries.get(primary) ?? [])]);
      if (secondary === undefined) throw new Error("an isolated or community port group has its secondary");
      return privateRules(secondary, type === "isolated" ? [primary] : [primary, secondary]);
    }
  }
}

function untaggedRules(vswitch: VirtualSwitch): PortRules {
  switch (vswitch.kind) {
    case "open-vswitch": return EVERYTHING;
    case "hyper-v": return accessRules(0);
    case "linux-bridge": return accessRules(1);
    default: return { takes: EVERYTHING.takes, gives: (vlan) => (vlan === 0 ? { tag: undefined } : undefined) };
  }
}

function trunkRules(vswitch: VirtualSwitch, allowed: string | undefined, native: number | undefined): PortRules {
  const all = allowed === undefined && vswitch.kind === "open-vswitch";
  if (all && native === undefined) return EVERYTHING;
  const carries = (vlan: number): boolean => vlan === native || (all ? vlan > 0 && vlan < OVERLAY : listed(allowed, vlan));
  return {
    takes(tag) {
      const vlan = tag ?? native;
      return vlan !== undefined && carries(vlan) ? vlan : undefined;
    },
    gives: (vlan) => (carries(vlan) ? { tag: vlan === native ? undefined : vlan } : undefined),
  };
}

function privateRules(sends: number, hears: readonly number[]): PortRules {
  return { takes: (tag) => (tag === undefined ? sends : undefined), gives: (vlan) => (hears.includes(vlan) ? { tag: undefined } : undefined) };
}

/** For an end that takes part in one VLAN of the port only. */
export function onlyVlan(rules: PortRules, vlan: number): PortRules {
  return {
    takes(tag) {
      const joined = rules.takes(tag);
      return joined === vlan ? joined : undefined;
    },
    gives: (own) => (own === vlan ? rules.gives(own) : undefined),
  };
}

/** For a guest that uses the tags that its document says, and untagged frames. */
export function onlyTags(rules: PortRules, tags: readonly number[]): PortRules {
  const used = (tag: Tag): boolean => tag === undefined || tags.includes(tag);
  return {
    takes: (tag) => (used(tag) ? rules.takes(tag) : undefined),
    gives(vlan) {
      const out = rules.gives(vlan);
      return out !== undefined && used(out.tag) ? out : undefined;
    },
  };
}
