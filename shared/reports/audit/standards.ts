/** Which controls of which standard the rules look at, by the references that were verified, and what they found. */
import type { Finding } from "../../analysis/result";
import { table, type Piece, type Section } from "../../diagram/report";
import { RULES } from "../../rules/index";
import type { RuleInfo } from "../../rules/rule";
import type { ReportSource } from "./source";
import { names } from "./words";

interface Standard {
  readonly title: string;
  readonly prefix: RegExp;
  /** A control in one item of a reference. */
  readonly control: RegExp;
}

const STANDARDS: readonly Standard[] = [
  { title: "PCI DSS 4.0.1, segmentation and configuration", prefix: /^PCI DSS 4\.0\.1 /, control: /\bA?\d+(?:\.\d+)+\b/ },
  { title: "NIST SP 800-53 Revision 5", prefix: /^NIST SP 800-53r5 /, control: /\b[A-Z]{2}-\d+(?:\(\d+\))?/ },
  { title: "DISA STIG", prefix: /^DISA STIG /, control: /(?:[A-Z0-9]+-[A-Z0-9]+-\d{6} \(V-\d+\)|V-\d+)/ },
];
const MOST_ROWS = 400;

export function standardsSection({ analysis: { findings }, customRules }: ReportSource): Section {
  const rules = [...RULES, ...customRules];
  const pieces = STANDARDS.flatMap((standard): Piece[] => [
    { kind: "subhead", text: standard.title },
    table([{ title: "Control", share: 2.4 }, { title: "Rules", share: 3 }, { title: "Findings", share: 1.6 }, { title: "By number", share: 3 }], rowsOf(standard, rules, findings), "No rule refers to it.", MOST_ROWS, "bulkhead rules lists them"),
  ]);
  return {
    id: "standards", title: "Coverage of standards", pieces: [
      { kind: "text", text: "The controls that rules refer to, of those references that were verified. No finding means that these rules found nothing in this document; it does not mean that the control is met, which asks for more than a network's design." },
      ...pieces,
    ],
  };
}

function rowsOf({ prefix, control }: Standard, rules: readonly RuleInfo[], findings: readonly Finding[]): string[][] {
  const found = new Map<string, Set<string>>();
  for (const { id, references } of rules) {
    for (const reference of references.filter((each) => prefix.test(each))) {
      for (const item of reference.replace(prefix, "").split(", ")) {
        const name = control.exec(item)?.[0];
        if (name !== undefined) found.set(name, (found.get(name) ?? new Set()).add(id));
      }
    }
  }
  return [...found].sort(([a], [b]) => inOrder(a, b)).map(([name, ids]) => {
    const numbers = findings.flatMap(({ rule, accepted }, index) => (ids.has(rule) && !accepted ? [String(index + 1)] : [])), accepted = findings.filter((finding) => finding.accepted && ids.has(finding.rule)).length;
    return [name, [...ids].join(", "), `${numbers.length === 0 ? "none" : `${numbers.length} open`}${accepted === 0 ? "" : `, ${accepted} accepted`}`, names(numbers, 10)];
  });
}

/** `SC-7(5)` before `SC-7(12)`, `1.3.1` before `11.4.5`. */
function inOrder(a: string, b: string): number {
  const parts = (text: string): string => text.replace(/\d+/g, (digits) => digits.padStart(8, "0"));
  return parts(a) < parts(b) ? -1 : 1;
}

export function catalogueSection({ analysis: { findings }, customRules }: ReportSource): Section {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return {
    id: "catalogue", title: "Appendix: rules that were used", pieces: [table(
      [{ title: "Rule", share: 0.9 }, { title: "Severity", share: 0.9 }, { title: "What it finds", share: 4 }, { title: "Findings", share: 0.8 }, { title: "References", share: 5 }],
      [...RULES, ...customRules].map(({ id, severity, title, references }) => [id, severity, title, String(counts.get(id) ?? 0), references.join("; ")]), "", 1000, "bulkhead rules lists them",
    )],
  };
}
