/**
 * The analysis worker: it holds a copy of the document, follows it by edits and answers questions about it. Changes that arrive
 * while an analysis runs are gathered, and only the newest state is analysed. What takes long (the hygiene of long lists of rules) is found
 * in slices after the first answer, which is then sent again, complete; a change ends it.
 */
import { completed, evaluate, type Evaluation } from "../../shared/analysis/evaluate";
import { fixesFor } from "../../shared/fixes/verify";
import { planWork } from "../../shared/fixes/plan";
import { diffTopologies } from "../../shared/model/diff";
import { formatTopology } from "../../shared/model/canonical";
import { applyEdits } from "../../shared/model/edit";
import { formatProblem, parseTopology } from "../../shared/model/parse";
import { matrixCells, matrixOf } from "../../shared/network/network";
import { reviseNetwork } from "../../shared/network/revise";
import type { Network } from "../../shared/network/compiled-network";
import type { RulesFile } from "../../shared/ipc";
import { validateTopology } from "../../shared/model/validate/validate";
import type { Topology } from "../../shared/model/topology";
import { templateList } from "../../shared/segmentation/templates/index";
import { collapseHosts, expandAll } from "../actions/collapse";
import { answerAttack, attackCutSteps } from "./attack-answers";
import { answerHitTest, answerPreview, answerSegmentation, answerTrace, briefOf, rulePage, standingsOf, touchedBy } from "./answers";
import { Baseline, comparisonSteps } from "./compare-answers";
import { changesAnalysis } from "./changes";
import { OwnRules, type RulesInForce } from "./own-rules";
import { piecesOf } from "./pieces";
import type { PictureFacts } from "../picture/protocol";
import type { AnalysisResult, AskName, Asks, FromWorker, ToWorker } from "./protocol";
import { Slices } from "../ui/slices";
import { workerScope } from "../worker-scope";

const scope = workerScope<ToWorker, FromWorker>();

let topology: Topology | undefined;
/** The network of the document, which follows it by edits; undefined until it was analysed once. */
let network: Network | undefined;
/** What was read last, until it is adopted or something else is read. */
let read: { readonly ask: number; readonly topology: Topology } | undefined;
let revision = 0;
/** Counts opened documents, as the window does. */
let generation = -1;
/** The picture's worker, while it draws the document. */
let picture: MessagePort | undefined;
let isWanted = false;
let own = new OwnRules({ status: "none" });
/** Those that the evaluation was made with. */
let inForce: RulesInForce = { rules: [], status: undefined };
let evaluation: Evaluation | undefined;
/** The evaluation without what takes long, where something does: what concerns only its findings is weighed against it. */
let quick: Evaluation | undefined;
let pending: ReturnType<typeof setTimeout> | undefined;
const world = { now: () => performance.now(), later: (task: () => void) => void setTimeout(task, 0) };
const slices = new Slices(world);
/** What closes attack paths, for the question that was asked last. */
const cutting = new Slices(world);
let giveUpCuts: (() => void) | undefined;
/** What the document is compared with, once somebody asks. */
let baseline: Baseline | undefined;
const comparing = new Slices(world);
let giveUpComparison: (() => void) | undefined;
const planning = new Slices(world);
let plan: { readonly ask: number; readonly giveUp: () => void } | undefined;

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case "document": {
      return replace(JSON.parse(new TextDecoder().decode(data.bytes)) as Topology, data);
    }
    case "adopt": {
      if (read?.ask !== data.ask) throw new Error("The document was not read here");
      replace(read.topology, data);
      read = undefined;
      return;
    }
    case "rules": {
      own = new OwnRules(data.rules);
      revision = data.revision;
      forget();
      if (topology !== undefined) schedule();
      return;
    }
    case "edits": {
      if (topology === undefined) return;
      // An evaluation is of no use any more once its network has gone on, unless nothing but the picture changes.
      if (network !== undefined) network = reviseNetwork(network, data.edits);
      topology = network?.topology ?? applyEdits(topology, data.edits);
      revision = data.revision;
      stopPlanning();
      if (changesAnalysis(data.edits)) forget();
      else if (evaluation !== undefined) evaluation = { ...evaluation, topology };
      return schedule();
    }
    case "picture":
      return connectPicture(data.port);
    case "ask":
      return void answer(data);
    case "giveUp":
      if (plan?.ask === data.ask) stopPlanning();
  }
};

