/** From whom to whom an attacker gets, by which ways, and what closes them. */
import type { Evaluation } from "../analysis/evaluate";
import type { AttackPaths } from "../analysis/result";
import { cutsOf, separation } from "./cuts";
import { drained } from "./drained";
import { AttackGraph } from "./graph";
import { split } from "./opening";
import { Ways, type Question } from "./ways";

/**
 * Attack paths of an evaluated document. With `to`, one path for every manner of leaving the senders (a channel, and what kind of thing it
 * leads to) that gets to some of it; without, one to every other tenant and every hypervisor that can be got at.
 */
export function attackPaths(evaluation: Evaluation, question: Question): AttackPaths {
  const ways = new Ways(new AttackGraph(evaluation, question.placement), question);
  return {
    paths: ways.paths,
    reached: ways.reached.map((place) => split(place)[1]),
    cuts: drained(cutsOf(evaluation, question, ways)),
    separate: question.to === undefined || ways.count === 0 ? [] : drained(separation(evaluation, question)),
  };
}
