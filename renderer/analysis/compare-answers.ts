/** What the worker answers about another version of the document. Pure. */
import { compareEvaluations } from "../../shared/analysis/compare";
import { completed, evaluate, type Evaluation } from "../../shared/analysis/evaluate";
import { recordDifferences } from "../../shared/analysis/record-differences";
import { diffTopologies } from "../../shared/model/diff";
import { COLLECTIONS, type Topology } from "../../shared/model/topology";
import type { FlowChange, FlowChanges, Outcome } from "../../shared/network/flow-changes";
import { answerTrace } from "./answers";
import type { Asks, ComparisonAnswer } from "./protocol";

/** So many of each kind are listed; all are counted. */
const MOST_LISTED = 1000;
/** The worst first. */
const OUTCOMES: readonly Outcome[] = ["violating", "unknown", "permitted", "isolated", "gone"];

/** The other version, analysed once for all comparisons with it. */
export class Baseline {
  private known: Evaluation | undefined;

  private readonly topology: Topology;

  constructor(readonly key: string, topology: Topology) {
    this.topology = ownCollections(topology);
  }

  /** On the day, with every rule: those of one's own are the same for both versions. In pieces. */
  *evaluated({ today, customRules }: Pick<Evaluation, "today" | "customRules">): Generator<undefined, Evaluation, undefined> {
    const isSame = this.known?.today === today && sameItems(this.known.customRules, customRules);
    if (this.known === undefined || !isSame) this.known = yield* completed(evaluate(this.topology, { today, customRules }, { paths: false, without: "later" }));
    return this.known;
  }

  trace(question: Pick<Asks["baselineTrace"]["arguments"], "from" | "to">): Asks["baselineTrace"]["answer"] {
    return this.known === undefined ? undefined : answerTrace(this.known, { ...question, services: undefined, assume: this.known.assume });
  }
}

/** What is different now. In pieces, of which the last compares: no network may go on meanwhile. */
export function* comparisonSteps(baseline: Baseline, current: Evaluation): Generator<undefined, ComparisonAnswer, undefined> {
  const now = current.pending.length === 0 ? current : yield* completed(current);
  const old = yield* baseline.evaluated(now);
  yield;
  const edits = diffTopologies(old.topology, now.topology);
  const { flows, findings } = edits.length === 0 ? compareEvaluations(now, now, edits) : compareEvaluations(old, now, edits);
  const records = recordDifferences(old.topology, now.topology, edits);
  const { appeared, reopened, changed, gone } = findings;
  return {
    flows: { counts: flows.counts, listed: listedFlows(flows) },
    findings: {
      counts: { came: appeared.length, reopened: reopened.length, changed: changed.length, went: gone.length },
      listed: [
        ...appeared.slice(0, MOST_LISTED).map((finding) => ({ sign: "+" as const, finding, was: "" })),
        ...reopened.slice(0, MOST_LISTED).map((finding) => ({ sign: "+" as const, finding, was: "accepted" })),
        ...changed.slice(0, MOST_LISTED).map(({ before, after }) => ({ sign: "~" as const, finding: after, was: before.accepted === after.accepted ? before.severity : before.accepted ? "accepted" : "not accepted" })),
        ...gone.slice(0, MOST_LISTED).map((finding) => ({ sign: "-" as const, finding, was: finding.accepted ? "accepted" : "" })),
      ],
    },
    records: { count: records.length, listed: records.slice(0, MOST_LISTED) },
    marks: records.flatMap(({ sign, collection, id }) => (sign === "-" || collection === "document" ? [] : [[id, sign] as const])),
  };
}

/** A network that follows edits changes the collections of its document in place; what they hold stays as it is. */
function ownCollections(topology: Topology): Topology {
  const own: Record<string, unknown> = { ...topology };
  for (const collection of COLLECTIONS) if (topology[collection] !== undefined) own[collection] = { ...topology[collection] };
  return own as unknown as Topology;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function listedFlows(flows: FlowChanges): FlowChange[] {
  return OUTCOMES.flatMap((outcome) => (flows.counts.outcomes[outcome] === 0 ? [] : first(flows.ending(outcome))));
}

function first<Item>(items: Iterable<Item>): Item[] {
  const found: Item[] = [];
  for (const item of items) if (found.push(item) === MOST_LISTED) break;
  return found;
}
