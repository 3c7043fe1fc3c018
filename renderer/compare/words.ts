/** What is different, in words. Pure. */
import type { MatrixPair } from "../../shared/analysis/result";
import type { RecordDifference, Sign } from "../../shared/analysis/record-differences";
import { ownerOf } from "../../shared/model/ids";
import type { FlowChange } from "../../shared/network/flow-changes";
import { pairWords } from "../../shared/reports/comparison-lines";
import { KINDS } from "../actions/kinds";
import type { ComparisonAnswer, FindingDifference } from "../analysis/protocol";

export type Part = "flows" | "findings" | "records";

/** One of what came, went or is another. */
export type Difference =
  | { readonly part: "flows"; readonly key: string; readonly sign: Sign; readonly change: FlowChange }
  | { readonly part: "findings"; readonly key: string; readonly sign: Sign; readonly change: FindingDifference }
  | { readonly part: "records"; readonly key: string; readonly sign: Sign; readonly change: RecordDifference };

/** As signs are said. */
export const SIGN_WORDS: Readonly<Record<Sign, string>> = { "+": "new", "-": "gone", "~": "changed" };
/** As signs are drawn: a minus as wide as the plus. */
export const SIGN_GLYPHS: Readonly<Record<Sign, string>> = { "+": "+", "-": "−", "~": "~" };

export function differencesOf({ flows, findings, records }: ComparisonAnswer, part: Part): Difference[] {
  switch (part) {
    case "flows": return flows.listed.map((change) => ({ part, key: `${change.from} ${change.to}`, sign: change.before === undefined ? "+" : change.after === undefined ? "-" : "~", change }));
    case "findings": return findings.listed.map((change) => ({ part, key: `${change.sign}${change.finding.id}`, sign: change.sign, change }));
    case "records": return records.listed.map((change) => ({ part, key: `${change.collection}/${change.id}`, sign: change.sign, change }));
  }
}

/** How many there are of each, listed or not. */
export function countsOf({ flows, findings, records }: ComparisonAnswer): Readonly<Record<Part, number>> {
  return { flows: total(flows.counts.outcomes), findings: total(findings.counts), records: records.count };
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** "2 flows came, 1 changed, 3 went"; undefined where none is different. */
export function flowsWords({ flows: { counts } }: ComparisonAnswer): string | undefined {
  const went = counts.outcomes.gone;
  return counted("flow", [[total(counts.outcomes) - counts.changed - went, "came"], [counts.changed, "changed"], [went, "went"]]);
}

export function findingsWords({ findings: { counts } }: ComparisonAnswer): string | undefined {
  return counted("finding", [[counts.came, "came"], [counts.reopened, "reopened"], [counts.changed, "changed"], [counts.went, "went"]]);
}

export function recordsWords({ records: { count } }: ComparisonAnswer): string | undefined {
  return count === 0 ? undefined : `${count.toLocaleString("en")} ${count === 1 ? "change" : "changes"} of the document`;
}

function counted(noun: string, counts: readonly (readonly [number, string])[]): string | undefined {
  const some = counts.filter(([count]) => count > 0);
  return some.length === 0 ? undefined : some.map(([count, word], index) => `${count.toLocaleString("en")} ${index > 0 ? "" : `${noun}${count === 1 ? "" : "s"} `}${word}`).join(", ");
}

/** How many of new and changed flows are violations or may be. */
export function badFlows({ flows: { counts } }: ComparisonAnswer): number {
  return counts.outcomes.violating + counts.outcomes.unknown;
}

export interface Row {
  readonly title: string;
  readonly detail: string;
}

/** @param name the name that people know a thing by */
export function rowOf(difference: Difference, name: (id: string) => string): Row {
  switch (difference.part) {
    case "flows": return { title: `${name(difference.change.from)} → ${name(difference.change.to)}`, detail: nowAndThen(words(difference.change.after), words(difference.change.before)) };
    case "findings": return { title: difference.change.finding.title, detail: findingDetail(difference.change) };
    case "records": return { title: recordTitle(difference.change), detail: recordDetail(difference.change) };
  }
}

function words(pair: MatrixPair | undefined): string {
  return pair === undefined ? "" : pairWords(pair);
}

function nowAndThen(now: string, was: string): string {
  return now === "" ? `was ${was}` : was === "" ? now : `${now} (was ${was})`;
}

function findingDetail({ finding, was }: FindingDifference): string {
  return `${finding.id}${finding.accepted ? " · accepted" : ""}${was === "" ? "" : ` · was ${was}`}`;
}

const FIELD_WORDS: Readonly<Record<string, string>> = { name: "Name of the document", description: "Description of the document", policy: "Policy" };

function recordTitle({ collection, id, name }: RecordDifference): string {
  return collection === "document" ? FIELD_WORDS[id] ?? id : `${KINDS[collection].title} ${name}`;
}

/** What it names of a thing: "vlan: {…} → {…}"; of several the fields alone. */
function recordDetail({ sign, id, fields }: RecordDifference): string {
  if (sign !== "~") return id;
  const [only, ...more] = fields;
  return only === undefined ? id : more.length === 0 ? fieldWords(only) : fields.map(({ field }) => field).join(", ");
}

/** "vlan / id: 10 → 20"; a value that is not there is "not set". */
export function fieldWords({ field, before, after }: RecordDifference["fields"][number]): string {
  return `${field === "" ? "" : `${field}: `}${before === "" ? "not set" : before} → ${after === "" ? "not set" : after}`;
}

/** Of the places of a path that was, the things that are not there any more, each once; `a-web/eth0` is there with its VM. */
export function missingOf(places: readonly string[], isThere: (id: string) => boolean): string[] {
  return [...new Set(places.map(ownerOf))].filter((id) => !isThere(id));
}
