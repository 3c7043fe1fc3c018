/** What is different in another version of a document: for the app, and for gates before a change. */
import { diffTopologies } from "../model/diff";
import type { Topology } from "../model/topology";
import { FlowChanges } from "../network/flow-changes";
import { acceptanceNotes } from "./acceptance";
import { evaluate, type EvaluateOptions, type Evaluation } from "./evaluate";
import type { Assume, Edit, Finding } from "./result";

export interface Comparison {
  readonly today: string;
  readonly assume: Assume;
  /** JSON Patch from the one to the other; none where nothing is different at all. */
  readonly document: readonly Edit[];
  readonly flows: FlowChanges;
  readonly findings: FindingChanges;
}

/** Each list the most severe first. */
export interface FindingChanges {
  /** Those that were not there. */
  readonly appeared: readonly Finding[];
  /** Those that were accepted and are not any more. */
  readonly reopened: readonly Finding[];
  /** Those that are not there any more, as they were. */
  readonly gone: readonly Finding[];
  /** Those that are accepted now, or of another severity. */
  readonly changed: readonly { readonly before: Finding; readonly after: Finding }[];
  /** What is to be said of the acceptance of those that are there, by id. */
  readonly notes: ReadonlyMap<string, string>;
}

/** Analyses two valid documents on the same day and compares. The same documents and options give the same answer. Findings carry neither paths nor fixes. */
export function compareTopologies(before: Topology, after: Topology, options: EvaluateOptions = {}): Comparison {
  const document = diffTopologies(before, after);
  const old = evaluate(before, options, { paths: false });
  const now = document.length === 0 ? old : evaluate(after, { ...options, today: old.today }, { paths: false });
  return compareEvaluations(old, now, document);
}

/** The same of two documents that were evaluated on one day, with nothing pending; `document` is what `diffTopologies` says of them. */
export function compareEvaluations(old: Evaluation, now: Evaluation, document: readonly Edit[]): Comparison {
  return { today: old.today, assume: old.assume, document, flows: new FlowChanges(old.network, now.network), findings: findingChanges(old, now) };
}

function findingChanges(old: Evaluation, now: Evaluation): FindingChanges {
  const [before, after] = [old, now].map(({ findings }) => new Map(findings.map((finding) => [finding.id, finding]))) as [Map<string, Finding>, Map<string, Finding>];
  const both = now.findings.flatMap((finding) => {
    const known = before.get(finding.id);
    return known === undefined ? [] : [{ before: known, after: finding }];
  });
  const isReopened = (change: (typeof both)[number]): boolean => change.before.accepted && !change.after.accepted;
  return {
    appeared: now.findings.filter(({ id }) => !before.has(id)),
    reopened: both.filter(isReopened).map((change) => change.after),
    gone: old.findings.filter(({ id }) => !after.has(id)),
    changed: both.filter((change) => !isReopened(change) && (change.before.accepted !== change.after.accepted || change.before.severity !== change.after.severity)),
    notes: acceptanceNotes(now.topology, now.today),
  };
}
