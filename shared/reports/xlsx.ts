import { unzipSync, zipSync } from "fflate";
import writeExcelFile from "write-excel-file/universal";
import { entries } from "../model/topology";
import type { Audit } from "./audit";
import { plain } from "./plain";

/** The earliest time that a ZIP entry can carry: the same document gives the same bytes. */
const EPOCH = new Date(Date.UTC(1980, 0, 1, 12));
const MAX_CELL = 32767;

/** A workbook (Office Open XML) with sheets for findings, who reaches whom, tenants, and the inventory of vNICs. */
export async function xlsx(audit: Audit): Promise<Uint8Array> {
  const sheets = [
    sheet("Findings", ["Id", "Rule", "Severity", "Accepted", "Title", "Subjects", "Detail", "Fix", "References"], audit.report.findings.map((finding) => [
      finding.id, finding.rule, finding.severity, finding.accepted ? "yes" : "no", finding.title, finding.subjects.join(" "), finding.detail, finding.fixes[0]?.title ?? "", finding.references.join("; "),
    ])),
    sheet("Tenants", ["From", "To", "Verdict", "Services", "One way"], audit.tenants.pairs.map((pair) => [pair.from, pair.to, pair.verdict, pair.services.join(" "), pair.oneWay.join(" ")])),
    sheet("Matrix", ["From", "To", "Verdict", "Layer", "Services", "One way"], audit.parties.pairs.map((pair) => [pair.from, pair.to, pair.verdict, String(pair.layer), pair.services.join(" "), pair.oneWay.join(" ")])),
    sheet("Inventory", ["VM", "Tenant", "Hypervisor", "vNIC", "Port group", "MAC", "Addresses"], inventory(audit)),
  ];
  const blob: { arrayBuffer(): Promise<ArrayBuffer> } = await writeExcelFile(sheets).toBlob();
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  return zipSync(Object.fromEntries(Object.keys(files).sort().map((name) => [name, files[name] ?? new Uint8Array()])), { mtime: EPOCH });
}

function inventory({ topology }: Audit): string[][] {
  return entries(topology, "vms").flatMap(([id, vm]) => {
    const nics = Object.entries(vm.nics ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const row = (nic: string, rest: readonly string[]): string[] => [id, vm.tenant ?? "", vm.hypervisor, nic, ...rest];
    return nics.length === 0 ? [row("", ["", "", ""])] : nics.map(([nic, vnic]) => row(nic, [vnic.portGroup ?? "", vnic.mac ?? "", (vnic.addresses ?? []).join(" ")]));
  });
}

function sheet(name: string, header: readonly string[], rows: readonly (readonly string[])[]) {
  const head = header.map((value) => ({ value, fontWeight: "bold" as const }));
  return { sheet: name, stickyRowsCount: 1, data: [head, ...rows.map((row) => row.map((value) => ({ value: plain(value).slice(0, MAX_CELL), type: String })))] };
}
