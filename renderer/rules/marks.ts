/** What findings say about the rules of a filter, as marks in the list. Pure. */
import type { Finding, Severity } from "../../shared/analysis/result";
import type { Standing } from "../../shared/rules/rule";
import { ruleOfFinding } from "../actions/rules";

export interface Mark {
  readonly severity: Severity;
  /** "shadowed by r1, r2". */
  readonly words: string;
  readonly finding: string;
  /** Ids of the rules that make it so. */
  readonly by: readonly string[];
}

export interface Marks {
  /** By rule id; the most severe where there are several. */
  readonly byRule: ReadonlyMap<string, Mark>;
  /** Of the default action. */
  readonly byDefault: Mark | undefined;
}

/**
 * Marks of what is not accepted. A rule with exceptions before it is how lists are written and gets none.
 *
 * @param findings sorted, most severe first
 */
export function marksOf(findings: readonly Finding[], standings: Readonly<Record<string, Standing>>, filter: string): Marks {
  const byRule = new Map<string, Mark>();
  let byDefault: Mark | undefined;
  for (const finding of findings) {
    if (finding.accepted || !finding.rule.startsWith("FW-") || finding.subjects[0] !== filter) continue;
    const standing = standings[finding.id];
    const rule = ruleOfFinding(finding);
    if (standing?.kind === "general") continue;
    const mark: Mark = { severity: finding.severity, words: standing === undefined ? shortTitle(finding) : wordsOf(standing), finding: finding.id, by: standing?.by ?? [] };
    if (rule !== undefined && !byRule.has(rule)) byRule.set(rule, mark);
    if (finding.rule === "FW-001") byDefault = mark;
  }
  return { byRule, byDefault };
}

function wordsOf({ kind, by }: Standing): string {
  const others = by.length > 3 ? `${by.slice(0, 2).join(", ")} and ${by.length - 2} more` : by.join(", ");
  switch (kind) {
    case "shadowed": return `shadowed by ${others}`;
    case "redundant": return `redundant after ${others}`;
    case "superseded": return `redundant before ${others}`;
    case "unreachable": return `never decides: ${others}`;
    case "correlated": return `order matters with ${others}`;
    case "general": return `has exceptions: ${others}`;
    case "empty": return "matches nothing";
    case "unanswered": return "lets nothing back";
  }
}

/** The title without the names of filter and rule, which stand beside it. */
function shortTitle({ title }: Finding): string {
  return title.replace(/^[^:]*: (?:rule \S+ )?/, "");
}
