/** A list of rules as the hygiene of rules sees it: two sets of points, services, and the interfaces between which each counts. */
import type { Rule } from "../../model/kinds/forwarder";
import { parseServices, type ServiceSet } from "../../model/services";
import { Groups } from "./groups";
import { Sides, type Side } from "./sides";
import type { RuleSpace } from "./space";

/** What rules know of the device that they are of. A distributed firewall has no interfaces. */
export interface Device {
  readonly interfaces: readonly string[];
  /** Joins its interfaces: nothing leaves by the one that it came in by. */
  readonly transparent: boolean;
}

export interface Item {
  /** Its place in the list. */
  readonly index: number;
  readonly allows: boolean;
  readonly from: Side;
  readonly to: Side;
  readonly services: ServiceSet;
  readonly in: string | undefined;
  readonly out: string | undefined;
}

/** Where a rule has nothing to match. */
export type Emptiness = "from" | "to" | "services" | "interfaces";

export interface EmptyItem {
  readonly index: number;
  readonly where: Emptiness;
}

export interface RuleList {
  readonly device: Device;
  readonly sides: Sides;
  /** The rules that count and match something, in order. */
  readonly items: readonly Item[];
  /** The enabled rules that match nothing. */
  readonly empty: readonly EmptyItem[];
  readonly sources: Groups;
  readonly targets: Groups;
}

export function readList(rules: readonly Rule[], device: Device, space: RuleSpace): RuleList {
  const sides = new Sides(space);
  const any = sides.of(undefined);
  const items: Item[] = [];
  const empty: EmptyItem[] = [];
  const services = new Map<string, ServiceSet>();
  for (const [index, rule] of rules.entries()) {
    if (rule.enabled === false) continue;
    const key = rule.services?.join() ?? "any";
    const set = services.get(key) ?? parseServices(rule.services);
    services.set(key, set);
    const item: Item = { index, allows: rule.action === "allow", from: sides.of(rule.from), to: sides.of(rule.to), services: set, in: rule.in, out: rule.out };
    const where = emptinessOf(item, device, sides);
    if (where === undefined) items.push(item);
    else empty.push({ index, where });
  }
  const used = (field: "from" | "to"): Side[] => [...new Set(items.map((item) => item[field]))].filter((side) => !side.any).sort((a, b) => a.id - b.id);
  return { device, sides, items, empty, sources: new Groups(used("from"), any, space.size), targets: new Groups(used("to"), any, space.size) };
}

function emptinessOf(item: Item, device: Device, sides: Sides): Emptiness | undefined {
  if (sides.isEmpty(item.from)) return "from";
  if (sides.isEmpty(item.to)) return "to";
  if (item.services.length === 0) return "services";
  return crossingsOf(device, item, []).length === 0 ? "interfaces" : undefined;
}

/** The interface by which a packet comes in, and the one by which it leaves; undefined is any that no rule in question names. */
export interface Crossing {
  readonly enter: string | undefined;
  readonly leave: string | undefined;
}

/** The ways through the device that the item matches and that it or the others tell apart, those that the fewest name first. */
export function crossingsOf({ interfaces, transparent }: Device, item: Pick<Item, "in" | "out">, others: readonly Pick<Item, "in" | "out">[]): Crossing[] {
  const named = new Set([item, ...others].flatMap((one) => [one.in, one.out]).filter((local) => local !== undefined));
  const unnamed = interfaces.filter((local) => !named.has(local)).length;
  // A device without interfaces is not drawn to the end.
  const rest: (string | undefined)[] = unnamed > 0 || interfaces.length === 0 ? [undefined] : [];
  const ways = (fixed: string | undefined): readonly (string | undefined)[] => (fixed === undefined ? [...rest, ...named] : [fixed]);
  const returns = (enter: string | undefined, leave: string | undefined): boolean => transparent && enter === leave && (enter !== undefined || unnamed === 1);
  return ways(item.in).flatMap((enter) => ways(item.out).filter((leave) => !returns(enter, leave)).map((leave) => ({ enter, leave })));
}

/** Whether the item counts for packets that cross so. */
export function crosses(item: Pick<Item, "in" | "out">, { enter, leave }: Crossing): boolean {
  return (item.in === undefined || item.in === enter) && (item.out === undefined || item.out === leave);
}

/** Whether some packet's way through the device is one of both items. */
export function shareCrossing(device: Device, a: Pick<Item, "in" | "out">, b: Pick<Item, "in" | "out">): boolean {
  return crossingsOf(device, a, [b]).some((crossing) => crosses(b, crossing));
}

/** Whether the first counts wherever the second does. */
export function coversCrossing(device: Device, outer: Pick<Item, "in" | "out">, inner: Pick<Item, "in" | "out">): boolean {
  if ((outer.in === undefined || outer.in === inner.in) && (outer.out === undefined || outer.out === inner.out)) return true;
  return crossingsOf(device, inner, [outer]).every((crossing) => crosses(outer, crossing));
}
