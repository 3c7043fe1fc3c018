/** The audit report: one structure for paper, browser and wiki. */
import type { Matrix } from "../../analysis/result";
import { groupMatrix } from "../../diagram/group-matrix";
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

/** @param matrices who reaches whom, by tenant, and by VM: there management and external networks have their rows too */
export function auditReport(source: ReportSource, { tenants, parties }: { readonly tenants: Matrix; readonly parties: Matrix }): Report {
  const groups = groupMatrix(source.analysis.topology, parties);
  return {
    sections: ordered([
      summarySection(source, groups), scopeSection(source), { id: "diagram", title: "Diagram", pieces: [{ kind: "picture" }] }, matrixSection(source, groups), findingsSection(source), isolationSection(source),
      attackSection(source), acceptedSection(source), unknownSection(source, tenants, groups), methodSection(source), standardsSection(source), inventorySection(source), catalogueSection(source),
    ]),
  };
}
