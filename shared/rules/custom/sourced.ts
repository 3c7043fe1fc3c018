import type { IsolationRule } from "../rule";
import { toIsolationRule } from "./custom-rule";
import type { CustomRule } from "./schema";

/** A rule as its file writes it, and which file that is. */
export interface SourcedRule {
  readonly source: string;
  readonly rule: CustomRule;
}

export function isolationRules(rules: readonly SourcedRule[]): readonly IsolationRule[] {
  return rules.map(({ rule, source }) => toIsolationRule(rule, source));
}
