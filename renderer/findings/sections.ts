/** Where the groups and rows of the findings list are, so that only those in sight are made. Pure. */
import type { Group, Row } from "../store/findings-list";

/** In pixels, as the style sheet has them. */
export const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 28;
/** Rows beyond the edge that are made too. */
const BEYOND = 8;
/** Lists of up to so many pixels, some three hundred findings, are made whole. */
const WHOLE = 300 * ROW_HEIGHT;

interface View {
  readonly top: number;
  readonly height: number;
}

export interface Section {
  readonly group: Group;
  readonly top: number;
  readonly end: number;
}

/** The groups below one another. */
export function sectionsOf(groups: readonly Group[]): readonly Section[] {
  let top = 0;
  return groups.map((group) => {
    const start = top;
    top += headOf(group) + group.rows.length * ROW_HEIGHT;
    return { group, top: start, end: top };
  });
}

function headOf({ title }: Group): number {
  return title === undefined ? 0 : HEAD_HEIGHT;
}

/** The sections in sight, each with its rows in sight and the index of the first of them; of a list that is not long, all. */
export function sectionsInView(sections: readonly Section[], { top, height }: View): readonly (Section & { readonly first: number; readonly rows: readonly Row[] })[] {
  if ((sections.at(-1)?.end ?? 0) <= WHOLE) return sections.map((section) => ({ ...section, first: 0, rows: section.group.rows }));
  const [from, to] = [top - BEYOND * ROW_HEIGHT, top + height + BEYOND * ROW_HEIGHT];
  return sections.filter((section) => section.end > from && section.top < to).map((section) => {
    const start = section.top + headOf(section.group);
    const first = Math.max(0, Math.floor((from - start) / ROW_HEIGHT));
    const end = Math.max(0, Math.ceil((to - start) / ROW_HEIGHT));
    return { ...section, first, rows: section.group.rows.slice(first, end) };
  });
}

/** Where the row of a finding begins. */
export function topOf(sections: readonly Section[], finding: string): number | undefined {
  for (const { group, top } of sections) {
    const index = group.rows.findIndex((row) => row.finding.id === finding);
    if (index >= 0) return top + headOf(group) + index * ROW_HEIGHT;
  }
  return undefined;
}

/** The nearest scroll offset at which the row is wholly seen, below a group's head that sticks. */
export function scrolledTo(top: number, scrolled: number, height: number): number {
  if (top - HEAD_HEIGHT < scrolled) return Math.max(0, top - HEAD_HEIGHT);
  return Math.max(scrolled, top + ROW_HEIGHT - height);
}
