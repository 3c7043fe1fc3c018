/** Where the columns of the grid stand. Pure. */
import type { Column } from "./columns";
import { FINDINGS } from "./useShownRows";

export interface GridColumn {
  readonly key: string;
  readonly title: string;
  /** Absent: what the findings say. */
  readonly column: Column | undefined;
  readonly left: number;
  readonly width: number;
}

const FINDINGS_WIDTH = 76;

/** The name first, then what the findings say, then the others. */
export function gridColumns(kind: string, columns: readonly Column[], widths: Readonly<Record<string, number>>): readonly GridColumn[] {
  const [first, ...rest] = columns;
  let left = 0;
  const at = (key: string, title: string, column: Column | undefined, own: number): GridColumn => {
    const width = widths[`${kind} ${key}`] ?? own;
    const place = { key, title, column, left, width };
    left += width;
    return place;
  };
  const name = first === undefined ? [] : [at(first.key, first.title, first, Math.max(176, first.width))];
  return [...name, at(FINDINGS, "Findings", undefined, FINDINGS_WIDTH), ...rest.map((column) => at(column.key, column.field.unit === undefined ? column.title : `${column.title} · ${column.field.unit}`, column, column.width))];
}

/** The columns that a view scrolled by `offset` shows; the first always stands at the left. */
export function columnsInView(columns: readonly GridColumn[], offset: number, extent: number): readonly GridColumn[] {
  return columns.filter(({ left, width }, index) => index === 0 || (left + width > offset && left < offset + extent));
}