/** The picture is coloured by what was found; the window has no part in it. */
function connectPicture(port: MessagePort): void {
  picture?.close();
  picture = port;
  isWanted = false;
  port.onmessage = ({ data }: MessageEvent<"wanted" | "unwanted">) => {
    isWanted = data === "wanted";
    if (evaluation !== undefined) tellPicture(evaluation);
  };
}

function tellPicture({ findings, summary, network: { layer2 } }: Evaluation): void {
  if (!isWanted) return;
  picture?.postMessage({
    generation,
    findings: findings.map(({ accepted, rule, severity, subjects }) => ({ accepted, rule, severity, subjects })),
    segments: layer2.segments.map(({ id, ends }) => ({ id, ends: ends.map((end) => end.id) })),
    managementExposedTo: summary.managementExposedTo,
  } satisfies PictureFacts);
}

function replace(document: Topology, { rules, ...of }: { readonly rules: RulesFile; readonly revision: number; readonly generation: number }): void {
  topology = document;
  own = new OwnRules(rules);
  baseline = undefined;
  network = undefined;
  ({ revision, generation } = of);
  forget();
  schedule();
}

function forget(): void {
  evaluation = undefined;
  quick = undefined;
  slices.cancel();
  stopCutting();
  stopComparing();
  stopPlanning();
}

function stopPlanning(): void {
  planning.cancel();
  plan?.giveUp();
  plan = undefined;
}

/** Milliseconds between two words on how far the plan has come. */
const TOLD_MS = 100;

/** As with the cuts. */
function planLater({ findings }: Asks["plan"]["arguments"], ask: number): Promise<Asks["plan"]["answer"]> {
  stopPlanning();
  const now = currentEvaluation();
  const steps = function* (): Generator<undefined, Asks["plan"]["answer"], undefined> {
    const start = now.pending.length > 0 ? yield* completed(now) : now;
    // What is remembered of changes that were tried goes with the analysis that they start from: with one that is nobody else's it ends with the plan.
    const work = planWork({ ...start }, findings);
    for (let told = -Infinity; ; ) {
      const next = work.next();
      if (next.done === true) {
        const { topology: after, ...found } = next.value;
        return { ...found, edits: diffTopologies(start.topology, after) };
      }
      if (performance.now() - told >= TOLD_MS) {
        told = performance.now();
        scope.postMessage({ type: "progress", ask, progress: next.value });
      }
      yield;
    }
  };
  return new Promise((resolve, reject) => {
    plan = { ask, giveUp: () => reject(new Error("It was given up")) };
    planning.start(steps(), resolve, reject);
  });
}

function stopCutting(): void {
  cutting.cancel();
  giveUpCuts?.();
  giveUpCuts = undefined;
}

/** Between the pieces edits and other questions come in; both end it. */
function cutLater(asked: Asks["attackCuts"]["arguments"]): Promise<Asks["attackCuts"]["answer"]> {
  stopCutting();
  return new Promise((resolve, reject) => {
    giveUpCuts = () => reject(new Error("Something else was asked meanwhile"));
    cutting.start(attackCutSteps(currentEvaluation(), asked), resolve, reject);
  });
}

function stopComparing(): void {
  comparing.cancel();
  giveUpComparison?.();
  giveUpComparison = undefined;
}

/** As with the cuts. */
function compareLater(key: string): Promise<Asks["compare"]["answer"]> {
  stopComparing();
  if (baseline?.key !== key) return Promise.resolve(undefined);
  const other = baseline;
  return new Promise((resolve, reject) => {
    giveUpComparison = () => reject(new Error("Something else was asked meanwhile"));
    comparing.start(comparisonSteps(other, currentEvaluation()), resolve, reject);
  });
}

/** Milliseconds between two looks at the calendar. */
const DAY_ASKED_MS = 60_000;

/** Lets messages that wait come in first: the first answer cannot be interrupted, but it need not be begun. */
function schedule(): void {
  if (evaluation !== undefined || pending !== undefined) return;
  pending = setTimeout(() => {
    pending = undefined;
    const analysed = revision;
    const started = performance.now();
    const failed = (error: unknown): void => scope.postMessage({ type: "failed", revision: analysed, message: messageOf(error) });
    const answer = (current: Evaluation): void => {
      tell(analysed, briefOf(current, performance.now() - started, inForce.status));
      tellPicture(current);
    };
    try {
      const current = currentEvaluation();
      answer(current);
      if (current.pending.length > 0) slices.start(completed(current), (complete) => answer(keep(complete)), failed);
    } catch (error) {
      failed(error);
    }
  }, 0);
}

