/**
 * The analysis worker: it holds a copy of the document, follows it by edits and answers questions about it. Changes that arrive
 * while an analysis runs are gathered, and only the newest state is analysed.
 */
import { evaluate, type Evaluation } from "../../shared/analysis/evaluate";
import { fixesFor } from "../../shared/fixes/verify";
import { planFixes } from "../../shared/fixes/plan";
import { diffTopologies } from "../../shared/model/diff";
import { applyEdits } from "../../shared/model/edit";
import { formatProblem, parseTopology } from "../../shared/model/parse";
import { IMPORTERS } from "../../shared/formats/index";
import { matrixOf } from "../../shared/network/network";
import type { Topology } from "../../shared/model/topology";
import { answerPreview, answerTrace, briefOf } from "./answers";
import { changesAnalysis } from "./changes";
import type { AskName, Asks, FromWorker, ToWorker } from "./protocol";

interface WorkerScope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

let topology: Topology | undefined;
let revision = 0;
let evaluation: Evaluation | undefined;
let pending: ReturnType<typeof setTimeout> | undefined;

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case "document": {
      topology = JSON.parse(new TextDecoder().decode(data.bytes)) as Topology;
      revision = data.revision;
      evaluation = undefined;
      return schedule();
    }
    case "edits": {
      if (topology === undefined) return;
      topology = applyEdits(topology, data.edits);
      revision = data.revision;
      if (changesAnalysis(data.edits)) evaluation = undefined;
      else if (evaluation !== undefined) evaluation = { ...evaluation, topology };
      return schedule();
    }
    case "ask":
      return void answer(data);
  }
};

/** Lets messages that wait come in first: the analysis cannot be interrupted, but it need not be begun. */
function schedule(): void {
  if (evaluation !== undefined || pending !== undefined) return;
  pending = setTimeout(() => {
    pending = undefined;
    const analysed = revision;
    try {
      const started = performance.now();
      const current = currentEvaluation();
      scope.postMessage({ type: "analysis", revision: analysed, result: briefOf(current, performance.now() - started) });
    } catch (error) {
      scope.postMessage({ type: "failed", revision: analysed, message: messageOf(error) });
    }
  }, 0);
}

function currentEvaluation(): Evaluation {
  if (topology === undefined) throw new Error("No document is open");
  evaluation ??= evaluate(topology);
  return evaluation;
}

async function answer(data: Extract<ToWorker, { type: "ask" }>): Promise<void> {
  try {
    const value = await ANSWERS[data.name](data.arguments as never);
    scope.postMessage({ type: "answer", ask: data.ask, value });
  } catch (error) {
    scope.postMessage({ type: "refusal", ask: data.ask, message: messageOf(error) });
  }
}

type Answers = { readonly [K in AskName]: (given: Asks[K]["arguments"]) => Asks[K]["answer"] | Promise<Asks[K]["answer"]> };

const ANSWERS: Answers = {
  parse: ({ bytes }) => {
    const result = parseTopology(bytes);
    return result.ok ? { ok: true, topology: result.topology, migratedFrom: result.migratedFrom } : { ok: false, problems: result.problems.map(formatProblem) };
  },
  import: ({ files }) => {
    const result = IMPORTERS.libvirt.read(files);
    return result.ok ? { ok: true, topology: result.topology, report: result.report }
      : { ok: false, problems: result.problems.map(({ source, message, expected }) => `${source}: ${message}; ${expected}`) };
  },
  matrix: ({ by }) => matrixOf(currentEvaluation().network, by),
  trace: (given) => answerTrace(currentEvaluation(), given),
  fixes: ({ finding }) => fixesFor(currentEvaluation(), finding),
  preview: ({ edits }) => answerPreview(currentEvaluation(), edits),
  export: async (given) => (await import("./export")).exportPicture(currentEvaluation(), given),
  plan: ({ findings }) => {
    const { topology: before, today, assume } = currentEvaluation();
    const { topology: after, ...plan } = planFixes(before, { today, assume, ...(findings === undefined ? {} : { findings }) });
    return { ...plan, edits: diffTopologies(before, after) };
  },
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
