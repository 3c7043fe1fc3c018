/** What a segmentation template is: parameters that the document suggests values for, and one short builder. One file per template, its test beside it, one line in `index.ts`. */
import type { Evaluation } from "../../analysis/evaluate";
import type { Board } from "../../rules/remedy/board";

export interface Parameter {
  readonly name: string;
  readonly what: string;
  /** `vms` takes VM ids and selectors; `switch` is yes or no. */
  readonly kind: "tenants" | "vms" | "selectors" | "vlans" | "services" | "name" | "switch";
}

/** By parameter: ids, selectors, numbers and names as text; empty where there are none. */
export type Values = Readonly<Record<string, readonly string[]>>;

export interface SegmentationTemplate {
  readonly id: string;
  readonly title: string;
  /** What it does to the document, in a sentence or two. */
  readonly what: string;
  readonly parameters: readonly Parameter[];
  /** What the document suggests, beside what is given; a parameter that is left out has none. */
  readonly suggest: (evaluation: Evaluation, given: Values) => Values;
  /** Changes the board, which begins as the document. In words why it cannot be done. */
  readonly build: (site: TemplateSite) => string | undefined;
}

export interface TemplateSite {
  readonly before: Evaluation;
  readonly board: Board;
  readonly values: Values;
}

/** Every template that writes rules has it. */
export const DISTRIBUTED: Parameter = { name: "distributed", kind: "switch", what: "also a new distributed firewall, where none covers these VMs" };

export function isOn(values: Values, name: string): boolean {
  return values[name]?.[0] === "yes";
}