/** So many findings or segments are sent at a time: to receive them takes the window a few milliseconds. */
const PART = 250;

/** In parts, so that the window goes on while it receives a long answer. */
function tell(analysed: number, { findings, segments, ...result }: AnalysisResult): void {
  for (let at = 0; at < Math.max(findings.length, segments.length); at += PART) {
    scope.postMessage({ type: "part", findings: findings.slice(at, at + PART), segments: segments.slice(at, at + PART) });
  }
  scope.postMessage({ type: "analysis", revision: analysed, result });
}

function dayNow(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What ends with a day, as accepted risks and flows do, ends in a window that is left open too. */
setInterval(() => {
  if (evaluation === undefined || evaluation.today === dayNow()) return;
  forget();
  schedule();
}, DAY_ASKED_MS);

function current(): Topology {
  if (topology === undefined) throw new Error("No document is open");
  return topology;
}

/** Without the rules that take long, until those are found out. */
function currentEvaluation(): Evaluation {
  if (evaluation === undefined) {
    const today = dayNow();
    inForce = own.on(current());
    evaluation = evaluate(current(), { today, customRules: inForce.rules }, { without: "later", network: network?.today === today ? network : undefined });
    network = evaluation.network;
    if (evaluation.pending.length > 0) quick = evaluation;
  }
  return evaluation;
}

/** The picture may have changed since. */
function keep(complete: Evaluation): Evaluation {
  return (evaluation = { ...complete, topology: topology ?? complete.topology });
}

async function answer(data: Extract<ToWorker, { type: "ask" }>): Promise<void> {
  try {
    const value = await ANSWERS[data.name](data.arguments as never, data.ask);
    scope.postMessage({ type: "answer", ask: data.ask, value });
  } catch (error) {
    scope.postMessage({ type: "refusal", ask: data.ask, message: messageOf(error) });
  }
}

type Answers = { readonly [K in AskName]: (given: Asks[K]["arguments"], ask: number) => Asks[K]["answer"] | Promise<Asks[K]["answer"]> };

const ANSWERS: Answers = {
  read: ({ bytes }, ask) => {
    const result = parseTopology(bytes);
    if (!result.ok) return { ok: false, problems: result.problems.map(formatProblem) };
    read = { ask, topology: result.topology };
    for (const piece of piecesOf(result.topology)) scope.postMessage({ type: "piece", ask, piece });
    return { ok: true, migratedFrom: result.migratedFrom };
  },
  problems: () => validateTopology(current()).slice(0, 3).map(formatProblem),
  text: () => formatTopology(current()),
  fold: ({ how }) => (how === "collapseHosts" ? collapseHosts : expandAll)(current()),
  cells: ({ by, rows, columns }) => [...matrixCells(currentEvaluation().network, by, rows, columns)],
  matrix: ({ by }) => matrixOf(currentEvaluation().network, by),
  trace: (given) => answerTrace(currentEvaluation(), given),
  attack: (given) => answerAttack(currentEvaluation(), given),
  attackCuts: cutLater,
  hitTest: (given) => answerHitTest(currentEvaluation(), given),
  standings: ({ filter }) => standingsOf(currentEvaluation(), filter),
  rulePage: ({ rule }) => rulePage(currentEvaluation(), rule),
  touched: ({ collection, id }) => touchedBy(currentEvaluation(), collection, id),
  baseline: (given) => {
    stopComparing();
    const other = "edits" in given ? { ok: true as const, topology: applyEdits(current(), given.edits) } : parseTopology(given.bytes);
    if (!other.ok) return { ok: false, problems: other.problems.map(formatProblem) };
    baseline = new Baseline(given.key, other.topology);
    return { ok: true };
  },
  compare: ({ key }) => compareLater(key),
  baselineTrace: ({ key, ...question }) => (baseline?.key === key ? baseline.trace(question) : undefined),
  fixes: ({ finding }) => {
    const current = currentEvaluation();
    return fixesFor(quick?.drafts.has(finding) === true ? quick : current, finding);
  },
  preview: ({ edits }) => answerPreview(currentEvaluation(), edits),
  templates: () => templateList(currentEvaluation()),
  segmentation: (wish) => answerSegmentation(currentEvaluation(), wish),
  plan: planLater,
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
