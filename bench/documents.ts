/** Generated documents as text, made when first asked for. */
import { formatTopology } from "../shared/model/canonical";
import type { Topology } from "../shared/model/topology";
import { generate, type Settings } from "./generate";

const texts = new Map<string, string>();

/** The canonical text of a generated document. */
export function textOf(settings: Settings): string {
  const key = JSON.stringify(settings);
  let text = texts.get(key);
  if (text === undefined) texts.set(key, (text = formatTopology(generate(settings))));
  return text;
}

/** A generated document, parsed anew at each call. Generated documents are valid (`generate.test.ts`), so nothing is checked. */
export function parse(text: string): Topology {
  return JSON.parse(text) as Topology;
}
