import { applyEdits } from "../../shared/model/edit";
import { policySchema } from "../../shared/model/policy";
import { formatProblem } from "../../shared/model/problem";
import { collectionSchemas, record, type CollectionName, type Topology } from "../../shared/model/topology";
import { validateTopology } from "../../shared/model/validate/validate";
import { isCheckedLater, type Change } from "../store/document";

/**
 * Why a change may not be made, in words for the field it was typed into; undefined where the document stays valid. Problems that the
 * document had before do not count. Of a large document only the records themselves are looked at, because the rest would be felt at each key:
 * that is checked after the step, which is taken back where it was wrong.
 */
export function refusal(topology: Topology, change: Change, collection: CollectionName | "policy", ids: readonly string[]): string | undefined {
  if (change.edits.length === 0) return undefined;
  const next = applyEdits(topology, change.edits);
  const issues = collection === "policy" ? policySchema.safeParse(next.policy).error?.issues
    : ids.flatMap((id) => collectionSchemas[collection].safeParse(record(next, collection, id)).error?.issues ?? []);
  const issue = issues?.[0];
  if (issue !== undefined) return issue.code === "custom" ? sentence("that does not fit", issue.message) : sentence(issue.message, "");
  const problems = isCheckedLater(next) ? [] : validateTopology(next);
  if (problems.length === 0) return undefined;
  const before = new Set(validateTopology(topology).map(formatProblem));
  const problem = problems.find((candidate) => !before.has(formatProblem(candidate)));
  return problem === undefined ? undefined : sentence(problem.message, problem.expected);
}

/** `not a MAC address; six octets such as …` as a sentence under a field. */
export function sentence(message: string, expected: string): string {
  const text = expected === "" ? message : `${message}: use ${expected}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
