/** In which order findings are listed, and how severities compare. */
import { compareIds } from "../model/topology";
import { SEVERITIES, type Finding, type Severity } from "./result";

/** 0 for critical up to 4 for info. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Whether `a` is as severe as `b` or more. */
export function atLeast(a: Severity, b: Severity): boolean {
  return severityRank(a) <= severityRank(b);
}

/** The most severe first, then by id. */
export function compareFindings(a: Pick<Finding, "severity" | "id">, b: Pick<Finding, "severity" | "id">): number {
  return severityRank(a.severity) - severityRank(b.severity) || compareIds(a.id, b.id);
}
