/** The audit report: one structure for paper, browser and wiki. */
import type { Matrix } from "../../analysis/result";
import { ordered, type Report } from "../../diagram/report";
import { attackSection } from "./attack";
import { findingsSection } from "./findings";
import { inventorySection } from "./inventory";
import { isolationSection } from "./isolation";
import { matrixSection } from "./matrix";
import { acceptedSection, unknownSection } from "./risks";
import type { ReportSource } from "./source";
import { catalogueSection, standardsSection } from "./standards";
import { methodSection, scopeSection, summarySection } from "./summary";

/** @param matrices who reaches whom, by tenant and by VM */
export function auditReport(source: ReportSource, matrices: { readonly tenants: Matrix; readonly parties: Matrix }): Report {
  return {
    sections: ordered([
      summarySection(source), scopeSection(source), { id: "diagram", title: "Diagram", pieces: [{ kind: "picture" }] }, matrixSection(source, matrices.parties), findingsSection(source), isolationSection(source),
      attackSection(source), acceptedSection(source), unknownSection(source, matrices.tenants.pairs.filter(({ verdict }) => verdict === "unknown")), methodSection(source), standardsSection(source), inventorySection(source), catalogueSection(source),
    ]),
  };
}
