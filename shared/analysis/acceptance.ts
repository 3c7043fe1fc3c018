/** Accepted risks: which findings the owner has taken responsibility for, and until when. */
import type { AcceptedRisk } from "../model/policy";
import type { Topology } from "../model/topology";

/**
 * The entries that count on the day, by finding: up to and including their `until`. Of several about one finding that which counts the longest.
 *
 * @param today such as `2026-11-23`
 */
export function acceptedOn(topology: Topology, today: string): ReadonlyMap<string, AcceptedRisk> {
  return byFinding(topology, (entry) => !isOver(entry, today));
}

/** The entry about a finding, whether it still counts or is over; of several that which counts the longest. */
export function acceptanceOf(topology: Topology, finding: string): AcceptedRisk | undefined {
  return byFinding(topology, (entry) => entry.finding === finding).get(finding);
}

/** What is to be said about the findings that entries name: who accepts them, until when and why, or that this is over. */
export function acceptanceNotes(topology: Topology, today: string): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  for (const [finding, entry] of byFinding(topology, (each) => isOver(each, today))) notes.set(finding, `No longer accepted, it was ${acceptanceWords(entry)}`);
  for (const [finding, entry] of acceptedOn(topology, today)) notes.set(finding, `Accepted ${acceptanceWords(entry)}`.trim());
  return notes;
}

/** `by A. Admin until 2027-03-31: replaced in March`. */
export function acceptanceWords({ by, until, reason }: AcceptedRisk): string {
  const who = [...(by === undefined ? [] : [`by ${by}`]), ...(until === undefined ? [] : [`until ${until}`])].join(" ");
  return reason === undefined ? who : `${who}: ${reason}`;
}

function byFinding(topology: Topology, counts: (entry: AcceptedRisk) => boolean): Map<string, AcceptedRisk> {
  const found = new Map<string, AcceptedRisk>();
  for (const entry of topology.policy?.accept ?? []) {
    if (!counts(entry)) continue;
    const known = found.get(entry.finding);
    if (known === undefined || lastsLonger(entry, known)) found.set(entry.finding, entry);
  }
  return found;
}

/** ISO dates compare as text. */
function isOver({ until }: AcceptedRisk, today: string): boolean {
  return until !== undefined && until < today;
}

function lastsLonger(one: AcceptedRisk, other: AcceptedRisk): boolean {
  return other.until !== undefined && (one.until === undefined || one.until > other.until);
}
