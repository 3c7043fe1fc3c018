/** The tables of an audit, which a workbook has as sheets and CSV one by one. */
import type { RuleInfo } from "../rules/rule";
import type { Audit } from "./audit";
import { INVENTORY_COLUMNS, inventoryRows } from "./audit/inventory";
import { csv } from "./csv";
import { pathLine } from "./findings-text";
import { plain } from "./plain";

export interface WorkbookSheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns whose cells are numbers. */
  readonly numbers?: readonly string[];
}

/** Findings, who reaches whom, tenants, the inventory of adapters, and the rules. */
export function workbookSheets(audit: Audit, rules: readonly RuleInfo[]): readonly WorkbookSheet[] {
  const { findings } = audit.report;
  return [
    { name: "Findings", numbers: ["No."], head: ["No.", "Id", "Rule", "Severity", "Accepted", "Title", "Subjects", "Detail", "Path", "Fix", "References"], rows: findings.map((finding, index) => [
      String(index + 1), finding.id, finding.rule, finding.severity, finding.accepted ? "yes" : "no", finding.title, finding.subjects.join(" "), finding.detail, pathLine(finding.path), finding.fixes[0]?.title ?? "", finding.references.join("; "),
    ]) },
    { name: "Tenants", head: ["From", "To", "Verdict", "Services", "One way"], rows: audit.tenants.pairs.map((pair) => [pair.from, pair.to, pair.verdict, pair.services.join(" "), pair.oneWay.join(" ")]) },
    { name: "Matrix", head: ["From", "To", "Verdict", "Layer", "Frames", "Services", "One way", "Missing"], rows: audit.parties.pairs.map((pair) => [pair.from, pair.to, pair.verdict, String(pair.layer), pair.frames ?? "", pair.services.join(" "), pair.oneWay.join(" "), (pair.missing ?? []).join(" ")]) },
    { name: "Inventory", head: INVENTORY_COLUMNS, rows: inventoryRows(audit.topology) },
    { name: "Rules", numbers: ["Findings"], head: ["Rule", "Severity", "What it finds", "Findings", "Fires when", "Fix", "References"], rows: rules.map(({ id, severity, title, condition, fix, references }) => [id, severity, title, String(findings.filter(({ rule }) => rule === id).length), condition, fix, references.join("; ")]) },
  ];
}

/** One of the sheets as CSV, complete. */
export function tableCsv(audit: Audit, rules: readonly RuleInfo[], table: string): string {
  const sheet = workbookSheets(audit, rules).find(({ name }) => name.toLowerCase() === table);
  return sheet === undefined ? "" : csv([sheet.head, ...sheet.rows.map((row) => row.map(plain))]);
}
