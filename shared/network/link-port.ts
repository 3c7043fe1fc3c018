/** What the two sides of a cable take and give, frame form by frame form: the lower rows of the port table in the semantics. */
import type { Port } from "../model/primitives";
import { bitsOfList, difference, hasBit, NO_BITS, oneBit, TAGS, type VlanBits } from "./vlan-bits";

/** Which VLANs of its switch a port joins to the frames of a cable. A frame there is untagged or carries one tag. */
export interface Forms {
  /** Tags taken; a frame tagged v joins v. */
  readonly taggedIn: VlanBits;
  /** The VLAN that an untagged frame joins; none: dropped. More than one only where the port is unknown. */
  readonly untaggedIn: VlanBits;
  readonly taggedOut: VlanBits;
  readonly untaggedOut: VlanBits;
}

/** Only what is written (`known`), and the most that absent fields could mean (`possible`). */
export interface LinkForms {
  readonly known: Forms;
  readonly possible: Forms;
  /** The absent field below the port's own path: the port itself, or its allowed list. */
  readonly absent: "port" | "allowed" | "nothing";
}

const NOTHING: Forms = { taggedIn: NO_BITS, untaggedIn: NO_BITS, taggedOut: NO_BITS, untaggedOut: NO_BITS };
/** An access port of any VLAN, a trunk with any native VLAN. */
const ANYTHING: Forms = { taggedIn: TAGS, untaggedIn: TAGS, taggedOut: TAGS, untaggedOut: TAGS };
const UNKNOWN: LinkForms = { known: NOTHING, possible: ANYTHING, absent: "port" };

const known = new Map<string, LinkForms>();
const FORMS_KEPT = 4096;

/** A physical switch's port; the same object for ports that are set alike. */
export function physicalForms(port: Port | undefined): LinkForms {
  if (port === undefined) return UNKNOWN;
  const key = port.mode === "access" ? `a${port.vlan}` : `t${port.allowed ?? "?"}/${port.native ?? ""}/${port.tagNative ?? false}`;
  let forms = known.get(key);
  if (forms === undefined) {
    if (known.size >= FORMS_KEPT) known.clear();
    forms = readPort(port);
    known.set(key, forms);
  }
  return forms;
}

function readPort(port: Port): LinkForms {
  if (port.mode === "access") {
    const vlan = oneBit(port.vlan);
    return certain({ taggedIn: NO_BITS, untaggedIn: vlan, taggedOut: NO_BITS, untaggedOut: vlan });
  }
  if (port.allowed !== undefined) return certain(trunk(bitsOfList(port.allowed), port.native, port.tagNative ?? false));
  return { known: NOTHING, possible: trunk(TAGS, port.native, port.tagNative ?? false), absent: "allowed" };
}

/** Cisco-like hardware: the native VLAN crosses only if the allowed list has it. */
function trunk(allowed: VlanBits, native: number | undefined, tagNative: boolean): Forms {
  const untagged = native !== undefined && !tagNative && hasBit(allowed, native) ? oneBit(native) : NO_BITS;
  return { taggedIn: allowed, untaggedIn: untagged, taggedOut: difference(allowed, untagged), untaggedOut: untagged };
}

function certain(forms: Forms): LinkForms {
  return { known: forms, possible: forms, absent: "nothing" };
}

const VIRTUAL_SIDE = certain({ taggedIn: TAGS, untaggedIn: oneBit(0), taggedOut: TAGS, untaggedOut: oneBit(0) });
/** PVID 1: VLAN 1 leaves untagged, and a frame tagged 1 is taken into VLAN 1 too. */
const VLAN_AWARE_BRIDGE_SIDE = certain({ taggedIn: TAGS, untaggedIn: oneBit(1), taggedOut: difference(TAGS, oneBit(1)), untaggedOut: oneBit(1) });

/** The virtual side of an uplink: every VLAN tagged and the untagged one untagged, with no allowed list. */
export function virtualForms(vlanAwareBridge: boolean): LinkForms {
  return vlanAwareBridge ? VLAN_AWARE_BRIDGE_SIDE : VIRTUAL_SIDE;
}
