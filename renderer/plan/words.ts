/** What a plan changes, in numbers and words. Pure. */
import type { PlanProgress } from "../../shared/fixes/plan";
import { managementVerdict, type ManagementView } from "../../shared/reports/management-verdict";
import { SEVERITIES, type PlanStep, type Summary } from "../../shared/analysis/result";

export interface Comparison {
  readonly label: string;
  readonly before: number;
  readonly after: number;
  /** More is better: isolated pairs. */
  readonly rising: boolean;
}

/** Findings by severity, then ordered pairs of tenants; what is nothing before and after is left out, but for the worst of each. */
export function compareSummaries(before: Summary, after: Summary): readonly Comparison[] {
  const severities = SEVERITIES.map((severity) => ({ label: severity, before: before[severity], after: after[severity], rising: false }));
  const pairs = (["isolated", "violating", "unknown"] as const).map((verdict) => ({
    label: `${verdict} tenant pairs`, before: before.tenantPairs[verdict], after: after.tenantPairs[verdict], rising: verdict === "isolated",
  }));
  return [...severities, ...pairs].filter((row) => row.before + row.after > 0 || row.label === "critical" || row.label === "high");
}

/** "better", "worse" or "same". */
export function trend({ before, after, rising }: Comparison): "better" | "worse" | "same" {
  if (before === after) return "same";
  return after > before === rising ? "better" : "worse";
}

const MOST_NAMES = 6;

/** Who reaches the management of the hypervisors beyond the policy, and of whom that is unknown, by name. */
export function managementWords(summary: Summary, view: ManagementView, name: (id: string) => string): string {
  const named = (ids: readonly string[]): string[] => [...ids.slice(0, MOST_NAMES).map(name), ...(ids.length > MOST_NAMES ? [`${ids.length - MOST_NAMES} more`] : [])];
  return managementVerdict({ ...summary, managementExposedTo: named(summary.managementExposedTo) }, { ...view, undecidedFor: named(view.undecidedFor) }).text;
}

/** How far a plan has come. */
export function progressWords({ tried, steps, wanted, open }: PlanProgress): string {
  const count = (of: number, one: string): string => `${of.toLocaleString("en")} ${one}${of === 1 ? "" : "s"}`;
  return `${count(tried, "change")} tried · ${count(steps, "step")} found · ${open.toLocaleString("en")} of ${count(wanted, "critical or high finding")} still open`;
}

/** Why a plan has no step. */
export function emptyPlanWords({ critical, high }: Summary): string {
  const open = critical + high;
  if (open === 0) return "Nothing critical or high is open. Lesser findings have their fixes in the findings panel.";
  return `${open} critical or high ${open === 1 ? "finding is" : "findings are"} open, but no change to the document closes ${open === 1 ? "it" : "them"} without breaking a required flow or opening something as severe: it takes a person's decision. See the evidence of each in the findings panel.`;
}

/** Commands for one device in a row become one block, to be copied at once. */
export function joinCommands(commands: PlanStep["commands"]): PlanStep["commands"] {
  const blocks: { platform: string; on: string; text: string }[] = [];
  for (const { platform, on, text } of commands) {
    const last = blocks.at(-1);
    if (last?.platform === platform && last.on === on) last.text += `\n${text}`;
    else blocks.push({ platform, on, text });
  }
  return blocks;
}
