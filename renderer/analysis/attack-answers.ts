/** What the worker answers about attack paths. Pure. */
import type { Evaluation } from "../../shared/analysis/evaluate";
import { cutsOf, MANY_PARTIES, separation } from "../../shared/attack/cuts";
import { AttackGraph } from "../../shared/attack/graph";
import { radiusOf, totalsOf } from "../../shared/attack/radius";
import { targetsOf } from "../../shared/attack/targets";
import { Ways, type Question } from "../../shared/attack/ways";
import { partiesOf } from "./answers";
import type { AttackAnswer, AttackCuts, AttackQuestion } from "./protocol";

/** Throws a message for people where something names nothing. */
function questionOf({ topology, network }: Evaluation, { from, to, placement }: AttackQuestion): Question {
  const parties = (text: string): string[] => partiesOf(topology, network, text);
  return { from: parties(from), to: to === undefined ? undefined : targetsOf(topology, network, to, parties), placement };
}

export function answerAttack(evaluation: Evaluation, asked: AttackQuestion): AttackAnswer {
  const question = questionOf(evaluation, asked);
  const ways = new Ways(new AttackGraph(evaluation, asked.placement), question);
  return { paths: ways.paths, radius: radiusOf(evaluation.topology, ways.reached, question.from), totals: totalsOf(evaluation.topology, question.from) };
}

/** In pieces, because every change is applied to a copy and analysed. */
export function* attackCutSteps(evaluation: Evaluation, asked: AttackQuestion): Generator<undefined, AttackCuts, undefined> {
  const question = questionOf(evaluation, asked);
  const ways = new Ways(new AttackGraph(evaluation, asked.placement), question);
  if (ways.count === 0) return { isPartial: false, ways: 0, cuts: [], separate: [] };
  const cuts = yield* cutsOf(evaluation, question, ways);
  return { isPartial: evaluation.network.parties.length > MANY_PARTIES, ways: ways.count, cuts, separate: yield* separation(evaluation, question) };
}
