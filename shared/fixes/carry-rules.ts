/** Rules that a fix leaves behind: where their parties have moved to another interface they go along, else they decide nothing any more and go. */
import { diffTopologies } from "../model/diff";
import type { Rule } from "../model/kinds/forwarder";
import { resolveSelector } from "../model/members";
import { record, type Topology } from "../model/topology";
import type { Evaluation } from "../analysis/evaluate";
import type { Edit } from "../analysis/result";
import { isAnyBehind } from "../rules/behind";
import { filterRef, type FilterRef } from "../rules/remedy/filter-rule";
import { Board } from "../rules/remedy/board";

interface Left {
  readonly filter: FilterRef;
  readonly rule: Rule;
}

/**
 * Sets of edits from `before` that do what `after` did and leave no rule behind that was of use: first those that carry the rules
 * along, then those that delete them. Empty where `after` leaves none behind.
 */
export function carryRules(before: Evaluation, after: Evaluation): Edit[][] {
  const left = leftBehind(before, after);
  if (left.length === 0) return [];
  return [true, false].map((carrying) => {
    const board = new Board(after.topology);
    for (const { filter, rule } of left) {
      const carried = carrying ? carriedRule(after, filter, rule) : undefined;
      const rules = record(board.topology, filter.collection, filter.id)?.rules ?? [];
      board.set([filter.collection, filter.id, "rules"], rules.flatMap((one) => (one.id !== rule.id ? [one] : carried === undefined ? [] : [carried])));
    }
    return diffTopologies(before.topology, board.topology);
  });
}

/** The rules that match nothing, or decide nothing, after the fix and not before it. */
function leftBehind(before: Evaluation, after: Evaluation): Left[] {
  const was = new Set(before.findings.map(({ id }) => id));
  return after.findings.filter(({ id, rule }) => rule === "FW-007" && !was.has(id)).flatMap(({ id, subjects: [owner = ""] }) => {
    const filter = filterRef(after.topology, owner);
    const kind = after.drafts.get(id)?.standing?.kind;
    const rule = filter === undefined ? undefined : record(after.topology, filter.collection, owner)?.rules?.find((one) => id === `FW-007:${owner}/${one.id}`);
    return filter === undefined || rule === undefined || (kind !== "empty" && kind !== "unreachable") ? [] : [{ filter, rule }];
  });
}

/** The rule at the interfaces behind which its parties are now; undefined where that is not one for each side. */
function carriedRule({ topology, network }: Evaluation, { collection, id }: FilterRef, rule: Rule): Rule | undefined {
  if (collection === "distributedFirewalls" || (rule.in === undefined && rule.out === undefined)) return undefined;
  const interfaces = Object.keys(record(topology, collection, id)?.interfaces ?? {});
  const place = (local: string | undefined, selectors: readonly string[] | undefined): string | undefined => {
    const parties = partiesOf(topology, selectors);
    if (local === undefined || parties.size === 0 || isAnyBehind(network.layer2, parties, id, local)) return local;
    const [only, ...others] = interfaces.filter((one) => isAnyBehind(network.layer2, parties, id, one));
    return others.length === 0 ? only : undefined;
  };
  const [enter, leave] = [place(rule.in, rule.from), place(rule.out, rule.to)];
  if ((rule.in !== undefined && enter === undefined) || (rule.out !== undefined && leave === undefined)) return undefined;
  const { in: _in, out: _out, ...rest } = rule;
  return { ...rest, ...(enter === undefined ? {} : { in: enter }), ...(leave === undefined ? {} : { out: leave }) };
}

function partiesOf(topology: Topology, selectors: readonly string[] | undefined): ReadonlySet<string> {
  return new Set((selectors ?? []).flatMap((selector) => [...resolveSelector(topology, selector)]));
}
