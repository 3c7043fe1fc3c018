import { expect, it } from "vitest";
import { sharedVlan } from "../diagram/testing";
import { reportMarkdown } from "../reports/report-markdown";
import type { ExportFormat } from "./formats";
import { analysed, prepare } from "./order";

const known = analysed({ topology: sharedVlan(), today: "2026-11-23", assume: "hostile", rules: [] });

function reportOf(format: ExportFormat): string {
  const prepared = prepare(known, { source: "-", canonical: false, evidence: false, options: { view: "tenant:tenant-a" } }, format);
  if (prepared === undefined) throw new Error("nothing is shown");
  return reportMarkdown(prepared.report(), "Audit");
}

it("a report is of the whole document whatever its diagram shows, and says so", () => {
  expect(reportOf("pdf")).toMatch(/Scope: whole document\n- Diagram shows: tenant /);
  expect(reportOf("html")).toBe(reportOf("pdf"));
  expect(reportOf("md")).toContain("Scope: whole document");
  expect(reportOf("md")).not.toContain("Diagram shows");
});
