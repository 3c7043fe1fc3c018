import type { ListedTemplate } from "../segmentation/templates/index";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";

/** The segmentation templates for a person at a terminal. */
export function templatesText(templates: readonly ListedTemplate[], paint: Paint = noPaint): string {
  return `${templates.map((template) => templateLines(template, paint).join("\n")).join("\n\n")}\n`;
}

function templateLines({ id, title, what, parameters }: ListedTemplate, paint: Paint): string[] {
  const longest = Math.max(...parameters.map(({ name }) => name.length));
  return [
    `${paint.bold(id)}  ${title}`, `  ${what}`,
    ...parameters.map(({ name, what: meaning, value }) => `    ${name.padEnd(longest)}  ${meaning}${value === undefined ? "" : paint.dim(` [${value.length === 0 ? "none" : plain(value.join(","))}]`)}`),
  ];
}
