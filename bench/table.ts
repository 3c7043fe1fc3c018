/** The figures as a table in Markdown, and its place in the documentation. */
import { FIGURES, meets, type Figure } from "./figures";

const END = "<!-- end of figures -->";

/** A row for each figure that was measured, in the order of `FIGURES`. */
export function figureTable(results: Readonly<Record<string, number>>, figures: readonly Figure[] = FIGURES): string {
  const rows = figures.flatMap((figure) => {
    const value = results[figure.key];
    return value === undefined ? [] : [`| ${figure.what} | \`${figure.key}\` | ${formatFigure(value)} ${figure.unit} | ${goalOf(figure)} | ${outcome(meets(figure, value))} |`];
  });
  return ["| figure | key | measured | goal | |", "|---|---|---|---|---|", ...rows, ""].join("\n");
}

/** Three digits that count; whole numbers from 100. */
export function formatFigure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}

function goalOf({ goal, unit }: Figure): string {
  if (goal === undefined) return "";
  return "atMost" in goal ? `≤ ${formatFigure(goal.atMost)} ${unit}` : `≥ ${formatFigure(goal.atLeast)} ${unit}`;
}

function outcome(met: boolean | undefined): string {
  if (met === undefined) return "";
  return met ? "met" : "**missed**";
}

/** The document with the text between the markers of a command replaced. Throws if it has none. */
export function replaceFigures(document: string, figures: string, command = "npm run bench"): string {
  const opening = `<!-- figures: written by \`${command}\` -->`;
  const start = document.indexOf(opening), end = document.indexOf(END, start);
  if (start < 0 || end < start) throw new Error("the document has no place for figures");
  return `${document.slice(0, start + opening.length)}\n\n${figures.trim()}\n\n${document.slice(end)}`;
}
