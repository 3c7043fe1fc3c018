/** Where along a side each cable is plugged in: sorted by where it comes from, so that neighbours do not cross. */
import type { Anchor, Box, Side } from "./geometry";
import { labelWidth } from "./layout-inside";
import { plugBox, type Placed } from "./placed";
import type { Wire } from "./wires";

export interface Ends {
  readonly wire: Wire;
  /** Shown nodes. */
  readonly source: string;
  readonly target: string;
  from: Anchor;
  to: Anchor;
}

interface Slot {
  readonly ends: Ends;
  readonly end: "from" | "to";
  readonly towards: number;
}

/** Gives every wire between two shown nodes its two anchors. */
export function plugIn(placed: Placed, wires: readonly Wire[]): Ends[] {
  const all: Ends[] = [];
  const groups = new Map<string, Slot[]>();
  for (const wire of wires) {
    const source = placed.shownAs.get(wire.source) ?? wire.source, target = placed.shownAs.get(wire.target) ?? wire.target;
    if (source === target || (wire.kind !== "portGroup" && (isInside(placed, source, target) || isInside(placed, target, source)))) continue;
    const a = plugBox(placed, source), b = plugBox(placed, target);
    const [out, into] = sides(wire, a, b);
    const ends: Ends = { wire, source, target, from: middle(a, out), to: middle(b, into) };
    all.push(ends);
    const below = wire.below === undefined ? undefined : placed.boxes.get(placed.shownAs.get(wire.below) ?? "");
    collect(groups, `${out} ${source}`, { ends, end: "from", towards: below === undefined || source !== wire.source ? along(b, out) : along(below, out) });
    collect(groups, `${into} ${target}`, { ends, end: "to", towards: wire.kind === "distributedFirewall" ? -Infinity : along(a, into) });
  }
  for (const pass of ["from", "to"] as const) {
    for (const [key, slots] of groups) {
      const [side, id] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
      if ((side === "bottom" || side === "right") === (pass === "from")) spread(placed, id, side as Side, slots);
    }
  }
  return all;
}

function isInside(placed: Placed, inner: string, outer: string): boolean {
  for (let id = placed.draft.get(inner)?.parent; id !== undefined; id = placed.draft.get(id)?.parent) if (id === outer) return true;
  return false;
}

function collect(groups: Map<string, Slot[]>, key: string, slot: Slot): void {
  const slots = groups.get(key);
  if (slots === undefined) groups.set(key, [slot]);
  else slots.push(slot);
}

/** Facing sides: above and below where the boxes leave room for it, else left and right. */
function sides(wire: Wire, a: Box, b: Box): [Side, Side] {
  if (wire.kind === "portGroup") return ["bottom", "top"];
  if (a.y + a.height <= b.y) return ["bottom", "top"];
  if (b.y + b.height <= a.y) return ["top", "bottom"];
  if (a.x + a.width <= b.x) return ["right", "left"];
  if (b.x + b.width <= a.x) return ["left", "right"];
  return ["bottom", "bottom"];
}

function middle(box: Box, side: Side): Anchor {
  if (side === "top" || side === "bottom") return { x: box.x + box.width / 2, y: side === "top" ? box.y : box.y + box.height, side };
  return { x: side === "left" ? box.x : box.x + box.width, y: box.y + box.height / 2, side };
}

function along(box: Box, side: Side): number {
  return side === "top" || side === "bottom" ? box.x + box.width / 2 : box.y + box.height / 2;
}

function spread(placed: Placed, id: string, side: Side, slots: Slot[]): void {
  const box = plugBox(placed, id), kind = placed.draft.get(id)?.kind;
  const upright = side === "top" || side === "bottom";
  const key = (slot: Slot): number => {
    const other = slot.end === "from" ? slot.ends.to : slot.ends.from;
    // The other end was spread before this one if it is a bottom or a right side.
    if (slot.ends.wire.kind === "distributedFirewall" && side === "bottom") return -Infinity;
    return side === "top" || side === "left" ? (upright ? other.x : other.y) : slot.towards;
  };
  const keyed = slots.map((slot, index) => ({ slot, key: key(slot), index })).sort((a, b) => a.key - b.key || a.index - b.index);
  const places = kind === "virtualSwitch" && side === "bottom" ? barPlaces(keyed.map(({ slot }) => slot.ends.wire), box)
    : kind === "virtualSwitch" && side === "top" ? keyed.map(({ slot, key: x }) => (slot.ends.wire.kind === "portGroup" ? x : Math.min(Math.max(x, box.x + 16), box.x + box.width - 16)))
    : evenPlaces(keyed.length, upright ? box.x : box.y, upright ? box.width : box.height, pitch(kind, side));
  keyed.forEach(({ slot }, index) => {
    const place = places[index] ?? 0;
    const anchor = middle(box, side);
    slot.ends[slot.end] = upright ? { ...anchor, x: place } : { ...anchor, y: place };
  });
}

function pitch(kind: string | undefined, side: Side): number {
  if (side === "left" || side === "right") return 20;
  if (kind === "portGroup") return 8;
  if (kind === "firewall" || kind === "router") return 80;
  if (kind === "physicalSwitch") return 32;
  return 16;
}

function evenPlaces(count: number, start: number, length: number, most: number): number[] {
  const step = count < 2 ? 0 : Math.min(most, (length - 32) / (count - 1));
  return Array.from({ length: count }, (_, index) => start + length / 2 + (index - (count - 1) / 2) * step);
}

/** Uplinks share the bar in equal parts; each stands so that it and the label at its right are in the middle of its part. One alone is in the middle. */
function barPlaces(wires: readonly Wire[], bar: Box): number[] {
  if (wires.length === 1) return [bar.x + bar.width / 2];
  const part = (bar.width - 16) / wires.length;
  return wires.map((wire, index) => Math.round(bar.x + 8 + index * part + Math.max(Math.min(16, part / 2), (part - (wire.label === "" ? 0 : labelWidth(wire.label))) / 2)));
}
