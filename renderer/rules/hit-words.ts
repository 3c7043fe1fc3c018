/** A hit test in words. Pure. */
import type { Outcome } from "../../shared/network/filters";
import type { HitCase, HitPacket } from "../../shared/network/hit-test";
import type { Rule } from "../../shared/model/kinds/forwarder";
import { ruleName } from "../actions/rules";
import { listText } from "./columns";

/** Why a rule does not decide the packet, or what it decides. */
export function outcomeWords(rule: Rule, outcome: Outcome | undefined, { decisions }: HitCase): string {
  switch (outcome) {
    case "decides": return decisionWords(rule.id, decisions);
    case "mayDecide": return `perhaps ${decisionWords(rule.id, decisions)}`;
    case "off": return "turned off";
    case "in": return `not in by ${rule.in ?? ""}`;
    case "out": return `not out by ${rule.out ?? ""}`;
    case "from": return rule.from?.length === 0 ? "matches nothing" : `not from ${listText(rule.from)}`;
    case "to": return rule.to?.length === 0 ? "matches nothing" : `not to ${listText(rule.to)}`;
    case "services": return rule.services?.length === 0 ? "matches nothing" : `not ${listText(rule.services)}`;
    case "decided": return "decided above";
    case undefined: return "not reached";
  }
}

/** `rule` is undefined for the default action. */
export function decisionWords(rule: string | undefined, decisions: HitCase["decisions"]): string {
  const own = decisions.find((each) => each.rule === rule);
  return own === undefined ? "not reached" : `${own.allows ? "allows" : "denies"} ${own.services.join(", ")}`;
}

export interface Verdict {
  readonly tone: "allowed" | "denied" | "mixed" | "perhaps";
  readonly words: string;
}

/** The answer in a sentence. */
export function verdictOf({ decisions }: HitCase, rules: readonly Rule[]): Verdict {
  const certain = decisions.every((each) => each.certain);
  const allowing = decisions.filter(({ allows }) => allows).length;
  const tone = !certain ? "perhaps" : allowing === decisions.length ? "allowed" : allowing === 0 ? "denied" : "mixed";
  const by = ({ rule }: HitCase["decisions"][number]): string => {
    const place = rules.findIndex(({ id }) => id === rule);
    const known = rules[place];
    return rule === undefined ? "the default action" : known === undefined ? `rule ${rule}` : `rule ${place + 1}, ${ruleName(known)}`;
  };
  const [only] = decisions;
  if (decisions.length === 1 && only !== undefined) return { tone, words: `${only.allows ? "Allowed" : "Denied"} by ${by(only)}` };
  const parts = decisions.map((each) => `${shortened(each.services)} ${each.certain ? "" : "perhaps "}${each.allows ? "allowed" : "denied"} by ${by(each)}`);
  return { tone, words: parts.length > MOST ? `${parts.slice(0, MOST).join("; ")}; and ${parts.length - MOST} more` : parts.join("; ") };
}

const MOST = 4;

function shortened(services: readonly string[]): string {
  return services.length > 3 ? `${services.slice(0, 2).join(", ")} …` : services.join(", ");
}

export function packetWords({ from, to, in: enter, out: leave }: HitPacket): string {
  const way = enter === undefined && leave === undefined ? "" : ` (${[enter === undefined ? [] : `in by ${enter}`, leave === undefined ? [] : `out by ${leave}`].flat().join(", ")})`;
  return `${from} → ${to}${way}`;
}

/** The place of the first rule that decides something; behind the last rule for the default action. */
export function decidingRow({ decisions }: HitCase, rules: readonly Rule[]): number {
  const first = decisions[0]?.rule;
  const place = first === undefined ? -1 : rules.findIndex(({ id }) => id === first);
  return place < 0 ? rules.length : place;
}

/** What the hit test says of a row. */
export interface RowHit {
  readonly words: string;
  readonly role: "decides" | "passed" | "beyond";
  /** Of a row that decides. */
  readonly allows: boolean;
}

/** The rows as they are asked for, each worked out once; behind the last rule stands the default action. */
export function hitRows(shown: HitCase, rules: readonly Rule[]): (row: number) => RowHit {
  const known = new Map<number, RowHit>();
  const work = (row: number): RowHit => {
    const rule = rules[row];
    const own = shown.decisions.find((each) => each.rule === rule?.id);
    if (rule === undefined) return { words: decisionWords(undefined, shown.decisions), role: own === undefined ? "beyond" : "decides", allows: own?.allows === true };
    const outcome = shown.walk[row];
    const role = outcome === undefined ? "beyond" : outcome === "decides" || outcome === "mayDecide" ? "decides" : "passed";
    return { words: outcomeWords(rule, outcome, shown), role, allows: own?.allows === true };
  };
  return (row) => {
    let found = known.get(row);
    if (found === undefined) known.set(row, (found = work(row)));
    return found;
  };
}
