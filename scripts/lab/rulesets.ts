/** Rules of a document as rulesets of nftables. */
import type { Rule } from "../../shared/model/kinds/forwarder";
import { Members } from "./members";
import type { Station } from "./stations";

/** Which of a firewall's interfaces a packet crosses, as conditions of nftables. */
export type Crossing = (enter: string | undefined, leave: string | undefined) => string | undefined;

/** How a ruleset knows an end itself rather than its address: nftables conditions for packets from some ends to some ends; absent is any. */
export type Identity = (from: readonly Station[] | undefined, to: readonly Station[] | undefined) => string[];

export interface Settings {
  readonly rules: readonly Rule[];
  readonly allows: boolean;
  readonly stateful: boolean;
}

/** A filter that can stop nothing is none: it keeps no state either. */
export function filters({ rules, allows }: Settings): boolean {
  return !allows || rules.some(({ action, enabled }) => action !== "allow" && enabled !== false);
}

export class Rulesets {
  constructor(private readonly members: Members, private readonly stations: readonly Station[]) {}

  /** The lines of a chain, first match first, the default action last. */
  chain(settings: Settings, crossing: Crossing, identity: Identity | undefined): string[] {
    const lines = settings.stateful ? ["ct state established,related accept", "meta l4proto tcp ct state invalid drop"] : [];
    for (const rule of settings.rules) {
      if (rule.enabled === false) continue;
      const crosses = crossing(rule.in, rule.out);
      if (crosses === undefined) continue;
      const verdict = rule.action === "allow" ? "accept" : "drop";
      for (const ends of this.ends(rule, identity)) for (const service of services(rule.services)) lines.push([crosses, ends, service, verdict].filter((part) => part !== "").join(" "));
    }
    lines.push(settings.allows ? "accept" : "drop");
    return lines;
  }

  private ends({ from, to }: Rule, identity: Identity | undefined): string[] {
    const sources = this.side(from, "saddr", identity !== undefined);
    const targets = this.side(to, "daddr", identity !== undefined);
    return sources.flatMap((source) => targets.flatMap((target) => {
      const addresses = [source, target].map((side) => (typeof side === "string" ? side : "")).filter((text) => text !== "").join(" ");
      const ends = [source, target].map((side) => (typeof side === "string" ? undefined : side));
      const [first, second] = ends;
      if (identity === undefined || (first === undefined && second === undefined)) return [addresses];
      return identity(first, second).map((text) => `${text} ${addresses}`.trim());
    }));
  }

  /** Alternatives: a condition by address, or ends themselves. */
  private side(selectors: readonly string[] | undefined, side: "saddr" | "daddr", byIdentity: boolean): (string | Station[])[] {
    if (selectors === undefined) return [""];
    return selectors.flatMap((selector): (string | Station[])[] => {
      if (!byIdentity || !Members.isIdentity(selector)) return this.members.byAddress(selector, side);
      const named = this.members.named(selector, this.stations);
      return named.length === 0 ? [] : [named];
    });
  }
}

function services(list: readonly string[] | undefined): string[] {
  if (list === undefined) return [""];
  return list.map((text) => {
    const [protocol = "", ports] = text.split("/");
    if (text === "any") return "";
    return ports === undefined ? `meta l4proto ${protocol}` : `${protocol} dport ${ports}`;
  });
}

/** Guests write who speaks to whom into the type-of-service byte, four bits each. */
export function byServiceType(all: readonly Station[]): Identity {
  return (from = all, to = all) => [`@nh,8,8 { ${from.flatMap((a) => to.map((b) => (a.index << 4) | b.index)).join(", ")} }`];
}
