/** Which findings the list shows, in which groups. Pure. */
import { SEVERITIES, type Finding, type Severity } from "../../shared/analysis/result";

export const GROUPINGS = ["severity", "rule", "place"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Filter {
  /** Severities that are hidden. */
  readonly hidden: ReadonlySet<Severity | "accepted">;
  readonly query: string;
  readonly grouping: Grouping;
}

export interface Group {
  readonly key: string;
  /** Absent: the only group, without a head. */
  readonly title?: string;
  readonly findings: readonly Finding[];
}

/** How many there are of each severity; accepted ones count as that only. */
export function countBySeverity(findings: readonly Finding[]): ReadonlyMap<Severity | "accepted", number> {
  const counts = new Map<Severity | "accepted", number>([...SEVERITIES, "accepted" as const].map((key) => [key, 0]));
  for (const finding of findings) {
    const key = finding.accepted ? "accepted" : finding.severity;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Findings that pass the filter, most severe first in each group; groups in the order of their worst finding. */
export function groupFindings(findings: readonly Finding[], { hidden, query, grouping }: Filter): readonly Group[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const shown = findings.filter((finding) => !hidden.has(finding.accepted ? "accepted" : finding.severity) && matches(finding, words));
  const sorted = [...shown].sort((a, b) => rank(a) - rank(b));
  if (grouping === "severity") return sorted.length === 0 ? [] : [{ key: "all", findings: sorted }];
  const groups = new Map<string, Finding[]>();
  for (const finding of sorted) {
    const key = grouping === "rule" ? finding.rule : placeOf(finding);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [finding]);
    else members.push(finding);
  }
  return [...groups].map(([key, members]) => ({ key, title: key, findings: members }));
}

function rank(finding: Finding): number {
  return (finding.accepted ? SEVERITIES.length : 0) + SEVERITIES.indexOf(finding.severity);
}

function matches(finding: Finding, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [finding.id, finding.title, finding.detail, ...finding.subjects].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What the finding is about: what stands between the rule's id and the place in its own id. */
function placeOf(finding: Finding): string {
  const about = finding.id.slice(finding.rule.length + 1);
  return about.split("@")[0]?.replace("+", " and ").replace(">", " to ") ?? about;
}
