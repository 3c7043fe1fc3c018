/** Every segmentation template. */
import type { Evaluation } from "../../analysis/evaluate";
import { Board } from "../../rules/remedy/board";
import type { FixCandidate } from "../../rules/rule";
import { managementPlane } from "./management-plane";
import { pciZone } from "./pci-zone";
import type { Parameter, SegmentationTemplate, Values } from "./template";
import { tenantIsolation } from "./tenant-isolation";
import { threeTier } from "./three-tier";
import { valuesFor } from "./values";

export const TEMPLATES: readonly SegmentationTemplate[] = [tenantIsolation, threeTier, pciZone, managementPlane];

export type Applied = { readonly ok: true; readonly candidate: FixCandidate } | { readonly ok: false; readonly problems: readonly string[] };

/** The change that a template makes, not yet proven; without edits where the document is as it says already. */
export function applyTemplate(template: SegmentationTemplate, before: Evaluation, given: Values = {}): Applied {
  const result = valuesFor(template, before, given);
  if (!result.ok) return result;
  const board = new Board(before.topology);
  const problem = template.build({ before, board, values: result.values });
  return problem === undefined ? { ok: true, candidate: { title: template.title, edits: board.edits() } } : { ok: false, problems: [problem] };
}

export interface ListedTemplate extends Pick<SegmentationTemplate, "id" | "title" | "what"> {
  /** With the values that it takes where none is given; without a document there are none. */
  readonly parameters: readonly (Parameter & { readonly value?: readonly string[] })[];
}

/** The templates for a list, with what a document suggests. */
export function templateList(evaluation: Evaluation | undefined): ListedTemplate[] {
  return TEMPLATES.map((template) => {
    const suggested = evaluation === undefined ? undefined : template.suggest(evaluation, {});
    return {
      id: template.id, title: template.title, what: template.what,
      parameters: template.parameters.map(({ name, kind, what }) => ({ name, kind, what, ...(suggested === undefined ? {} : { value: suggested[name] ?? [] }) })),
    };
  });
}
