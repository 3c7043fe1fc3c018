/** Labels beside their cables, where they stand free; those without room wait until their cable is looked at. */
import { flatten, overlaps, pointAt, type Box, type Point, type Route } from "./geometry";
import { labelWidth } from "./layout-inside";
import { LABEL_HEIGHT } from "./sizes";
import type { CableKind } from "./elements";

export interface LabelRequest {
  readonly kind: CableKind;
  readonly label: string;
  readonly telling: boolean;
  readonly route: Route;
  /** The top of an upright stretch with room beside it. */
  readonly at?: Point;
}

export interface LabelPlace {
  readonly box: Box;
  readonly shown: "always" | "focus";
}

const ASIDE = 6;
const CELL = 128;

/** One place for each request, in their order: the first come have the first choice. */
export function placeLabels(requests: readonly LabelRequest[]): LabelPlace[] {
  const crowd = new Crowd();
  for (const request of requests) if (request.telling) crowd.addRoute(request.route);
  return requests.map((request) => {
    const width = labelWidth(request.label);
    const candidates = places(request, width);
    const free = request.telling && request.label !== "" ? candidates.find((box) => crowd.isFree(box, request.route)) : undefined;
    const box = free ?? candidates[0] ?? { x: 0, y: 0, width, height: LABEL_HEIGHT };
    if (free === undefined) return { box, shown: "focus" };
    crowd.addBox(box);
    return { box, shown: "always" };
  });
}

function places(request: LabelRequest, width: number): Box[] {
  const box = (x: number, y: number): Box => ({ x: Math.round(x), y: Math.round(y), width, height: LABEL_HEIGHT });
  if (request.at !== undefined) {
    const { x, y } = request.at;
    return [box(x + ASIDE, y + 8), box(x - ASIDE - width, y + 8), box(x + ASIDE, y + 26), box(x - ASIDE - width, y + 26)];
  }
  if (!request.telling) {
    const { x, y } = middleOf(request.route);
    return [box(x + ASIDE, y - LABEL_HEIGHT / 2)];
  }
  // On a level stretch the label sits on its line; elsewhere beside it.
  const middle = pointAt(request.route, 0.5), level = request.kind === "trunk" && isLevel(request.route);
  if (level) return [box(middle.x - width / 2, middle.y - LABEL_HEIGHT / 2)];
  return [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((share) => {
    const { x, y } = pointAt(request.route, share);
    return [box(x + ASIDE, y - LABEL_HEIGHT / 2), box(x - ASIDE - width, y - LABEL_HEIGHT / 2)];
  });
}

/** The middle of the last curve: near enough for labels that are shown one at a time, and cheap. */
function middleOf(route: Route): Point {
  const a = route.at(-4), b = route.at(-1);
  return a === undefined || b === undefined ? { x: 0, y: 0 } : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function isLevel(route: Route): boolean {
  const first = route[0], last = route.at(-1), between = route[1];
  return first !== undefined && last !== undefined && between !== undefined && Math.abs(first.y - last.y) < 1 && Math.abs(between.y - first.y) < 1;
}

/** Boxes and routes by cell, so that each question looks at its surroundings only. */
class Crowd {
  private readonly boxes = new Map<string, Box[]>();
  private readonly chords = new Map<string, { readonly route: Route; readonly box: Box }[]>();

  addBox(box: Box): void {
    for (const key of cells(box)) add(this.boxes, key, box);
  }

  addRoute(route: Route): void {
    const points = flatten(route);
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1], b = points[i];
      if (a === undefined || b === undefined) continue;
      // Long chords in pieces: the box around a long slanted one would cover cells that it does not touch.
      const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) / CELL)), dx = (b.x - a.x) / pieces, dy = (b.y - a.y) / pieces;
      for (let piece = 0; piece < pieces; piece++) {
        const x = a.x + piece * dx, y = a.y + piece * dy;
        const box = { x: Math.min(x, x + dx) - 1, y: Math.min(y, y + dy) - 1, width: Math.abs(dx) + 2, height: Math.abs(dy) + 2 };
        for (const key of cells(box)) add(this.chords, key, { route, box });
      }
    }
  }

  isFree(box: Box, own: Route): boolean {
    for (const key of cells(box)) {
      if (this.boxes.get(key)?.some((other) => overlaps(box, other)) === true) return false;
      if (this.chords.get(key)?.some((chord) => chord.route !== own && overlaps(box, chord.box)) === true) return false;
    }
    return true;
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function* cells(box: Box): Generator<string> {
  for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.width) / CELL); x++) {
    for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.height) / CELL); y++) yield `${x} ${y}`;
  }
}
