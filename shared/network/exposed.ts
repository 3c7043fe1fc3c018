/** Who is too near to management: the tenants and external networks that reach a management interface or BMC beyond the policy, or of which nobody can tell. */
import { compareIds } from "../model/topology";
import type { PartyClass } from "./parties";
import type { Rows } from "./rows";
import type { Answer } from "./verdicts";

/**
 * Gathered while the rows are gone through. A management interface whose own firewall the document does not describe is no shelter:
 * where everything else lets a flow through that the policy does not allow it counts as reached.
 */
export class Exposed {
  /** Classes by the name that they are known by. */
  private readonly names = new Map<string, Set<PartyClass>>();
  /** The same of those with a pair that is unknown. */
  private readonly doubtful = new Map<string, Set<PartyClass>>();
  /** A class of management interfaces or BMCs of each kind. */
  private readonly kinds = new Map<number, PartyClass>();

  constructor(private readonly rows: Rows) {
    for (const own of rows.parties.classes) if (isManagement(own)) this.kinds.set(rows.kind(own), own);
  }

  /** Ids of tenants and external networks, sorted. */
  get sorted(): readonly string[] {
    return [...this.names.keys()].sort(compareIds);
  }

  /** Ids of those that are not among them, and of which it is unknown, sorted. */
  get undecided(): readonly string[] {
    return [...this.doubtful.keys()].filter((name) => !this.names.has(name)).sort(compareIds);
  }

  /** A pair that was asked for itself. */
  add(from: PartyClass, to: PartyClass, answer: Answer): void {
    if (!isManagement(to)) return;
    if (isBeyond(to, answer)) name(this.names, from);
    else if (answer.verdict === "unknown") name(this.doubtful, from);
  }

  /** The pairs that share an answer; right after the meetings of the row were listed. */
  addCommon(from: PartyClass): void {
    for (const [kind, to] of this.kinds) {
      if (this.rows.toUnmet(from, kind, (answer) => isBeyond(to, answer))) name(this.names, from);
      else if (this.rows.toUnmet(from, kind, ({ verdict }) => verdict === "unknown")) name(this.doubtful, from);
    }
  }

  /** What the class has added counts no longer. */
  withdraw(from: PartyClass): void {
    for (const classesByName of [this.names, this.doubtful]) {
      for (const own of namesOf(from)) {
        const classes = classesByName.get(own);
        classes?.delete(from);
        if (classes?.size === 0) classesByName.delete(own);
      }
    }
  }
}

function name(classesByName: Map<string, Set<PartyClass>>, from: PartyClass): void {
  for (const own of namesOf(from)) classesByName.set(own, (classesByName.get(own) ?? new Set()).add(from));
}

function namesOf({ tenant, members }: PartyClass): readonly string[] {
  if (members[0]?.kind === "external") return members.map(({ id }) => id);
  return tenant === undefined ? [] : [tenant];
}

export function isManagement({ members }: PartyClass): boolean {
  const kind = members[0]?.kind;
  return kind === "managementInterface" || kind === "bmc";
}

function isBeyond(to: PartyClass, { verdict, doubts, perhaps }: Answer): boolean {
  if (verdict === "violating") return true;
  const ownFirewallOnly = doubts.shield && !doubts.tenant && !doubts.links && !doubts.sources && !doubts.targets;
  return verdict === "unknown" && ownFirewallOnly && perhaps.length > 0 && to.members[0]?.kind === "managementInterface";
}
