/** What FW-003, FW-004 and FW-007 share: the hygiene of a document's rules, examined once, and how rules are told and mended. */
import type { Rule } from "../model/kinds/forwarder";
import { pointer } from "../model/path";
import { entries, record, type Topology } from "../model/topology";
import { examineDocument, type FilterCollection, type FilterHygiene, type RuleFault } from "../network/hygiene/hygiene";
import type { FixCandidate, Standing } from "./rule";

/** Lists with more rules are examined after the other findings are known, where somebody waits for those. */
const LONG_LIST = 2_000;

class Examination {
  private found: readonly FilterHygiene[] | undefined;
  private readonly steps: Generator<undefined, FilterHygiene[]>;

  constructor(topology: Topology) {
    this.steps = examineDocument(topology);
  }

  get isDone(): boolean {
    return this.found !== undefined;
  }

  /** Does a piece of the work. */
  advance(): void {
    const step = this.steps.next();
    if (step.done === true) this.found = step.value;
  }

  get result(): readonly FilterHygiene[] {
    while (this.found === undefined) this.advance();
    return this.found;
  }
}

const examinations = new WeakMap<Topology, Examination>();

function examinationOf(topology: Topology): Examination {
  let examination = examinations.get(topology);
  if (examination === undefined) examinations.set(topology, (examination = new Examination(topology)));
  return examination;
}

/** The examination in pieces, for documents with a long list of rules; undefined where it is quick or done. Several may share the work. */
export function examineAhead(topology: Topology): Generator<undefined, void, undefined> | undefined {
  const isLong = (["routers", "firewalls", "distributedFirewalls"] as const).some((collection) => entries(topology, collection).some(([, { rules = [] }]) => rules.length > LONG_LIST));
  return isLong && !examinationOf(topology).isDone ? pieces(examinationOf(topology)) : undefined;
}

function* pieces(examination: Examination): Generator<undefined, void, undefined> {
  while (!examination.isDone) {
    examination.advance();
    yield;
  }
}

/** A fault with the filter and the rule that have it. */
export interface Faulty<F extends RuleFault> {
  readonly collection: FilterCollection;
  readonly id: string;
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly rule: Rule;
  readonly fault: F;
}

/** The faults of these kinds, in the order of filters and rules. */
export function faultsOf<K extends RuleFault["kind"]>(topology: Topology, ...kinds: readonly K[]): Faulty<Extract<RuleFault, { kind: K }>>[] {
  const isOne = (fault: RuleFault): fault is Extract<RuleFault, { kind: K }> => (kinds as readonly string[]).includes(fault.kind);
  return examinationOf(topology).result.flatMap(({ collection, id, faults }) => {
    const filter = record(topology, collection, id);
    const rules = filter?.rules ?? [];
    return faults.filter(isOne).flatMap((fault) => {
      const rule = rules[fault.rule];
      return filter === undefined || rule === undefined ? [] : [{ collection, id, name: filter.name, rules, rule, fault }];
    });
  });
}

/** What a finding about the fault says of the rule's place in its list. */
export function standingOf({ rules, fault }: Pick<Faulty<RuleFault>, "rules" | "fault">): Standing {
  return { kind: fault.kind, by: "by" in fault ? fault.by.flatMap((place) => rules[place]?.id ?? []) : [] };
}

/** `rule r2 (allows tenant:a to any, tcp/443)`. */
export function described({ id, action, from, to, services, in: enter, out: leave }: Rule): string {
  const list = (selectors: readonly string[] | undefined): string => (selectors === undefined ? "any" : selectors.length === 0 ? "nobody" : shortened(selectors));
  const way = [...(enter === undefined ? [] : [`in by ${enter}`]), ...(leave === undefined ? [] : [`out by ${leave}`])];
  return `rule ${id} (${action === "allow" ? "allows" : action === "deny" ? "denies" : "rejects"} ${list(from)} to ${list(to)}, ${[services === undefined ? "any" : shortened(services), ...way].join(", ")})`;
}

const MOST_SELECTORS = 4;

function shortened(texts: readonly string[]): string {
  return texts.length > MOST_SELECTORS ? `${texts.slice(0, MOST_SELECTORS).join(", ")} and ${texts.length - MOST_SELECTORS} more` : texts.join(", ");
}

/** So many covering rules are described; all of them are named. */
const MOST_DESCRIBED = 6;

/** Every rule at these places, by id; few are described. */
export function told(rules: readonly Rule[], places: readonly number[]): string {
  const them = places.map((place) => rules[place]).filter((rule) => rule !== undefined);
  const texts = them.length > MOST_DESCRIBED ? them.map(({ id }) => id) : them.map(described);
  const last = texts.at(-1) ?? "";
  return `${them.length > MOST_DESCRIBED ? "rules " : ""}${texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`}`;
}

/** `r1 and r2`, `r1 and 3 others`. */
export function titled(rules: readonly Rule[], places: readonly number[]): string {
  const [first = "", second] = places.map((place) => rules[place]?.id ?? "");
  if (second === undefined) return first;
  return places.length === 2 ? `${first} and ${second}` : `${first} and ${places.length - 1} others`;
}

export function deletion({ collection, id, name, rule, fault }: Faulty<RuleFault>): FixCandidate {
  return { title: `Delete rule ${rule.id} of ${name}`, edits: [{ op: "remove", path: pointer(collection, id, "rules", fault.rule) }] };
}

/** Puts the rule before the one at the place. */
export function moveBefore({ collection, id, name, rules, rule, fault }: Faulty<RuleFault>, place: number): FixCandidate {
  const at = (index: number): string => pointer(collection, id, "rules", index);
  return { title: `Move rule ${rule.id} of ${name} before rule ${rules[place]?.id ?? ""}`, edits: [{ op: "move", from: at(fault.rule), path: at(place) }] };
}
