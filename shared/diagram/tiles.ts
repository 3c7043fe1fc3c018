/** Cuts a large diagram into tiles that fill a page each, at a size that can be read. */
import type { Box } from "./geometry";
import type { Primitive } from "./primitives";

/** Below this an overview's words are too small for print (12 px become 5 points). */
const READABLE = 0.42;
const TILE_SCALE = 0.6;
const MOST_TILES = 60;
/** Neighbouring tiles repeat this many pixels. */
const OVERLAP = 32;

export interface Tile {
  /** `A1`: column letter and row. */
  readonly name: string;
  /** The part of the scene, in its own coordinates. */
  readonly box: Box;
}

export interface TileGrid {
  readonly tiles: readonly Tile[];
  readonly scale: number;
  /** The tiles' outlines and names over an overview whose top left corner is at `at`. */
  marks(at: { readonly x: number; readonly y: number }, overviewScale: number): Primitive[];
}

/** No tiles where the overview can be read; none for parts where nothing is. */
export function tileGrid(bounds: Box, overviewScale: number, page: { readonly width: number; readonly height: number }, filled: (box: Box) => boolean): TileGrid {
  if (overviewScale >= READABLE) return { tiles: [], scale: 1, marks: () => [] };
  let scale = TILE_SCALE;
  const count = (length: number, room: number): number => Math.max(1, Math.ceil((length - OVERLAP) / (room / scale - OVERLAP)));
  while (count(bounds.width, page.width) * count(bounds.height, page.height) > MOST_TILES) scale *= 0.9;
  const columns = count(bounds.width, page.width), rows = count(bounds.height, page.height);
  const width = page.width / scale, height = page.height / scale;
  const tiles = Array.from({ length: columns * rows }, (_, index): Tile => {
    const column = index % columns, row = Math.floor(index / columns);
    return { name: `${letters(column)}${row + 1}`, box: { x: bounds.x + column * (width - OVERLAP), y: bounds.y + row * (height - OVERLAP), width, height } };
  }).filter((tile) => filled(tile.box));
  return { tiles, scale, marks: (at, small) => (tiles.length < 2 ? [] : tiles.flatMap((tile) => mark(tile, bounds, at, small))) };
}

function mark(tile: Tile, bounds: Box, at: { readonly x: number; readonly y: number }, scale: number): Primitive[] {
  const x = at.x + (tile.box.x - bounds.x) * scale, y = at.y + (tile.box.y - bounds.y) * scale;
  const width = Math.min(tile.box.width, bounds.x + bounds.width - tile.box.x) * scale, height = Math.min(tile.box.height, bounds.y + bounds.height - tile.box.y) * scale;
  return [
    { type: "rect", x, y, width, height, stroke: "faint", strokeWidth: 0.5, dash: [1, 3] },
    { type: "text", x: x + width - 4, y: y + 10, text: tile.name, size: 8, weight: 600, fill: "muted", anchor: "end" },
  ];
}

/** A, B, … Z, AA, AB … */
function letters(index: number): string {
  return (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
}
