/** Which findings the list shows, in which groups and under which root causes. Pure. */
import { SEVERITIES, type Finding, type Severity } from "../../shared/analysis/result";
import { rootCauses, type RootCause } from "../../shared/analysis/root-causes";
import type { Topology } from "../../shared/model/topology";
import { parties } from "./finding-parties";

/** `cause` folds what one change mends, and what follows from it, into one row; the others list every finding. */
export const GROUPINGS = ["cause", "rule", "parties", "place", "none"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Filter {
  /** Severities that are hidden. */
  readonly hidden: ReadonlySet<Severity | "accepted">;
  readonly query: string;
  readonly grouping: Grouping;
  /** Root causes that are unfolded; while something is searched for, those that are folded. */
  readonly toggled: ReadonlySet<string>;
}

/** What is folded into a row. */
export interface Fold {
  /** Of the root cause. */
  readonly id: string;
  readonly open: boolean;
  /** Other findings that the same change mends. */
  readonly alike: number;
  /** Findings that follow from these. */
  readonly following: number;
  /** The worst of all that is folded in. */
  readonly worst: Severity;
}

export interface Row {
  readonly finding: Finding;
  readonly level: 1 | 2;
  /** Counted from 1, among those of its level under the same thing. */
  readonly place: number;
  readonly of: number;
  readonly fold?: Fold;
  /** The finding in whose row it can be folded. */
  readonly parent?: Finding;
  /** It follows from the root cause; the others of level 2 have it in common. */
  readonly follows?: boolean;
}

export interface Group {
  readonly key: string;
  /** Absent: the only group, without a head. */
  readonly title?: string;
  readonly rows: readonly Row[];
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

/** Findings that pass the filter, most severe first in each group; groups and root causes in the order of their worst finding. */
export function groupFindings(findings: readonly Finding[], filter: Filter, topology: Topology): readonly Group[] {
  const { hidden, query, grouping } = filter;
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const shown = findings.filter((finding) => !hidden.has(finding.accepted ? "accepted" : finding.severity) && matches(finding, words));
  if (shown.length === 0) return [];
  const sorted = [...shown].sort((a, b) => rank(a) - rank(b));
  if (grouping === "cause") return [{ key: "all", rows: causeRows(rootCauses(sorted), filter) }];
  if (grouping === "none") return [{ key: "all", rows: flat(sorted) }];
  const keyOf = grouping === "rule" ? ({ rule }: Finding) => rule : grouping === "place" ? placeOf : (finding: Finding) => parties(finding, topology);
  const groups = new Map<string, Finding[]>();
  for (const finding of sorted) {
    const key = keyOf(finding);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [finding]);
    else members.push(finding);
  }
  return [...groups].map(([key, members]) => ({ key, title: key, rows: flat(members) }));
}

function flat(findings: readonly Finding[]): Row[] {
  return findings.map((finding, index) => ({ finding, level: 1, place: index + 1, of: findings.length }));
}

function causeRows(causes: readonly RootCause[], { query, toggled }: Filter): Row[] {
  return causes.flatMap(({ id, findings, consequences }, index): Row[] => {
    const [first, ...alike] = findings;
    const top = { finding: first, level: 1, place: index + 1, of: causes.length } as const;
    const inside = [...alike, ...consequences];
    if (inside.length === 0) return [top];
    const open = (query !== "") !== toggled.has(id);
    const fold: Fold = { id, open, alike: alike.length, following: consequences.length, worst: worstOf([first, ...inside]) };
    const children = inside.map((finding, at): Row => ({ finding, level: 2, place: at + 1, of: inside.length, parent: first, follows: at >= alike.length }));
    return [{ ...top, fold }, ...(open ? children : [])];
  });
}

/** The root cause that is folded with a finding in it; undefined where the finding is in sight, or hidden by the filter. */
export function foldedIn(groups: readonly Group[], findings: readonly Finding[], id: string): string | undefined {
  const rows = groups.flatMap((group) => group.rows);
  if (rows.some((row) => row.finding.id === id)) return undefined;
  const cause = rootCauses(findings).find((each) => [...each.findings, ...each.consequences].some((finding) => finding.id === id));
  return rows.find(({ fold }) => fold !== undefined && fold.id === cause?.id && !fold.open)?.fold?.id;
}

function worstOf(findings: readonly Finding[]): Severity {
  return SEVERITIES[Math.min(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))] ?? "info";
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
