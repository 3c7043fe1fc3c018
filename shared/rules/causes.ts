/** Findings of other rules that a parent finding is the consequence of. */
import { compareIds } from "../model/topology";
import { SEVERITIES, type Hop, type Severity } from "../analysis/result";
import { groupBy } from "./group-by";
import { listed } from "./phrase";
import { pathOf, type Draft, type RuleContext } from "./rule";

/** A finding of another rule that makes up a part of this one. */
export interface Cause {
  readonly id: string;
  readonly draft: Draft;
  readonly severity: Severity;
}

export function drafts(earlier: RuleContext["earlier"], rule: keyof typeof OWN_SEVERITY): Cause[] {
  return (earlier.get(rule) ?? []).map((draft) => ({ id: `${rule}:${draft.key}`, draft, severity: draft.severity ?? OWN_SEVERITY[rule] }));
}

/** What the rules of the causes say where a draft of theirs does not. */
const OWN_SEVERITY = { "NET-001": "critical", "NET-002": "high", "MGT-001": "critical", "MGT-002": "critical", "MGT-007": "high", "MGT-009": "high", "RES-001": "high", "RES-005": "medium", "VM-001": "medium", "VM-002": "high" } as const;

/** As severe as the worst cause, at least high; without a cause of its own a reach is what the rule says: critical. */
export function inherited(causes: readonly Cause[]): Severity {
  if (causes.length === 0) return "critical";
  const worst = Math.min(...causes.map((cause) => SEVERITIES.indexOf(cause.severity)));
  return worst === 0 ? "critical" : "high";
}

export function witness(causes: readonly Cause[]): readonly Hop[] {
  for (const { draft } of causes) {
    const path = pathOf(draft);
    if (path.length > 0) return path;
  }
  return [];
}

export function because(causes: readonly Cause[]): string {
  return causes.length === 0 ? "" : ` Caused by ${listed(causes.map((cause) => cause.id))}.`;
}

export function distinct(causes: readonly Cause[]): Cause[] {
  return [...new Map(causes.map((cause) => [cause.id, cause])).values()];
}

/** The findings that say how the network joins two tenants, or one to very many. */
export class NetworkCauses {
  private readonly shared: ReadonlyMap<string, readonly Cause[]>;
  private readonly routed: ReadonlyMap<string, Cause>;
  private readonly byTenant = new Map<string, Cause[]>();

  constructor(earlier: RuleContext["earlier"]) {
    const [shared, routed] = [drafts(earlier, "NET-001"), drafts(earlier, "NET-002")];
    this.shared = groupBy(shared, ({ draft }) => pairOf(draft));
    this.routed = new Map(routed.map((cause) => [cause.draft.key, cause]));
    for (const cause of [...shared, ...routed]) {
      for (const tenant of pairOf(cause.draft).split(/[+>]/)) {
        const found = this.byTenant.get(tenant) ?? [];
        this.byTenant.set(tenant, found);
        found.push(cause);
      }
    }
  }

  ofPair(from: string, to: string): Cause[] {
    const [a, b] = compareIds(from, to) < 0 ? [from, to] : [to, from];
    const routed = [`${a}>${b}`, `${b}>${a}`].map((key) => this.routed.get(key));
    return [...(this.shared.get(`${a}+${b}`) ?? []), ...routed.filter((cause) => cause !== undefined)];
  }

  /** Its own; or, where others reach it and very many besides, theirs. */
  ofCrowd(tenant: string, others: ReadonlySet<string>): readonly Cause[] {
    const own = this.byTenant.get(tenant) ?? [];
    return own.length > 0 ? own : [...others].sort(compareIds).map((other) => this.routed.get(`${other}>*`)).filter((cause) => cause !== undefined);
  }
}

function pairOf({ key }: Draft): string {
  return key.split("@")[0] ?? key;
}
