/** One pass over all rows of the matrix, for everything that is summed up from them; and what small changes do to it. */
import { Exposed, isManagement } from "./exposed";
import type { Filter } from "./filters";
import { Ledger } from "./ledger";
import type { PartyClass } from "./parties";
import type { Ask, Rows } from "./rows";
import { TenantSums } from "./sums";
import type { Answer } from "./verdicts";

export class Survey {
  readonly tenants: TenantSums;
  readonly exposed: Exposed;
  private readonly ledger = new Ledger();

  constructor(private readonly rows: Rows, private readonly ask: Ask) {
    this.tenants = new TenantSums(rows);
    const classes = rows.parties.classes.filter(({ members }) => members.length > 0);
    for (const own of classes) this.tenants.enrol(own, 1);
    this.exposed = new Exposed(rows);
    for (const from of classes) this.addRow(from);
  }

  /** Whether it can follow changes. */
  get follows(): boolean {
    return this.ledger.isWhole;
  }

  /** Takes out classes, before anything about them changes. Those without members are not in. */
  withdraw(classes: Iterable<PartyClass>): void {
    for (const own of classes) {
      if (own.members.length === 0) continue;
      this.ledger.withdraw(own, (from, to, answer) => this.tenants.add(from, to, answer, -1));
      this.exposed.withdraw(own);
      this.tenants.enrol(own, -1);
      this.rows.withdraw(own);
    }
  }

  /** Takes them in again, as they are now. */
  enter(classes: ReadonlySet<PartyClass>): void {
    const entering = [...classes].filter(({ members }) => members.length > 0);
    for (const own of entering) {
      this.rows.enrol(own);
      this.tenants.enrol(own, 1);
    }
    for (const own of entering) this.addRow(own);
    for (const own of entering) {
      for (const from of this.rows.metBy(own)) if (!classes.has(from) && counts(from, own)) this.meet(from, own);
    }
  }

  private meet(from: PartyClass, to: PartyClass): void {
    const answer = this.ask(from, to);
    this.ledger.add(from, to, answer);
    this.sum(from, to, answer);
  }

  /** Asks again for all pairs that a rule is about; false where they are too many to name. */
  reconsider(filter: Filter, index: number): boolean {
    if (!filter.filtering || filter.rules[index]?.enabled !== true) return true;
    const sides = this.rows.encounters.sidesOf(filter, index);
    if (sides === undefined) return false;
    const [from, to] = [this.rows.at(sides.from), this.rows.at(sides.to)];
    const senders = new Set<PartyClass>();
    for (const one of from) {
      for (const other of to) {
        this.again(one, other, senders);
        if (this.rows.encounters.bothWays) this.again(other, one, senders);
      }
    }
    for (const own of senders) this.exposeAgain(own);
    return true;
  }

  /** @param senders gets those whose way to management may be another */
  private again(from: PartyClass, to: PartyClass, senders: Set<PartyClass>): void {
    if (!counts(from, to)) return;
    const answer = this.ask(from, to);
    const before = this.ledger.replace(from, to, answer);
    if (before === undefined) return;
    this.tenants.add(from, to, before, -1);
    this.tenants.add(from, to, answer, 1);
    if (isManagement(to)) senders.add(from);
  }

  private exposeAgain(from: PartyClass): void {
    this.exposed.withdraw(from);
    this.ledger.forEach(from, (to, answer) => this.exposed.add(from, to, answer));
    this.rows.meeting(from);
    this.exposed.addCommon(from);
  }

  private addRow(from: PartyClass): void {
    if (from.hosts.length === 0) return;
    const met = this.rows.meeting(from);
    // Nearly always all do, and a list that is kept should have no room to grow.
    const meeting = met.every((to) => counts(from, to)) ? met : met.filter((to) => counts(from, to));
    if (meeting.length > 0) {
      this.ledger.set(from, meeting, meeting.map((to) => {
        const answer = this.ask(from, to);
        this.sum(from, to, answer);
        return answer;
      }));
    }
    this.exposed.addCommon(from);
  }

  private sum(from: PartyClass, to: PartyClass, answer: Answer): void {
    this.tenants.add(from, to, answer, 1);
    this.exposed.add(from, to, answer);
  }
}

/** Whether the pair adds anything: VMs of one tenant are not compared with one another, and management may reach what it manages. */
function counts(from: PartyClass, to: PartyClass): boolean {
  if (from.tenant !== undefined && to.tenant !== undefined) return from.tenant !== to.tenant;
  return isManagement(to) && !isManagement(from);
}
