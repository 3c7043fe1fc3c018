/** Reach as a condition: of the parties that an element stands for, asked by class, so that forty thousand VMs cost what their classes do. */
import type { Hop, Verdict } from "../../analysis/result";
import { ANY_SERVICE, intersectServices, listServices, NO_SERVICES, parseServices, unionServices, type ServiceSet } from "../../model/services";
import { resolveSelector } from "../../model/members";
import type { Topology } from "../../model/topology";
import type { Network } from "../../network/compiled-network";
import type { Party } from "../../network/types";
import { partiesOf, type Element } from "./elements";
import { joined, type Judgement } from "./judgement";
import type { Condition } from "./schema";

type Direction = "reaches" | "reachedBy";
type Class = ReturnType<Network["classOf"]>;

/** A question with its parties looked up. */
interface Asked {
  readonly direction: Direction;
  readonly services: ServiceSet;
  readonly verdicts: ReadonlySet<Verdict> | undefined;
  /** Those named, by class. */
  readonly others: ReadonlyMap<Class, readonly Party[]>;
  readonly words: string;
  /** Outcomes by class, or by party where the class has nobody else. */
  readonly known: Map<Class | string, Outcome>;
}

/** What holds for every party of a class. */
interface Outcome {
  readonly is: Judgement["is"];
  /** Of those named, the one that decides. */
  readonly other?: Party;
  /** What passes for certain. */
  readonly services: ServiceSet;
  readonly verdict?: Verdict;
}

/** The answer of a pair, as far as a condition needs it. */
interface Passing {
  readonly services: ServiceSet;
  readonly oneWay: ServiceSet;
  readonly verdict: Verdict;
}

/** Up to so many classes are asked for one by one, until one answers; for more a row of the matrix is read. */
const ONE_BY_ONE = 64;
/** Where there are more, these come first: where nearly everything passes, the first answers. */
const TRIED_FIRST = 8;

export class Reachability {
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly topology: Topology, private readonly network: Network) {}

  ask(element: Element, direction: Direction, selectors: readonly string[], condition: Condition): Judgement {
    const asked = this.prepare(direction, selectors, condition);
    const parts = (partiesOf(this.topology, element) ?? []).map((id) => this.network.party(id)).filter((party) => party !== undefined).map((party) => this.ofParty(party, asked));
    return parts.length === 0 ? { is: "no", because: [`${element.id} is nowhere in the network`], missing: [] } : joined(parts, "yes", "no");
  }

  private prepare(direction: Direction, selectors: readonly string[], { services, verdicts }: Condition): Asked {
    const key = JSON.stringify([direction, selectors, services, verdicts]);
    const before = this.asked.get(key);
    if (before !== undefined) return before;
    const others = new Map<Class, Party[]>();
    for (const id of new Set(selectors.flatMap((selector) => [...resolveSelector(this.topology, selector)]))) {
      const party = this.network.party(id);
      if (party === undefined) continue;
      const own = this.network.classOf(party);
      const known = others.get(own);
      if (known === undefined) others.set(own, [party]);
      else known.push(party);
    }
    const words = `${selectors.join(" or ")}${services === undefined ? "" : ` on ${services.join(", ")}`}${verdicts === undefined ? "" : ` (${verdicts.join(" or ")})`}`;
    const asked: Asked = { direction, services: services === undefined ? ANY_SERVICE : parseServices(services), verdicts: verdicts === undefined ? undefined : new Set(verdicts), others, words, known: new Map() };
    this.asked.set(key, asked);
    return asked;
  }

  private ofParty(party: Party, asked: Asked): Judgement {
    const own = this.network.classOf(party);
    const among = asked.others.get(own);
    const key = among?.length === 1 && among[0] === party ? party.id : own;
    const outcome = asked.known.get(key) ?? this.look(party, own, asked);
    asked.known.set(key, outcome);
    return this.told(party, outcome.other === party ? { ...outcome, other: among?.find((one) => one !== party) ?? party } : outcome, asked);
  }

  private look(party: Party, own: Class, asked: Asked): Outcome {
    let open: Outcome | undefined;
    for (const [other, passing] of this.candidates(party, own, asked)) {
      const outcome = this.judge(party, other, passing, asked);
      if (outcome.is === "yes") return outcome;
      if (outcome.is === "unknown") open ??= outcome;
    }
    return open ?? { is: "no", services: NO_SERVICES };
  }

  /** One party of each class that is asked about, with what passes; those between which nothing can may be left out. */
  private *candidates(party: Party, own: Class, { direction, others }: Asked): Generator<readonly [Party, Passing]> {
    const otherThan = (members: readonly Party[] | undefined): Party | undefined => members?.find((one) => one !== party);
    const isMany = others.size > ONE_BY_ONE && direction === "reaches";
    let tried = 0;
    for (const members of others.values()) {
      if (isMany && tried === TRIED_FIRST) break;
      const other = otherThan(members);
      if (other === undefined) continue;
      tried += 1;
      yield [other, direction === "reaches" ? this.network.pair(party.id, other.id) : this.network.pair(other.id, party.id)];
    }
    if (!isMany) return;
    const row: [Party, Passing][] = [];
    this.network.eachAnswer(own, (to, answer) => {
      const other = otherThan(others.get(to));
      if (other !== undefined) row.push([other, answer]);
    });
    yield* row;
  }

  private judge(party: Party, other: Party, { services, oneWay, verdict }: Passing, asked: Asked): Outcome {
    const [from, to] = ends(party, other, asked);
    const passing = intersectServices(unionServices(services, oneWay), asked.services);
    const outcome = (is: Judgement["is"]): Outcome => ({ is, other, services: passing, verdict });
    if (asked.verdicts === undefined || asked.verdicts.has(verdict)) {
      if (passing.length > 0 || (verdict === "unknown" && asked.verdicts !== undefined)) return outcome("yes");
      return outcome(verdict === "unknown" || this.network.missingFor(from, to, asked.services).length > 0 ? "unknown" : "no");
    }
    return outcome(verdict === "unknown" ? "unknown" : "no");
  }

  private told(party: Party, { is, other, services, verdict }: Outcome, asked: Asked): Judgement {
    if (other === undefined) return { is, because: [asked.direction === "reaches" ? `${party.id} reaches nothing of ${asked.words}` : `nothing of ${asked.words} reaches ${party.id}`], missing: [] };
    const [from, to] = ends(party, other, asked);
    const unknown = `whether ${from} reaches ${to} is unknown`;
    if (is === "unknown") return { is, because: [unknown], missing: verdict === "unknown" ? (this.network.pair(from, to).missing ?? []) : this.network.missingFor(from, to, asked.services) };
    const path = (): readonly Hop[] => this.network.trace([from], [to], asked.services).paths[0] ?? [];
    return { is, because: [services.length === 0 ? unknown : `${from} reaches ${to} on ${listServices(services).join(", ")}`], missing: [], services: listServices(services), path };
  }
}

function ends(party: Party, other: Party, { direction }: Asked): readonly [from: string, to: string] {
  return direction === "reaches" ? [party.id, other.id] : [other.id, party.id];
}
