/** From the text or bytes of a `*.rules.json` to rules, or to everything that is wrong with it. */
import { decodeText } from "../../model/json-text";
import type { PathSegment } from "../../model/path";
import { jsonPath } from "../../model/path";
import { problem, type Problem } from "../../model/problem";
import { readObject } from "../../model/read-object";
import { schemaProblems, type Outline } from "../../model/schema-problems";
import { parseSelector } from "../../model/selector";
import type { Topology } from "../../model/topology";
import { SelectorCheck } from "../../model/validate/selectors";
import { eachCondition, fieldProblems, isCollectionFitting } from "./check-fields";
import { collectionsOf, isKind, PARTY_COLLECTIONS, PARTY_KINDS } from "./elements";
import { CONDITION_KEYS, RULE_KEYS, RULES_FILE_KEYS, RULES_FORMAT, rulesFileSchema, type CustomRule } from "./schema";

export type ReadRules = { readonly ok: true; readonly rules: readonly CustomRule[] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Never throws on bad input, whatever it is. */
export function parseRules(input: string | Uint8Array): ReadRules {
  const decoded = decodeText(input);
  if (!decoded.ok) return { ok: false, problems: [decoded.problem] };
  const { value, problems } = readObject(decoded.text);
  if (value === undefined) return { ok: false, problems };
  if (value["format"] !== RULES_FORMAT) return { ok: false, problems: [...problems, problem("$.format", value["format"] === undefined ? "missing" : "not a file of rules", RULES_FORMAT, value["format"])] };
  const parsed = rulesFileSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: [...problems, ...schemaProblems(value, parsed.error.issues, OUTLINE)] };
  const found = [...problems, ...parsed.data.rules.flatMap((rule, index) => [...repeated(parsed.data.rules, index), ...misfits(rule, ["rules", index])])];
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, rules: parsed.data.rules };
}

const OUTLINE: Outline = {
  keysAt: (path) => (path.length === 0 ? RULES_FILE_KEYS : path.length === 2 ? RULE_KEYS : CONDITION_KEYS),
  referenceAt: () => undefined,
};

function repeated(rules: readonly CustomRule[], index: number): Problem[] {
  const id = rules[index]?.id;
  return rules.slice(0, index).some((rule) => rule.id === id) ? [problem(jsonPath("rules", index, "id"), "an id that another rule has", "each id once", id)] : [];
}

/** What the schema cannot say: fields that the elements have, values that they may have, reach of what is in the network. */
function misfits(rule: CustomRule, at: readonly PathSegment[]): Problem[] {
  const collections = collectionsOf(rule.select);
  const problems = [...eachCondition(rule.when, [...at, "when"])].flatMap(([condition, path]) => {
    const asksReach = condition.reaches !== undefined || condition.reachedBy !== undefined;
    if (asksReach && !collections.some((collection) => PARTY_COLLECTIONS.includes(collection))) {
      return [problem(jsonPath(...path), `reach of ${rule.select.join(", ")}`, `elements that are in the network: ${PARTY_KINDS.join(", ")}, or a selector`)];
    }
    return fieldProblems(condition, collections, path);
  });
  if (problems.length > 0 || collections.some((collection) => isCollectionFitting(collection, rule.when))) return problems;
  return [problem(jsonPath(...at, "when"), "no kind of element has all of these fields", "fields of one kind, or two rules")];
}

/** Ids in the selectors of a rule that the document does not have: a rule about nobody would never fire. Tags that nothing carries are none. */
export function unknownNames(rules: readonly CustomRule[], topology: Topology): Problem[] {
  const check = new SelectorCheck(topology);
  return rules.flatMap((rule, index) => {
    const lists: [readonly string[], readonly PathSegment[]][] = [[rule.select, ["rules", index, "select"]]];
    for (const [{ reaches = [], reachedBy = [] }, path] of eachCondition(rule.when, ["rules", index, "when"])) lists.push([reaches, [...path, "reaches"]], [reachedBy, [...path, "reachedBy"]]);
    return lists.flatMap(([selectors, path]) => selectors.flatMap((text, place) => {
      const fault = isKind(text) || parseSelector(text)?.kind === "tag" ? undefined : check.fault(text);
      return fault === undefined ? [] : [problem(jsonPath(...path, place), fault.message, fault.expected, text)];
    }));
  });
}
