/** The formats of an export as people choose among them. */

/** What can be said about a file; a format heeds some of it. */
export type Setting = "view" | "colours" | "paper" | "scale" | "author" | "evidence" | "day" | "table";

export interface FormatInfo {
  readonly title: string;
  /** Ending of the file's name. */
  readonly ending: string;
  /** In one sentence, what it is for. */
  readonly what: string;
  readonly heeds: readonly Setting[];
}

const PICTURE: readonly Setting[] = ["view", "colours", "author", "day", "evidence"];

export const FORMATS = {
  svg: { title: "SVG", ending: "svg", what: "The diagram with title block, legend and numbered findings, as vectors.", heeds: PICTURE },
  png: { title: "PNG", ending: "png", what: "The diagram with title block, legend and numbered findings, as pixels.", heeds: [...PICTURE, "scale"] },
  pdf: { title: "PDF", ending: "pdf", what: "The audit file on paper: the diagram, in tiles where it is large, then the report.", heeds: [...PICTURE, "paper"] },
  html: { title: "HTML", ending: "html", what: "The report with its diagram as one page for a browser: no script, nothing loaded from elsewhere.", heeds: PICTURE },
  md: { title: "Markdown", ending: "md", what: "The report without the diagram, for a wiki.", heeds: ["author", "day"] },
  csv: { title: "CSV", ending: "csv", what: "One table for a spreadsheet.", heeds: ["day", "table"] },
  xlsx: { title: "Excel", ending: "xlsx", what: "A workbook: findings, tenants, matrix, inventory and rules.", heeds: ["day"] },
  json: { title: "JSON", ending: "findings.json", what: "The findings for programs, as bulkhead check prints them.", heeds: ["day"] },
  sarif: { title: "SARIF", ending: "sarif", what: "SARIF 2.1.0 for code scanning.", heeds: ["day"] },
  junit: { title: "JUnit", ending: "junit.xml", what: "A test case a finding, for a pipeline's test report.", heeds: ["day"] },
  oscal: { title: "OSCAL", ending: "oscal.json", what: "OSCAL 1.1.2 assessment results for GRC tools.", heeds: ["day"] },
  drawio: { title: "draw.io", ending: "drawio", what: "Shapes, containers and cables to go on drawing with.", heeds: ["view"] },
  dot: { title: "Graphviz", ending: "dot", what: "Containers as clusters, cables as edges: a DOT file.", heeds: ["view"] },
  mermaid: { title: "Mermaid", ending: "mmd", what: "A flowchart for Markdown pages.", heeds: ["view"] },
} as const satisfies Readonly<Record<string, FormatInfo>>;

export type ExportFormat = keyof typeof FORMATS;
export const EXPORT_FORMATS = Object.keys(FORMATS) as readonly ExportFormat[];

/** Formats that belong together, in the order in which they are offered. */
export const FORMAT_GROUPS: readonly { readonly title: string; readonly formats: readonly ExportFormat[] }[] = [
  { title: "Diagram", formats: ["pdf", "svg", "png"] },
  { title: "Report", formats: ["html", "md"] },
  { title: "Tables", formats: ["xlsx", "csv"] },
  { title: "Data", formats: ["json", "sarif", "junit", "oscal"] },
  { title: "To draw on", formats: ["drawio", "dot", "mermaid"] },
];

export function heeds(format: ExportFormat, setting: Setting): boolean {
  const { heeds: heeded }: FormatInfo = FORMATS[format];
  return heeded.includes(setting);
}

/** The tables of a workbook, which CSV has one by one. */
export const TABLES = ["findings", "tenants", "matrix", "inventory", "rules"] as const;
export type TableName = (typeof TABLES)[number];
