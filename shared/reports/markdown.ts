import { plain } from "./plain";

/** Text from a document as Markdown text: nothing in it is read as markup or as HTML. */
export function markdownText(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>#|~]/g, (character) => `\\${character}`);
}

/** A table of already escaped cells. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
