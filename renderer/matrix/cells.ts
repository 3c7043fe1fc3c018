/** The cells of a matrix that has too many to be made at once: those in sight are asked for, tile by tile. Pure but for the asking. */
import type { MatrixPair } from "../../shared/analysis/result";
import { cellKey, type Grain, type Grid, type Row } from "./grid";

/** Rows and columns of a tile. */
const TILE = 24;
/** Asked when scrolling has rested for so many milliseconds. */
const REST_MS = 60;

/** A wait of so many milliseconds is told. */
const FELT_MS = 400;

/** The listed pairs of these rows with these columns. */
export type Fetch = (rows: readonly string[], columns: readonly string[]) => Promise<readonly MatrixPair[]>;

export class Cells {
  private readonly places: ReadonlyMap<string, number>;
  private readonly cells = new Map<string, MatrixPair>();
  private readonly asked = new Set<string>();
  private readonly there = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting = 0;
  private shown: Grid;
  failure: string | undefined;

  constructor(private readonly grain: Grain, private readonly rows: readonly Row[], private readonly fetch: Fetch) {
    this.places = new Map(rows.map(({ id }, index) => [id, Math.floor(index / TILE)]));
    this.shown = this.makeGrid();
  }

  /** What is known so far; another object whenever that is more. */
  readonly grid = (): Grid => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      clearTimeout(this.timer);
    };
  };

  /** These rows and columns are in sight. */
  readonly look = (rows: readonly Row[], columns: readonly Row[]): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const asked = [...this.placesOf(rows)].flatMap((down) => [...this.placesOf(columns)].flatMap((across) => this.ask(down, across)));
      // Shown together: each new grid draws all cells in sight again.
      if (asked.length === 0) return;
      this.waiting += 1;
      setTimeout(() => this.waiting > 0 && this.show(), FELT_MS);
      void Promise.all(asked).then(() => {
        this.waiting -= 1;
        this.show();
      });
    }, REST_MS);
  };

  private placesOf(rows: readonly Row[]): Set<number> {
    return new Set(rows.map(({ id }) => this.places.get(id)).filter((place) => place !== undefined));
  }

  private show(): void {
    this.shown = this.makeGrid();
    for (const listener of this.listeners) listener();
  }

  private ask(down: number, across: number): Promise<void>[] {
    const tile = `${down}:${across}`;
    if (this.asked.has(tile)) return [];
    this.asked.add(tile);
    const ids = (place: number): string[] => this.rows.slice(place * TILE, (place + 1) * TILE).map(({ id }) => id);
    return [this.fetch(ids(down), ids(across)).then(
      (pairs) => {
        for (const pair of pairs) this.cells.set(cellKey(pair.from, pair.to), pair);
        this.there.add(tile);
      },
      (error: unknown) => { this.failure = error instanceof Error ? error.message : String(error); },
    )];
  }

  private makeGrid(): Grid {
    const isKnown = (from: string, to: string): boolean => this.there.has(`${this.places.get(from) ?? -1}:${this.places.get(to) ?? -1}`);
    return { grain: this.grain, rows: this.rows, cells: this.cells, members: () => [], isKnown, isWaiting: this.waiting > 0 };
  }
}
