import type { Evaluation } from "../../analysis/evaluate";
import type { RuleInfo } from "../../rules/rule";

/** What the audit report is made of. */
export interface ReportSource {
  /** Its findings may carry fixes. */
  readonly analysis: Evaluation;
  /** Of the document, lower-case hex. */
  readonly sha256: string;
  /** Version of the analyzer. */
  readonly analyzer: string;
  readonly author?: string;
  /** What the picture shows, which the report is not cut down to; absent: everything, or there is none. */
  readonly scope?: string;
  readonly customRules: readonly RuleInfo[];
}
