/** A comparison as lines for people, the worst first, each kind of them up to a number that a person reads. */
import type { Comparison, FindingChanges } from "../analysis/compare";
import type { Edit, Finding, MatrixPair, Severity } from "../analysis/result";
import { jsonPath, parsePointer } from "../model/path";
import { childShape, TOPOLOGY_SHAPE } from "../model/shape";
import type { FlowChange, FlowCounts, Outcome } from "../network/flow-changes";

/** `+` appeared, `-` went, `~` is another. */
export interface ChangeLine {
  readonly sign: "+" | "-" | "~";
  readonly what: string;
  /** Of a finding its title; of others what is there now, empty where nothing is. */
  readonly now: string;
  /** Empty where there was nothing, or where nothing is to be said of it. */
  readonly was: string;
  /** Of findings. */
  readonly severity?: Severity;
  /** It should give the reader pause. */
  readonly bad: boolean;
}

export interface ChangeSection {
  readonly title: "Document" | "Flows" | "Findings";
  /** `2 new, 1 changed, 12 gone`. */
  readonly head: string;
  readonly lines: readonly ChangeLine[];
  /** How many more there are. */
  readonly more: number;
}

const MOST_LINES = 50;
/** In the order in which they are listed. */
const OUTCOMES: readonly Outcome[] = ["violating", "unknown", "permitted", "isolated", "gone"];

/** Flows, findings, document; of each kind of lines so many at most. */
export function comparisonSections({ document, flows, findings }: Comparison, most = MOST_LINES): ChangeSection[] {
  const counts = flows.counts;
  const flowLines = OUTCOMES.flatMap((outcome) => (counts.outcomes[outcome] === 0 ? [] : first(flows.ending(outcome), most).map(flowLine)));
  const total = Object.values(counts.outcomes).reduce((sum, count) => sum + count);
  const found = findingLines(findings, most);
  return [
    { title: "Flows", head: flowHead(counts, total), lines: flowLines, more: total - flowLines.length },
    { title: "Findings", head: findingHead(findings), lines: found.lines, more: found.more },
    { title: "Document", head: counted([[document.length, document.length === 1 ? "change" : "changes"]]), lines: document.slice(0, most).map(editLine), more: Math.max(0, document.length - most) },
  ];
}

function first<Item>(items: Iterable<Item>, most: number): Item[] {
  const found: Item[] = [];
  if (most === 0) return found;
  for (const item of items) if (found.push(item) === most) break;
  return found;
}

function counted(counts: readonly (readonly [number, string])[]): string {
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return words.length === 0 ? "no difference" : words.join(", ");
}

function flowHead({ outcomes, changed }: FlowCounts, total: number): string {
  const now = OUTCOMES.filter((outcome) => outcome !== "gone" && outcomes[outcome] > 0).map((outcome) => `${outcomes[outcome]} ${outcome}`);
  return counted([[total - outcomes.gone - changed, "new"], [changed, "changed"], [outcomes.gone, "gone"]]) + (now.length === 0 ? "" : `; of the new and changed ${now.join(", ")}`);
}

function findingHead({ appeared, reopened, changed, gone }: FindingChanges): string {
  return counted([[appeared.length, "new"], [reopened.length, "reopened"], [changed.length, "changed"], [gone.length, "gone"]]);
}

function editLine(edit: Edit): ChangeLine {
  const now = "value" in edit ? JSON.stringify(edit.value) : "";
  return { sign: edit.op === "add" ? "+" : edit.op === "remove" ? "-" : "~", what: placeOf(edit.path), now: now.length > LONGEST_VALUE ? `${now.slice(0, LONGEST_VALUE)}…` : now, was: "", bad: false };
}

const LONGEST_VALUE = 100;

/** A JSON Pointer as messages write places: a pointer itself does not tell indices from ids. */
function placeOf(path: string): string {
  let shape = TOPOLOGY_SHAPE;
  return jsonPath(...(parsePointer(path) ?? []).map((key) => {
    const segment = shape.kind === "array" ? Number(key) : key;
    shape = childShape(shape, key);
    return segment;
  }));
}

function flowLine({ from, to, before, after }: FlowChange): ChangeLine {
  return {
    sign: before === undefined ? "+" : after === undefined ? "-" : "~", what: `${from} → ${to}`,
    now: after === undefined ? "" : pairWords(after), was: before === undefined ? "" : pairWords(before), bad: after?.verdict === "violating" || after?.verdict === "unknown",
  };
}

/** `violating tcp/443; one way udp/53; layer 3`. */
export function pairWords({ layer, frames, services, oneWay, verdict, missing, forged }: MatrixPair): string {
  const parts = [
    [verdict, ...services].join(" "), ...(oneWay.length === 0 ? [] : [`one way ${oneWay.join(" ")}`]), `layer ${layer}`,
    ...(frames === undefined ? [] : [frames === "both" ? "frames both ways" : "frames one way"]), ...(forged === true ? ["with an address taken over"] : []),
    ...(missing === undefined || missing.length === 0 ? [] : [`missing ${missing.join(" ")}`]),
  ];
  return parts.join("; ");
}

function findingLines({ appeared, reopened, changed, gone, notes }: FindingChanges, most: number): { lines: ChangeLine[]; more: number } {
  const line = (sign: ChangeLine["sign"], finding: Finding, now: string, was: string, bad: boolean): ChangeLine => ({ sign, what: finding.id, now, was, severity: finding.severity, bad });
  const groups: readonly (readonly ChangeLine[])[] = [
    appeared.map((finding) => line("+", finding, withNote(finding, notes), "", !finding.accepted)),
    reopened.map((finding) => line("+", finding, notes.has(finding.id) ? withNote(finding, notes) : `${finding.title}. No longer accepted`, "accepted", true)),
    changed.map(({ before, after }) => line("~", after, after.accepted ? withNote(after, notes) : after.title, before.accepted === after.accepted ? before.severity : "open", false)),
    gone.map((finding) => line("-", finding, finding.title, finding.accepted ? "accepted" : "", false)),
  ];
  const lines = groups.flatMap((group) => group.slice(0, most));
  return { lines, more: groups.reduce((sum, group) => sum + group.length, 0) - lines.length };
}

function withNote({ id, title }: Finding, notes: ReadonlyMap<string, string>): string {
  const note = notes.get(id);
  return note === undefined ? title : `${title}. ${note}`;
}
