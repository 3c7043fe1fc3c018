/** Accepting a finding as a risk, and taking that back. */
import type { AcceptedRisk } from "../../shared/model/policy";
import { setField } from "../../shared/model/edit-builder";
import type { Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";

/** Writes the entry; one for the same finding, such as an expired one, is replaced. */
export function acceptRisk(topology: Topology, risk: AcceptedRisk): Change {
  const others = (topology.policy?.accept ?? []).filter((entry) => entry.finding !== risk.finding);
  return { label: `accept ${risk.finding}`, edits: [setField(topology, ["policy", "accept"], [...others, risk])] };
}

/** Takes back every entry about the finding. */
export function withdrawAcceptance(topology: Topology, finding: string): Change {
  const entries = topology.policy?.accept ?? [];
  const others = entries.filter((entry) => entry.finding !== finding);
  return { label: `withdraw acceptance of ${finding}`, edits: others.length === entries.length ? [] : [setField(topology, ["policy", "accept"], others)] };
}

/** What is wrong with a last day; undefined where nothing is, or where none is given. */
export function untilFault(text: string, today: string): string | undefined {
  const until = text.trim();
  if (until === "") return undefined;
  if (!isDay(until)) return "A day such as 2027-06-30";
  return until < today ? "That day has passed: the finding would stay open" : undefined;
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
