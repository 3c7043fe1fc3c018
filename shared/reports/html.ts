import { SEVERITIES, type Finding, type Matrix } from "../analysis/result";
import { sealText } from "../diagram/seal";
import type { Audit } from "./audit";
import { pathLine } from "./findings-text";
import { plain } from "./plain";
import { xmlText } from "./xml";

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;color:#1c2430;margin:32px auto;max-width:1080px;padding:0 24px}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px}h3{font-size:15px;margin:0 0 4px}
.meta,.id{color:#5b6675}.id,.path{font:12px/1.5 ui-monospace,monospace}figure{margin:16px 0;border:1px solid #d5dae2;border-radius:8px;overflow:auto}
figure svg{display:block;max-width:100%;height:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:6px 8px;border-bottom:1px solid #e2e6ec;vertical-align:top}
article{border:1px solid #d5dae2;border-left-width:4px;border-radius:6px;padding:12px 16px;margin:12px 0}
article.critical,article.high{border-left-color:#b91c1c}article.medium{border-left-color:#b45309}
@media print{body{margin:0;max-width:none}article{break-inside:avoid}}`;

/** A self-contained page: summary, the diagram (an SVG element, its seal blank), findings, the tenants' matrix. No script, nothing loaded from elsewhere. */
export function html({ report, tenants }: Audit, svg: string): string {
  const { summary } = report;
  const exposed = summary.managementExposedTo.map(text).join(", ");
  const pairs = summary.tenantPairs;
  return sealText(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>${text(report.document.name)}: isolation report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${text(report.document.name)}</h1>
<p class="meta">Analysed ${report.today} with Bulkhead ${text(report.analyzer)}. Document sha256 <span class="id">${report.document.sha256}</span></p>
<p>Tenant pairs: ${pairs.isolated} isolated, ${pairs.permitted} permitted, ${pairs.violating} violating, ${pairs.unknown} unknown. Management is ${exposed === "" ? "exposed to no tenant or external network" : `exposed to ${exposed}`}.</p>
<table><tr>${SEVERITIES.map((severity) => `<th>${severity}</th>`).join("")}<th>accepted</th></tr><tr>${SEVERITIES.map((severity) => `<td>${summary[severity]}</td>`).join("")}<td>${summary.accepted}</td></tr></table>
<h2>Diagram</h2>
<figure>${svg.replace(/^<\?xml[^>]*\?>\s*/, "")}</figure>
<h2>Findings</h2>
${report.findings.length === 0 ? "<p>None.</p>" : report.findings.map(article).join("\n")}
<h2>Who reaches whom</h2>
${matrixTable(tenants)}
<h2>Method and assumptions</h2>
<p>Every ordered pair is judged against guests that control their own addresses, tags and forwarding (${tenants.assume}). Routing tables are taken as complete. Where a field is missing the verdict is unknown, never isolated.</p>
</body>
</html>
`);
}

function article(finding: Finding): string {
  const parts = [`<h3>${finding.accepted ? "accepted" : finding.severity}: ${text(finding.title)}</h3>`, `<p class="id">${text(finding.id)}</p>`, `<p>${text(finding.detail)}</p>`];
  if (finding.path.length > 0) parts.push(`<p class="path">${text(pathLine(finding.path))}</p>`);
  for (const fix of finding.fixes) parts.push(`<p>Fix: ${text(fix.title)}${fix.verified ? " (verified)" : ""}</p>`);
  if (finding.references.length > 0) parts.push(`<p class="meta">${finding.references.map(text).join("; ")}</p>`);
  return `<article class="${finding.accepted ? "accepted" : finding.severity}">${parts.join("")}</article>`;
}

function matrixTable(matrix: Matrix): string {
  if (matrix.pairs.length === 0) return "<p>Nothing passes between tenants.</p>";
  const rows = matrix.pairs.map((pair) => `<tr>${[pair.from, pair.to, pair.verdict, pair.services.join(" "), pair.oneWay.join(" ")].map((value) => `<td>${text(value)}</td>`).join("")}</tr>`);
  return `<table><tr><th>from</th><th>to</th><th>verdict</th><th>services</th><th>one way</th></tr>${rows.join("")}</table>`;
}

function text(value: string): string {
  return xmlText(plain(value));
}
