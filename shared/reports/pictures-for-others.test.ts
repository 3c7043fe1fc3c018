/** Formats that other programs read: what their own readers ask of a file. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { analyze } from "../analysis/analyze";
import { findingsReport } from "../analysis/findings-json";
import { buildScene } from "../diagram/scene";
import { parseTopology } from "../model/parse";
import { matrixOf } from "../network/network";
import { RULES } from "../rules/index";
import type { Audit } from "./audit";
import { dot } from "./dot";
import { drawio } from "./drawio";
import { mermaid } from "./mermaid";
import { oscal } from "./oscal";
import { plain } from "./plain";
import { HOSTILE } from "./testing";
import { xlsx } from "./xlsx";

const parsed = parseTopology(readFileSync(join(import.meta.dirname, "../../assets/samples/flawed-scenario.bulkhead.json")));
if (!parsed.ok) throw new Error("the sample is refused");
const topology = { ...parsed.topology, name: HOSTILE, vms: { ...parsed.topology.vms, odd: { name: HOSTILE, hypervisor: "esx-1" } } };
const analysis = analyze(topology, { today: "2026-11-23" }), scene = buildScene(topology), report = findingsReport(analysis);
const audit: Audit = { topology, report, scene, tenants: matrixOf(analysis.network, "tenant"), parties: matrixOf(analysis.network, "vm") };

describe("draw.io", () => {
  const document = new DOMParser({ onError: (level, message) => { if (level !== "warning") throw new Error(message); } }).parseFromString(drawio(scene, topology.name), "text/xml");
  const cells = [...document.getElementsByTagName("mxCell")], byId = new Map(cells.map((cell): [string | null, Element] => [cell.getAttribute("id"), cell]));

  it("shows what would steer a reader as it is written, as DOT and Mermaid do: no name turns the words around it", () => {
    const turned = buildScene({ ...topology, vms: { ...topology.vms, odd: { name: "a\u202ecba", hypervisor: "esx-1" } } });
    expect(drawio(turned, "a\u2066b")).toContain("a\\u202ecba");
    expect(drawio(turned, "a\u2066b")).not.toMatch(/[\u202e\u2066]/);
  });

  it("has the two cells that every model begins with, and a parent before each child", () => {
    expect(cells.slice(0, 2).map((cell) => [cell.getAttribute("id"), cell.getAttribute("parent")])).toEqual([["0", null], ["1", "0"]]);
    cells.slice(1).forEach((cell) => {
      const parent = byId.get(cell.getAttribute("parent"));
      expect(parent !== undefined && cells.indexOf(parent) < cells.indexOf(cell)).toBe(true);
    });
  });

  it("keeps containers: what is inside stands in a cell that is one, within its bounds", () => {
    const inside = cells.filter((cell) => cell.getAttribute("vertex") === "1" && cell.getAttribute("parent") !== "1");
    expect(inside.length).toBeGreaterThan(8);
    const size = (cell: Element | undefined, name: string): number => Number(cell?.getElementsByTagName("mxGeometry").item(0)?.getAttribute(name));
    for (const cell of inside) {
      const parent = byId.get(cell.getAttribute("parent"));
      expect(parent?.getAttribute("style")).toContain("container=1;");
      expect(size(cell, "x") >= 0 && size(cell, "x") + size(cell, "width") <= size(parent, "width")).toBe(true);
    }
  });

  it("keeps cables: edges from shape to shape, one for each of the picture", () => {
    const edges = cells.filter((cell) => cell.getAttribute("edge") === "1");
    expect(edges.length).toBe(scene.cables.length);
    for (const edge of edges) for (const end of ["source", "target"]) expect(byId.get(edge.getAttribute(end))?.getAttribute("vertex")).toBe("1");
  });
});

describe("DOT", () => {
  it("is read by Graphviz, whatever names are", ({ skip }) => {
    const read = spawnSync("dot", ["-Tplain"], { input: dot(scene, topology.name), encoding: "utf8" });
    if (read.error !== undefined) skip("Graphviz (dot) is not installed");
    expect([read.status, read.stderr]).toEqual([0, ""]);
    expect(read.stdout.match(/^edge /gm)?.length).toBe(scene.cables.length);
  });
});

describe("Mermaid", () => {
  it("opens and closes every subgraph, names nodes by number and leaves no character that would end a label", () => {
    const lines = mermaid(scene).trim().split("\n");
    expect(lines.filter((line) => /^ *subgraph /.test(line)).length).toBe(lines.filter((line) => /^ *end$/.test(line)).length);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ *(subgraph n\d+\["[^"<>`|]*"\]|end|n\d+\["[^"<>`|]*"\]|n\d+ (---|-\.-)(\|"[^"<>`|]*"\|)? n\d+)$/);
  });
});

describe("OSCAL", () => {
  const results = (JSON.parse(oscal(report, RULES)) as { "assessment-results": { uuid: string; "import-ap": { href: string }; "back-matter": { resources: { uuid: string; title: string; description: string }[] }; results: { observations: { uuid: string; collected: string }[]; findings: { uuid: string; target: { "target-id": string; status: { state: string } }; "related-observations": { "observation-uuid": string }[] }[]; "reviewed-controls": { "control-selections": { "include-controls": { "control-id": string }[] }[] } }[] } })["assessment-results"], [result] = results.results;
  const { "import-ap": plan, "back-matter": { resources } } = results;

  it("has UUIDs of the form that its schema asks for, each once", () => {
    const ids = [results.uuid, ...resources.map(({ uuid }) => uuid), ...(result?.observations ?? []).map(({ uuid }) => uuid), ...(result?.findings ?? []).map(({ uuid }) => uuid)];
    for (const id of ids) expect(id).toMatch(/^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("finds the plan that it imports in itself: the document that was assessed", () => {
    expect(resources.map(({ uuid, title }) => [`#${uuid}`, title])).toEqual([[plan.href, plain(report.document.name)]]);
    expect(resources[0]?.description).toContain(report.document.sha256);
  });

  it("has a finding with a target and its observation for each, and the controls that rules refer to", () => {
    const known = new Set(result?.observations.map(({ uuid }) => uuid));
    expect(result?.findings.length).toBe(report.findings.length);
    for (const finding of result?.findings ?? []) {
      expect(finding.target["target-id"]).toMatch(/^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$/u);
      expect(finding.target.status.state).toBe("not-satisfied");
      expect(finding["related-observations"].every((each) => known.has(each["observation-uuid"]))).toBe(true);
    }
    const controls = result?.["reviewed-controls"]["control-selections"][0]?.["include-controls"].map((control) => control["control-id"]) ?? [];
    expect(controls).toEqual(expect.arrayContaining(["sc-7", "sc-7.21", "ac-4"]));
    expect(controls.filter((control) => !/^[a-z]{2}-\d+(\.\d+)?$/.test(control))).toEqual([]);
  });
});

describe("XLSX", () => {
  it("has a sheet each for findings, tenants, matrix, inventory and rules, with every finding, and the same bytes twice", async () => {
    const bytes = await xlsx(audit, RULES), files = unzipSync(bytes), text = (name: string): string => new TextDecoder().decode(files[name]);
    expect([...text("xl/workbook.xml").matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name)).toEqual(["Findings", "Tenants", "Matrix", "Inventory", "Rules"]);
    const strings = Object.keys(files).map(text).join("\n");
    for (const { id } of report.findings) expect(strings).toContain(id.replaceAll("&", "&amp;").replaceAll(">", "&gt;"));
    expect(Buffer.from(await xlsx(audit, RULES)).equals(Buffer.from(bytes))).toBe(true);
  });

  it("prints each sheet as wide as the paper with its head on every page, filters by its head, wraps what is long, and counts in numbers", async () => {
    const files = unzipSync(await xlsx(audit, RULES)), text = (name: string): string => new TextDecoder().decode(files[name]), findings = text("xl/worksheets/sheet1.xml");
    const elements = [...findings.matchAll(/<(sheetPr|sheetViews|cols|sheetData|autoFilter|pageSetup|headerFooter)[ >]/gu)].map(([, name]) => name);
    expect(elements).toEqual(["sheetPr", "sheetViews", "cols", "sheetData", "autoFilter", "pageSetup", "headerFooter"]);
    expect(findings).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(findings).toContain(`<autoFilter ref="A1:K${report.findings.length + 1}"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`);
    expect(text("xl/workbook.xml")).toContain(`<definedName name="_xlnm.Print_Titles" localSheetId="4">'Rules'!$1:$1</definedName>`);
    expect(text("xl/styles.xml")).toMatch(/<alignment[^>]*vertical="top"[^>]*wrapText="1"|<alignment[^>]*wrapText="1"[^>]*vertical="top"/u);
    expect(findings).toMatch(/<row r="2" ht="\d+/u);
    expect(findings).toMatch(/<c r="A2"[^>]*><v>1<\/v>/u);
    for (const name of Object.keys(files).filter((each) => each.endsWith(".xml"))) expect(new DOMParser().parseFromString(text(name), "text/xml").documentElement).not.toBeNull();
  });

  it("has the same bytes in every time zone", async () => {
    const own = process.env.TZ, made: string[] = [];
    for (const zone of ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"]) {
      process.env.TZ = zone;
      made.push(Buffer.from(await xlsx(audit, RULES)).toString("base64"));
    }
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
    expect(new Set(made).size).toBe(1);
  });
});
