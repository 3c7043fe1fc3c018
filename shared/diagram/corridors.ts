/** Finds upright ways for cables between the boxes of a level, so that they run in gutters and not across their neighbours. */
import { union, type Box } from "./geometry";
import type { Placed } from "./placed";

const BIN = 64;
/** A cable keeps this far from a box that it passes. */
const CLEAR = 4;

interface Level {
  readonly boxes: readonly Box[];
  /** Boxes by the 64-px columns that they touch: a query looks at one column only. */
  readonly bins: ReadonlyMap<number, readonly Box[]>;
  readonly lowest: Map<number, number>;
}

export class Corridors {
  private readonly levels = new Map<string, Level>();

  /** Around everything of the outermost level. */
  readonly span: Box;

  constructor(private readonly placed: Placed) {
    this.span = union(this.level("").boxes);
  }

  private level(parent: string): Level {
    const known = this.levels.get(parent);
    if (known !== undefined) return known;
    const boxes: Box[] = [], bins = new Map<number, Box[]>();
    for (const id of this.placed.children.get(parent) ?? []) {
      const box = this.placed.boxes.get(id);
      if (box === undefined) continue;
      boxes.push(box);
      for (let bin = Math.floor((box.x - CLEAR) / BIN); bin <= Math.floor((box.x + box.width + CLEAR) / BIN); bin++) {
        const column = bins.get(bin);
        if (column === undefined) bins.set(bin, [box]);
        else column.push(box);
      }
    }
    const level = { boxes, bins, lowest: new Map<number, number>() };
    this.levels.set(parent, level);
    return level;
  }

  /** The lowest bottom of the children of `parent` that end above `limit`. */
  lowestAbove(parent: string, limit: number): number {
    const level = this.level(parent);
    let lowest = level.lowest.get(limit);
    if (lowest === undefined) {
      lowest = level.boxes.reduce((most, box) => (box.y + box.height <= limit ? Math.max(most, box.y + box.height) : most), -Infinity);
      level.lowest.set(limit, lowest);
    }
    return lowest;
  }

  /** Whether a cable may run straight down at `x` between `top` and `bottom`. */
  free(parent: string, x: number, top: number, bottom: number): boolean {
    const column = this.level(parent).bins.get(Math.floor(x / BIN)) ?? [];
    return !column.some((box) => box.x - CLEAR < x && x < box.x + box.width + CLEAR && box.y < bottom && top < box.y + box.height);
  }
}
