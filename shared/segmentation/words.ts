/** How a segmentation is told in words, in the window and in text. */
import type { Rule } from "../model/kinds/forwarder";
import type { Cut, Remaining } from "./segmentation";

/** `allow-web: allow external:internet → vm:web tcp/443 (in outside, out web)`. */
export function ruleWords({ id, action, from = ["any"], to = ["any"], services = ["any"], in: inbound, out, enabled }: Rule): string {
  const way = [...(inbound === undefined ? [] : [`in ${inbound}`]), ...(out === undefined ? [] : [`out ${out}`])];
  return `${id}: ${action} ${from.join(", ")} → ${to.join(", ")} ${services.join(", ")}${way.length === 0 ? "" : ` (${way.join(", ")})`}${enabled === false ? " (off)" : ""}`;
}

export function cutWords({ within, pairs, example }: Cut): string {
  return `${pairs} ${pairs === 1 ? "flow" : "flows"} ${within === "management" ? "from management" : `inside ${within}`} that no policy entry names, such as ${example.from} to ${example.to}`;
}

/** By reason, since one reason mostly holds for many. */
export function remainingByReason(remaining: readonly Remaining[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const one of remaining) {
    const reason = `${one.why}. Mend: ${one.remedy}.`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), pairWords(one)]);
  }
  return reasons;
}

function pairWords({ from, to, verdict, services, frames, example }: Remaining): string {
  return `${from} ${frames === true ? "↔" : "→"} ${to}: ${frames === true ? "frames that are not IP" : [verdict, ...services].join(" ")}, such as ${example.from} to ${example.to}`;
}
