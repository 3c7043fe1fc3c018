/** A segmentation is applied to a copy and the analysis runs again: what closes and opens, whether required flows and administrators get through, what remains. */
import type { Evaluation } from "../analysis/evaluate";
import { orderedEdit, orderedSummary } from "../analysis/findings-json";
import { commandsFor } from "../fixes/commands";
import { effectOf, evaluateWith, undecidedBetween, type UndecidedBetween } from "../fixes/effect";
import { requiredStates } from "../fixes/required-flows";
import { effectiveDefaultAction } from "../model/defaults";
import type { Rule } from "../model/kinds/forwarder";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { FixCandidate } from "../rules/rule";
import { administrationsBetween } from "./administrators";
import { cutBetween } from "./cut";
import { gapsByHand } from "./by-hand";
import { remainingIn, stoppedBetween } from "./remaining";
import type { RequiredFlow, RuleChange, Segmentation } from "./segmentation";

/** What the candidate does; undefined where its edits cannot be applied or give an invalid document. The changed document comes with it, and for whom management is undecided. */
export function prove(before: Evaluation, candidate: FixCandidate): { readonly segmentation: Segmentation; readonly topology: Topology; readonly undecided: UndecidedBetween } | undefined {
  const effect = effectOf(before, candidate);
  const after = effect === undefined ? undefined : evaluateWith(before, effect.edits);
  if (effect === undefined || after === undefined) return undefined;
  const administrators = administrationsBetween(before.network, after.network);
  const segmentation: Segmentation = {
    title: effect.title,
    edits: effect.edits.map(orderedEdit),
    verified: effect.breaksRequired.length === 0 && administrators.every(({ loses }) => loses.length === 0),
    rules: ruleChanges(before.topology, after.topology),
    closes: [...effect.closes].sort(compareIds),
    opens: [...effect.introduces].sort(compareIds),
    breaksRequired: effect.breaksRequired,
    required: requiredFlows(before, after),
    administrators,
    stops: stoppedBetween(before.network, after.network),
    cut: cutBetween(before.network, after.network),
    remaining: remainingIn(after),
    byHand: gapsByHand(before.topology, after),
    commands: commandsFor(before.topology, after.topology),
    before: orderedSummary(before.summary),
    after: orderedSummary(after.summary),
  };
  return { segmentation, topology: after.topology, undecided: undecidedBetween(before, after) };
}

function ruleChanges(before: Topology, after: Topology): RuleChange[] {
  return (["routers", "firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(after, collection).flatMap(([id, { rules = [] }]): RuleChange[] => {
    const was = record(before, collection, id);
    const old = was?.rules ?? [];
    const action = (topology: Topology): string => effectiveDefaultAction(topology, collection, id).value ?? "";
    const change: RuleChange = {
      filter: id, defaultAction: { before: was === undefined ? "" : action(before), after: action(after) }, rules,
      kept: rules.filter((rule) => old.includes(rule)).map((rule) => rule.id),
      changed: rules.filter((rule) => !old.includes(rule) && continues(old, rule)).map((rule) => rule.id),
      added: rules.filter((rule) => !old.includes(rule) && !continues(old, rule)).map((rule) => rule.id),
      removed: old.filter((rule) => !rules.includes(rule) && !continues(rules, rule)).map((rule) => rule.id),
    };
    return was !== undefined && change.kept.length === rules.length && change.removed.length === 0 && change.defaultAction.before === change.defaultAction.after ? [] : [change];
  }));
}

/** Whether a list has the rule with other interfaces: of one id alone it may be another rule. */
function continues(rules: readonly Rule[], rule: Rule): boolean {
  const plain = ({ in: _in, out: _out, ...rest }: Rule): string => JSON.stringify(rest);
  return rules.some((one) => one.id === rule.id && plain(one) === plain(rule));
}

function requiredFlows(before: Evaluation, after: Evaluation): RequiredFlow[] {
  const was = requiredStates(before.network);
  return [...requiredStates(after.network)].map(([id, state]): RequiredFlow => ({ id, before: was.get(id) ?? "fails", after: state, ...(state === "holds" ? {} : { why: whyNot(after, id) }) }));
}

function whyNot({ network }: Evaluation, id: string): string {
  const [first] = network.required.find((entry) => entry.id === id)?.failing ?? [];
  if (first === undefined) return "a list of it names nobody";
  const { from, to, services } = first;
  const pair = network.pair(from, to);
  if (pair.verdict === "unknown") return `${from} to ${to} rests on ${(pair.missing ?? []).join(", ")}`;
  const places = network.trace([from], [to], services).blockedBy.map(({ at, does }) => `${at} ${does}`);
  return `${from} does not reach ${to}: ${places.length === 0 ? "no router or firewall joins their segments" : places.slice(0, 3).join("; ")}`;
}
