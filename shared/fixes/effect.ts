/** What a candidate would do: it is applied to a copy and the analysis runs again. Nothing is offered on its author's word. */
import { applyEdits, EditError } from "../model/edit";
import { validateTopology } from "../model/validate/validate";
import type { Topology } from "../model/topology";
import type { FixCandidate } from "../rules/rule";
import { evaluate, type Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import type { Edit } from "../analysis/result";
import { carryRules } from "./carry-rules";
import { copiesOf } from "./copies";
import { keepRequired } from "./keep-required";
import { touchesNetwork } from "./network-edit";
import { brokenBetween } from "./required-flows";

export interface Effect {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Ids of findings that are gone. */
  readonly closes: ReadonlySet<string>;
  /** Ids of findings that were not there. */
  readonly introduces: readonly string[];
  /** Findings that are new or more severe than before, by id, with the rank that they would have. */
  readonly worsens: ReadonlyMap<string, number>;
  /** Ids of `policy.require` entries that held and would not any more. */
  readonly breaksRequired: readonly string[];
}

/** Ids of tenants and external networks of which it is unknown whether they reach management, before a change and after it. */
export interface UndecidedBetween {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export function undecidedBetween(before: Evaluation, after: Evaluation): UndecidedBetween {
  return { before: before.network.managementUndecidedFor, after: after.network.managementUndecidedFor };
}

const known = new WeakMap<Evaluation, Map<string, Effect | undefined>>();

/**
 * The effect of a candidate; undefined where it cannot be applied or gives an invalid document. Where it would break a required
 * flow, what keeps the flow is added to it, if that can be found. Remembered per evaluation: many findings share a fix.
 */
export function effectOf(before: Evaluation, candidate: FixCandidate): Effect | undefined {
  const effects = known.get(before) ?? new Map<string, Effect | undefined>();
  known.set(before, effects);
  const key = JSON.stringify(candidate.edits);
  if (!effects.has(key)) effects.set(key, computeEffect(before, candidate));
  return effects.get(key);
}

/** Whether the effect is known already, so that asking again costs nothing. */
export function isKnown(before: Evaluation, candidate: FixCandidate): boolean {
  return known.get(before)?.has(JSON.stringify(candidate.edits)) === true;
}

/** Every effect that was looked at. */
export function knownEffects(before: Evaluation): Effect[] {
  return [...(known.get(before)?.values() ?? [])].filter((effect) => effect !== undefined);
}

/** The analysis after the edits, without paths; undefined where they do not apply or give an invalid document. Equal documents are analysed once. */
export function evaluateWith(before: Evaluation, edits: readonly Edit[]): Evaluation | undefined {
  const copies = copiesOf(before);
  const known = copies.after(before, edits);
  if (known !== undefined) return known;
  const topology = applied(before.topology, edits);
  if (topology === undefined) return undefined;
  const after = copies.equalTo(topology) ?? analysed(before, topology, edits);
  copies.keep(before, edits, after);
  return after;
}

function analysed(before: Evaluation, topology: Topology, edits: readonly Edit[]): Evaluation {
  const options = { today: before.today, assume: before.assume, customRules: before.customRules };
  return evaluate(topology, options, { network: touchesNetwork(edits) ? copiesOf(before).networkOf(topology) : before.network, paths: false, without: before.pending });
}

function computeEffect(before: Evaluation, candidate: FixCandidate): Effect | undefined {
  const effect = keepingRequired(before, candidate);
  return effect?.introduces.some((id) => id.startsWith("FW-007:")) === true ? tidied(before, effect) : effect;
}

/** With the rules that the change leaves behind, if that costs nothing else. */
function tidied(before: Evaluation, effect: Effect): Effect {
  const after = evaluateWith(before, effect.edits);
  const choices = (after === undefined ? [] : carryRules(before, after)).flatMap((edits) => {
    const carried = evaluateWith(before, edits);
    return carried === undefined ? [] : [effectBetween(before, carried, { title: effect.title, edits })];
  });
  const better = choices.filter((choice) => choice.introduces.length < effect.introduces.length && isNoWorse(choice, effect));
  return better.sort((a, b) => a.introduces.length - b.introduces.length)[0] ?? effect;
}

function isNoWorse(one: Effect, other: Effect): boolean {
  return [...other.closes].every((id) => one.closes.has(id)) && [...one.worsens].every(([id, rank]) => (other.worsens.get(id) ?? Infinity) <= rank) && one.breaksRequired.length <= other.breaksRequired.length;
}

function keepingRequired(before: Evaluation, candidate: FixCandidate): Effect | undefined {
  const after = evaluateWith(before, candidate.edits);
  if (after === undefined) return undefined;
  const effect = effectBetween(before, after, candidate);
  if (effect.breaksRequired.length === 0) return effect;
  const keeping = keepRequired(before.topology, after, effect.breaksRequired);
  const kept = keeping === undefined ? undefined : evaluateWith(before, keeping);
  if (keeping === undefined || kept === undefined) return effect;
  const better = effectBetween(before, kept, { title: candidate.title, edits: keeping });
  // A consequence may go for no better reason than that the required flow was cut; what causes it counts.
  const stillCloses = [...effect.closes].every((id) => better.closes.has(id) || before.drafts.get(id)?.causes !== undefined || severityOf(before, id) > severityRank("high"));
  return stillCloses && better.breaksRequired.length < effect.breaksRequired.length ? better : effect;
}

function severityOf(evaluation: Evaluation, id: string): number {
  const finding = evaluation.findings.find((one) => one.id === id);
  return finding === undefined ? 0 : severityRank(finding.severity);
}

function applied(topology: Topology, edits: readonly Edit[]): Topology | undefined {
  try {
    const changed = applyEdits(topology, edits);
    return validateTopology(changed).length === 0 ? changed : undefined;
  } catch (error) {
    if (error instanceof EditError) return undefined;
    throw error;
  }
}

/** What is otherwise in the second analysis than in the first. */
export function effectBetween(before: Evaluation, after: Evaluation, { title, edits }: FixCandidate): Effect {
  const was = new Map(before.findings.map((finding) => [finding.id, severityRank(finding.severity)]));
  const is = new Map(after.findings.map((finding) => [finding.id, severityRank(finding.severity)]));
  return {
    title,
    edits,
    closes: new Set([...was.keys()].filter((id) => !is.has(id))),
    introduces: [...is.keys()].filter((id) => !was.has(id)),
    worsens: new Map([...is].filter(([id, rank]) => rank < (was.get(id) ?? Infinity))),
    breaksRequired: brokenBetween(before.network, after.network),
  };
}
