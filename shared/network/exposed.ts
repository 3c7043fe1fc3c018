/** Who is too near to management: the tenants and external networks that reach a management interface or BMC beyond the policy. */
import { compareIds } from "../model/topology";
import type { PartyClass } from "./parties";
import type { Rows } from "./rows";
import type { Answer } from "./verdicts";

/**
 * Ids of tenants and external networks, sorted. A management interface whose own firewall the document does not describe is no shelter:
 * where everything else lets the flow through it counts as reached.
 */
export function managementExposedTo(rows: Rows): string[] {
  const exposed = new Set<string>();
  const kinds = new Map<number, PartyClass>();
  for (const own of rows.parties.classes) if (isManagement(own)) kinds.set(rows.kind(own), own);
  for (const from of rows.parties.classes) {
    const names = namesOf(from);
    if (names.length === 0 || names.every((name) => exposed.has(name))) continue;
    let exposes = false;
    rows.forEachMeeting(from, (to, answer) => (exposes ||= isManagement(to) && isBeyond(to, answer)));
    rows.askCommon(from);
    for (const [kind, to] of kinds) {
      if (exposes) break;
      const answer = rows.commonOf(rows.kind(from), kind, false);
      exposes = answer !== undefined && isBeyond(to, answer) && rows.hasUnmet(from, kind);
    }
    if (exposes) for (const name of names) exposed.add(name);
  }
  return [...exposed].sort(compareIds);
}

function namesOf({ members, hosts }: PartyClass): string[] {
  const [sample] = members;
  if (sample === undefined || hosts.length === 0) return [];
  if (sample.kind === "external") return members.map(({ id }) => id);
  return sample.tenant === undefined ? [] : [sample.tenant];
}

function isManagement({ members }: PartyClass): boolean {
  const kind = members[0]?.kind;
  return kind === "managementInterface" || kind === "bmc";
}

function isBeyond(to: PartyClass, { verdict, doubts }: Answer): boolean {
  if (verdict === "violating") return true;
  const ownFirewallOnly = doubts.shield && !doubts.tenant && !doubts.links && !doubts.sources && !doubts.targets;
  return verdict === "unknown" && ownFirewallOnly && to.members[0]?.kind === "managementInterface";
}
