/** The two sides of a filter rule as sets of parties, and whether the policy asks for as much. */
import { parseCidr } from "../model/address";
import type { Rule } from "../model/kinds/forwarder";
import { resolveSelector } from "../model/members";
import { coversServices, parseServices, type ServiceSet } from "../model/services";
import type { Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import { partiesBehind } from "./behind";
import { crowdOf, type Crowd } from "./crowd";
import { currentIntents } from "./intents";

/** One selector, or the parties behind an interface where no selector narrows them. */
interface Part {
  readonly members: ReadonlySet<string>;
}

export interface RuleSide {
  /** Everybody: no selector, or one that means all, and no interface that narrows it. */
  readonly any: boolean;
  readonly parts: readonly Part[];
  readonly crowd: Crowd;
}

interface Entry {
  readonly from: ReadonlySet<string> | undefined;
  readonly to: ReadonlySet<string> | undefined;
  readonly services: ServiceSet;
}

/** Answers for all rules of a document; repeated selectors cost once. */
export class RuleSides {
  private readonly sides = new Map<string, RuleSide>();
  private entries: readonly Entry[] | undefined;

  constructor(private readonly topology: Topology, private readonly network: Network) {}

  from(device: string, rule: Rule): RuleSide {
    return this.side(device, rule.from, rule.in);
  }

  to(device: string, rule: Rule): RuleSide {
    return this.side(device, rule.to, rule.out);
  }

  /** Whether policy entries that count today permit all that the rule does: each from-selector to each to-selector, all services. */
  covered(from: RuleSide, to: RuleSide, services: ServiceSet): boolean {
    const entries = (this.entries ??= this.readPolicy());
    return from.parts.every((source) => to.parts.every((target) =>
      entries.some((entry) => coversServices(entry.services, services) && within(source.members, entry.from) && within(target.members, entry.to))));
  }

  private side(device: string, selectors: readonly string[] | undefined, local: string | undefined): RuleSide {
    const open = selectors === undefined || selectors.some(meansAll);
    const key = open && local !== undefined ? `${device}/${local}` : open ? "any" : `= ${selectors.join(" ")}`;
    let side = this.sides.get(key);
    if (side === undefined) this.sides.set(key, (side = this.makeSide(device, open ? undefined : selectors, local)));
    return side;
  }

  private makeSide(device: string, selectors: readonly string[] | undefined, local: string | undefined): RuleSide {
    const { topology, network } = this;
    const parts: Part[] = selectors !== undefined ? selectors.map((text) => ({ members: resolveSelector(topology, text) }))
      : [{ members: local === undefined ? resolveSelector(topology, "any") : partiesBehind(network.layer2, device, local) }];
    const all = parts.length === 1 ? parts[0]?.members : new Set(parts.flatMap(({ members }) => [...members]));
    return { any: selectors === undefined && local === undefined, parts, crowd: crowdOf(topology, network, all ?? []) };
  }

  private readPolicy(): Entry[] {
    const members = (selectors: readonly string[] | undefined): ReadonlySet<string> | undefined =>
      selectors === undefined || selectors.some(meansAll) ? undefined : new Set(selectors.flatMap((text) => [...resolveSelector(this.topology, text)]));
    return currentIntents(this.topology, this.network.today).map(({ from, to, services }) => ({ from: members(from), to: members(to), services: parseServices(services) }));
  }
}

const shared = new WeakMap<Network, RuleSides>();

/** The answers for a network, shared by the rules that ask for them. */
export function ruleSidesOf(topology: Topology, network: Network): RuleSides {
  let sides = shared.get(network);
  if (sides === undefined) shared.set(network, (sides = new RuleSides(topology, network)));
  return sides;
}

/** Whether what goes from the one side to the other crosses a boundary of tenants, or comes to management from others. */
export function crossesBoundary({ crowd: from }: RuleSide, { crowd: to }: RuleSide): boolean {
  const betweenTenants = from.tenants.size > 0 && to.tenants.size > 0 && (from.tenants.size > 1 || to.tenants.size > 1 || ![...to.tenants].every((tenant) => from.tenants.has(tenant)));
  return betweenTenants || (to.management.size > 0 && (from.vms > 0 || from.externals.size > 0));
}

/** `any`, or a block of all addresses. */
export function meansAll(selector: string): boolean {
  return selector === "any" || (selector.startsWith("cidr:") && parseCidr(selector.slice("cidr:".length))?.prefix === 0);
}

/** Whether `outer` (absent: everybody) holds all members. */
function within(members: ReadonlySet<string>, outer: ReadonlySet<string> | undefined): boolean {
  if (outer === undefined) return true;
  if (members.size > outer.size) return false;
  for (const member of members) if (!outer.has(member)) return false;
  return true;
}
