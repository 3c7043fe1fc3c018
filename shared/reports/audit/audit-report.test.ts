import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fontkit from "@cantoo/fontkit";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { analyze } from "../../analysis/analyze";
import { SECTION_IDS, type Piece, type Report } from "../../diagram/report";
import { applyEdits } from "../../model/edit";
import { parseTopology } from "../../model/parse";
import type { Topology } from "../../model/topology";
import { matrixOf } from "../../network/network";
import { cluster } from "../../diagram/testing";
import { reportHtml } from "../report-html";
import { reportMarkdown } from "../report-markdown";
import { HOSTILE } from "../testing";
import { auditReport } from "./audit-report";

const font = (name: string): Uint8Array => new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${name}.ttf`)));
const INTER = { regular: font("400Regular/Inter_400Regular"), semibold: font("600SemiBold/Inter_600SemiBold") };

function charactersOf(file: Uint8Array): ReadonlySet<number> {
  const opened = fontkit.create(file);
  if (!("characterSet" in opened)) throw new Error("a collection");
  return new Set(opened.characterSet);
}

function sample(name: string): Topology {
  const parsed = parseTopology(readFileSync(join(import.meta.dirname, `../../../assets/samples/${name}.bulkhead.json`)));
  if (!parsed.ok) throw new Error(name);
  return parsed.topology;
}

function reportOf(topology: Topology): Report {
  const analysis = analyze(topology, { today: "2026-11-23" });
  return auditReport({ analysis, sha256: "ab".repeat(32), analyzer: "1.0.0", author: "A. Auditor", customRules: [] }, { tenants: matrixOf(analysis.network, "tenant"), parties: matrixOf(analysis.network, "vm") });
}

/** Every text of a piece, in order. */
function texts(piece: Piece): string[] {
  switch (piece.kind) {
    case "text": case "subhead": return [piece.text];
    case "list": return [...piece.items];
    case "facts": return piece.facts.flatMap(({ label, text }) => [label, text]);
    case "table": return piece.rows.length === 0 ? [piece.none] : [...piece.columns.map(({ title }) => title), ...piece.rows.flat()];
    case "entry": return [piece.title, piece.id, piece.detail, ...piece.facts.map(({ text }) => text), ...piece.commands];
    case "matrix": return piece.groups.groups.map(({ name }) => name);
    case "picture": return [];
  }
}

function section(report: Report, id: string): string {
  return report.sections.find((each) => each.id === id)?.pieces.flatMap(texts).join("\n") ?? "";
}

const flawed = reportOf(sample("flawed-scenario"));

describe("the audit report", () => {
  it("says in its scope which letters no font has, in every format", () => {
    const topology = cluster(1, 2), report = reportOf({ ...topology, vms: { ...topology.vms, ge: { name: "ვები", hypervisor: "esx-1" } } });
    expect(section(report, "scope")).toContain("Letters without a font\nGeorgian in the name of ge. In PDF and PNG each is a box");
    expect(reportMarkdown(report, "Audit")).toContain("Letters without a font: Georgian in the name of ge.");
    expect(section(flawed, "scope")).not.toContain("without a font");
  });

  it("breaks no short word of a table in HTML, such as a rule's id", () => {
    const html = reportHtml(flawed, "Audit", "<svg/>", INTER), head = html.slice(html.indexOf('<section id="catalogue">')).match(/<thead>.*?<\/thead>/u)?.[0] ?? "";
    expect(head).toContain('<th scope="col" style="min-width:7ch">Rule</th><th scope="col" style="min-width:8ch">Severity</th>');
    expect(head).toContain('min-width:14ch">References</th>');
  });

  it("has every section, in order", () => {
    expect(flawed.sections.map(({ id }) => id)).toEqual(SECTION_IDS);
  });

  it("says in the summary how it came out and what to mend first, each change once", () => {
    const summary = section(flawed, "summary");
    for (const expected of ["2 tenant pairs violate isolation", "exposed to Office users, Tenant A, Tenant B", "Tenant A and Tenant B share the segment"]) expect(summary).toContain(expected);
    expect(summary.match(/into a management VLAN/g)).toHaveLength(1);
  });

  it("tells every finding with its number, place, path, fix, commands and standards", () => {
    const { findings } = analyze(sample("flawed-scenario"), { today: "2026-11-23" });
    const entries = flawed.sections.flatMap(({ pieces }) => pieces.filter((piece) => piece.kind === "entry"));
    expect(entries.map(({ number, id }) => [number, id])).toEqual(findings.map(({ id }, index) => [index + 1, id]));
    const shared = entries.find(({ id }) => id.startsWith("NET-001:"));
    expect(shared?.facts.map(({ label }) => label)).toEqual(["Where", "Path", "Services", "Leads to", "Fix", "Standards"]);
    expect(shared?.commands.join("\n")).toMatch(/esxcli|as for no/);
  });

  it("proves isolation by the places that stop each pair", () => {
    const proof = section(reportOf(sample("isolated-scenario")), "isolation");
    expect(proof).toContain("2 ordered pairs of tenants are isolated");
    expect(proof).toMatch(/Tenant A → Tenant B\ntenant-b-1 hears VLAN 120 only, not VLAN 110/);
  });

  it("lists accepted risks with owner and state, what is in the network, and the controls of standards", () => {
    const topology = sample("flawed-scenario");
    const accepting = reportOf({ ...topology, policy: { ...topology.policy, accept: [{ finding: "VM-001:a-web", by: "A. Owner", reason: "Until March", until: "2027-03-31" }, { finding: "VM-001:a-db", until: "2026-01-01" }, { finding: "VM-001:nobody" }] } });
    expect(section(accepting, "accepted")).toMatch(/VM-001:a-web\nUntil March\nA\. Owner\n2027-03-31\nin effect\n\d+\nVM-001:a-db\n–\n–\n2026-01-01\nrun out\n–\nVM-001:nobody\n–\n–\nno end\nno such finding/);
    expect(section(flawed, "inventory")).toContain("a-db\na-db\nVM\ntenant-a\neth0\n10.1.0.102/24\n00:50:56:00:00:66\n100\nprod-2\nesx-2\nhost-2");
    expect(section(flawed, "standards")).toMatch(/SC-7\(21\)\n[^\n]*NET-001/);
    expect(section(flawed, "attack")).toContain("a-db → b-app by network (NET-001)");
  });

  it("says what is not known: to the manager, with the pairs that it concerns, and never as a proof", () => {
    const topology = sample("isolated-scenario"), [id = ""] = Object.keys(topology.uplinks ?? {}), report = reportOf(applyEdits(topology, [{ op: "remove", path: `/uplinks/${id}/port` }]));
    expect(section(report, "summary")).toContain("The document leaves open 1 field on which verdicts rest");
    expect(section(report, "unknown")).toContain(`Internet → Tenant A\n$.uplinks.${id}.port`);
    expect(section(report, "isolation")).toMatch(/Tenant A → Tenant B\n.*denies outbound by default/);
    expect(section(report, "isolation")).not.toContain("does not say");
    expect(section(reportOf(topology), "summary")).not.toContain("leaves open");
  });

  it("says what was assumed, and by whose default, not only that a field is absent", () => {
    const unknown = section(flawed, "unknown"), { findings } = analyze(sample("flawed-scenario"), { today: "2026-11-23" });
    const number = findings.findIndex(({ id }) => id === "MDL-005:hosts.bmc") + 1;
    expect(number).toBeGreaterThan(0);
    expect(unknown).toContain(`\n${number}\nhosts.bmc\n2\nunknown (a server usually has an out-of-band controller, and none is drawn)\nMGT-009`);
    expect(section(reportOf(cluster(1, 2)), "unknown")).toMatch(/\nvms\.guest\.dragAndDrop\n2\noff \(ESXi's default[^\n]*\)\nVM-001\n/);
  });

  it("never says that nobody reaches management where nobody looked, or where nobody can tell", () => {
    const topology = sample("isolated-scenario"), [hypervisor = ""] = Object.keys(topology.hypervisors ?? {});
    expect(section(reportOf(topology), "summary")).toContain("Nobody reaches the management of the hypervisors beyond the policy.");
    const { managementInterfaces, ...unmanaged } = topology;
    expect(Object.keys(managementInterfaces ?? {})).not.toEqual([]);
    const bare = reportOf({ ...unmanaged, policy: {}, hosts: Object.fromEntries(Object.entries(topology.hosts ?? {}).map(([id, { bmc: _, ...host }]) => [id, host])) });
    for (const id of ["summary", "matrix"]) {
      expect(section(bare, id)).toContain("no management interface and no BMC: who reaches the management of the hypervisors was not judged");
      expect(section(bare, id)).not.toContain("Nobody reaches");
    }
    const one = reportOf({ ...topology, managementInterfaces: Object.fromEntries(Object.entries(managementInterfaces ?? {}).filter(([, each]) => each.hypervisor !== hypervisor)) });
    expect(section(one, "summary")).toContain("1 hypervisor has no management interface in the document and was not judged.");
    const [id = ""] = Object.keys(topology.uplinks ?? {}), open = section(reportOf(applyEdits(topology, [{ op: "remove", path: `/uplinks/${id}/port` }])), "summary");
    expect(open).toMatch(/Nobody is certain to reach the management of the hypervisors beyond the policy\. Of .+ it cannot be decided because data is missing\./);
  });

  it("of a document without tenants says that there are none, not that none is isolated", () => {
    expect(section(reportOf({ format: "bulkhead/1", name: "Empty" }), "isolation")).toBe("There are no two tenants to keep apart.");
  });

  it("stays bounded: what is left out is counted", () => {
    const large = reportOf(cluster(40, 40, 90));
    expect(section(large, "isolation")).toContain("8010 ordered pairs of tenants are isolated");
    expect(section(large, "isolation")).toMatch(/79\d\d more isolated pairs are not traced here/);
    const inventory = large.sections.find(({ id }) => id === "inventory")?.pieces[0];
    expect(inventory).toMatchObject({ kind: "table", more: { count: 600 } });
  }, 120_000);
});

describe("its writers", () => {
  it("say the same: every text of the structure is in the page and in the wiki text", () => {
    const wanted = flawed.sections.flatMap(({ title, pieces }) => [title, ...pieces.flatMap(texts)]).filter((text) => text !== "");
    const html = reportHtml(flawed, "Audit", "<svg/>", INTER), page = new DOMParser().parseFromString(html.slice(html.indexOf("<body>"), html.indexOf("</html>")), "text/xml").documentElement?.textContent ?? "";
    const markdown = reportMarkdown(flawed, "Audit").replace(/\\(?=[^a-z])/g, "");
    expect(wanted.filter((text) => !page.includes(text))).toEqual([]);
    expect(wanted.filter((text) => !markdown.includes(text))).toEqual([]);
  });

  it("bring every letter of the page that Inter has, apostrophes and what else is escaped too", () => {
    const html = reportHtml(flawed, "Audit", "<svg/>", INTER), shown = new DOMParser().parseFromString(html.slice(html.indexOf("<body>"), html.indexOf("</html>")), "text/xml").documentElement?.textContent ?? "";
    const inter = charactersOf(INTER.regular), wanted = [...new Set(shown)].filter((character) => inter.has(character.codePointAt(0) ?? 0));
    expect(wanted).toContain("'");
    const faces = [...html.matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(([, data = ""]) => charactersOf(Buffer.from(data, "base64")));
    expect(faces).toHaveLength(2);
    for (const face of faces) expect(wanted.filter((character) => !face.has(character.codePointAt(0) ?? 0))).toEqual([]);
  });

  it("let wide tables scroll inside the page, which itself never does", () => {
    const html = reportHtml(flawed, "Audit", "<svg/>", INTER);
    expect(html.match(/<table/g)?.length).toBeGreaterThan(5);
    expect(html.match(/<div class="wide"><table/g)?.length).toBe(html.match(/<table/g)?.length);
  });

  it("are not led astray by names", () => {
    const topology = sample("flawed-scenario"), hostile = reportOf({ ...topology, name: HOSTILE, tenants: { ...topology.tenants, "tenant-a": { name: HOSTILE } } });
    const html = reportHtml(hostile, HOSTILE, "<svg/>", INTER), markdown = reportMarkdown(hostile, HOSTILE);
    expect(html).not.toMatch(/<b>|\u001b/);
    // Between fences nothing is markup.
    expect(markdown.replace(/^```[^]*?^```$/gm, "")).not.toMatch(/(?<!\\)<b|\u001b/);
    expect(markdown).toContain("\\<b\\>");
  });
});
