import { SEVERITIES, type Finding, type FindingsReport, type Severity } from "../analysis/result";
import { pathLine } from "./findings-text";
import { xmlText as text } from "./xml";

/** Whether a finding fails a gate at `failOn`; an accepted one never does. */
export function failsAt(finding: Finding, failOn: Severity | "none"): boolean {
  return failOn !== "none" && !finding.accepted && SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(failOn);
}

/** JUnit XML: a test suite a document, a test case a finding, failed where it is at or above `failOn`, else skipped. */
export function findingsJunit(reports: readonly FindingsReport[], failOn: Severity | "none"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bulkhead">\n${reports.map((report) => suite(report, failOn)).join("")}</testsuites>\n`;
}

function suite(report: FindingsReport, failOn: Severity | "none"): string {
  const failures = report.findings.filter((finding) => failsAt(finding, failOn)).length;
  const cases = report.findings.length === 0 ? `    <testcase classname="bulkhead" name="no findings"/>\n` : report.findings.map((finding) => testcase(finding, failOn)).join("");
  const tests = Math.max(1, report.findings.length);
  return `  <testsuite name="${text(report.document.name)}" tests="${tests}" failures="${failures}" skipped="${report.findings.length - failures}" errors="0">\n${cases}  </testsuite>\n`;
}

function testcase(finding: Finding, failOn: Severity | "none"): string {
  const body = failsAt(finding, failOn)
    ? `<failure type="${finding.severity}" message="${text(finding.title)}">${text(failureText(finding))}</failure>`
    : `<skipped message="${text(`${finding.accepted ? "accepted" : finding.severity}: ${finding.title}`)}"/>`;
  return `    <testcase classname="${text(finding.rule)}" name="${text(finding.id)}">${body}</testcase>\n`;
}

function failureText(finding: Finding): string {
  const lines = [finding.detail];
  if (finding.path.length > 0) lines.push(`Path: ${pathLine(finding.path)}`);
  for (const fix of finding.fixes) lines.push(`Fix: ${fix.title}`);
  return lines.join("\n");
}
