/** How a segmentation is told in words, in the window and in text. */
import type { Rule } from "../model/kinds/forwarder";
import { groupBy } from "../rules/group-by";
import { listed } from "../rules/phrase";
import type { Administration, Cut, Remaining } from "./segmentation";

/** `allow-web: allow external:internet → vm:web tcp/443 (in outside, out web)`. */
export function ruleWords({ id, action, from = ["any"], to = ["any"], services = ["any"], in: inbound, out, enabled }: Rule): string {
  const way = [...(inbound === undefined ? [] : [`in ${inbound}`]), ...(out === undefined ? [] : [`out ${out}`])];
  return `${id}: ${action} ${from.join(", ")} → ${to.join(", ")} ${services.join(", ")}${way.length === 0 ? "" : ` (${way.join(", ")})`}${enabled === false ? " (off)" : ""}`;
}

export function cutWords({ within, pairs, example }: Cut): string {
  return `${pairs} ${pairs === 1 ? "flow" : "flows"} ${within === "management" ? "from management" : `inside ${within}`} that no policy entry names, such as ${example.from} to ${example.to}`;
}

/** By reason, since one reason mostly holds for many; as many pairs of each as a person reads. */
export function remainingByReason(remaining: readonly Remaining[]): ReadonlyMap<string, readonly string[]> {
  const reasons = groupBy(remaining, ({ why, remedy }) => `${why}. Mend: ${remedy}.`);
  return new Map([...reasons].map(([reason, pairs]) => [reason, first(pairs.map(pairWords))]));
}

const MOST_READ = 12;

/** The first of a list, and how many more there are. */
export function first(items: readonly string[]): string[] {
  return items.length <= MOST_READ ? [...items] : [...items.slice(0, MOST_READ), `and ${items.length - MOST_READ} more`];
}

/** `admins still reaches vmk0`, or what it loses. */
export function administrationWords({ from, reaches, loses }: Administration): string {
  return loses.length > 0 ? `${from} would not reach ${listed(loses)} any more; require it in the policy first` : `${from} still reaches ${listed(reaches)}`;
}

function pairWords({ from, to, verdict, services, frames, example }: Remaining): string {
  return `${from} ${frames === true ? "↔" : "→"} ${to}: ${frames === true ? "frames that are not IP" : [verdict, ...services].join(" ")}, such as ${example.from} to ${example.to}`;
}
