/** Which cells of a large grid are in sight, and where the keys lead. Pure. */

export interface Cursor {
  readonly row: number;
  readonly column: number;
}

/** Cells beyond the edge that are drawn too, so that a scroll does not show a gap. */
const BEYOND = 4;

/** First and last+1 index of `count` cells, each `size` pixels long, that a view of `extent` pixels scrolled by `offset` shows. */
export function indexesInView(offset: number, extent: number, size: number, count: number): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(count, Math.floor(offset / size)) - BEYOND);
  return { first, end: Math.min(count, Math.ceil((offset + extent) / size) + BEYOND) };
}

/** The scroll offset nearest to `offset` at which cell `index` is wholly seen. */
export function offsetShowing(index: number, offset: number, extent: number, size: number): number {
  if (index * size < offset) return index * size;
  return Math.max(offset, (index + 1) * size - extent);
}

/** Where a key moves the cursor; undefined for a key that does not. `page` is rows per page. */
export function moveCursor(cursor: Cursor, key: string, far: boolean, rows: number, columns: number, page: number): Cursor | undefined {
  const { row, column } = cursor;
  const at = (r: number, c: number): Cursor => ({ row: clamp(r, rows), column: clamp(c, columns) });
  switch (key) {
    case "ArrowUp": return at(row - 1, column);
    case "ArrowDown": return at(row + 1, column);
    case "ArrowLeft": return at(row, column - 1);
    case "ArrowRight": return at(row, column + 1);
    case "PageUp": return at(row - page, column);
    case "PageDown": return at(row + page, column);
    case "Home": return at(far ? 0 : row, 0);
    case "End": return at(far ? rows - 1 : row, columns - 1);
    default: return undefined;
  }
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
