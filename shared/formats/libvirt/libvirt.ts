/**
 * libvirt domain, network and nwfilter XML, as `virsh dumpxml`, `net-dumpxml` and `nwfilter-dumpxml` print them; several in one
 * file, or wrapped in another element, are read too. All sources of one call are taken as one host.
 * Source: https://libvirt.org/formatdomain.html, formatnetwork.html, formatnwfilter.html.
 */
import type { ImportProblem, ImportResult, Importer, SourceFile } from "../importer";
import { Tally } from "../tally";
import { child, parseXml, type XmlElement } from "../xml";
import { readDomain } from "./domain";
import { Inventory } from "./inventory";
import { readNetwork, type NetworkPorts } from "./network";
import { FilterSet } from "./nwfilter";

interface Found {
  readonly file: string;
  readonly element: XmlElement;
}

const KINDS = ["domain", "network", "filter"] as const;

export const libvirtImporter: Importer = { label: "libvirt XML", extensions: [".xml"], read: importLibvirt };

/** Reads domains, networks and filters into one document. Refuses only what is not XML, or holds none of the three. */
export function importLibvirt(files: readonly SourceFile[]): ImportResult {
  const problems: ImportProblem[] = [];
  const found: Record<(typeof KINDS)[number], Found[]> = { domain: [], network: [], filter: [] };
  const tally = new Tally();
  for (const file of files) {
    const parsed = parseXml(file.text);
    if (parsed.ok) for (const root of parsed.roots) collect(root, file.name, found, tally);
    else problems.push({ source: parsed.line === undefined ? file.name : `${file.name}:${parsed.line}`, message: parsed.message, expected: "XML that virsh dumpxml, net-dumpxml or nwfilter-dumpxml prints" });
  }
  if (problems.length === 0 && KINDS.every((kind) => found[kind].length === 0)) {
    problems.push({ source: files[0]?.name ?? "sources", message: "no <domain>, <network> or <filter> in it", expected: "XML that virsh dumpxml, net-dumpxml or nwfilter-dumpxml prints" });
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, ...build(found, tally) };
}

/** Test drivers and exports wrap the elements; snapshots inside a domain are past states and left alone. */
function collect(element: XmlElement, file: string, found: Record<(typeof KINDS)[number], Found[]>, tally: Tally): void {
  const kind = KINDS.find((name) => name === element.name && (name === "filter" ? element.attributes.has("name") : child(element, "name") !== undefined));
  if (kind !== undefined) found[kind].push({ file, element });
  else if (element.name === "domainsnapshot") tally.ignored("domainsnapshot");
  else if (element.children.length === 0) tally.ignored(element.name);
  else for (const inner of element.children) collect(inner, file, found, tally);
}

function build(found: Record<(typeof KINDS)[number], Found[]>, tally: Tally): { topology: ReturnType<Inventory["topology"]>; report: ReturnType<Tally["report"]> } {
  const inventory = new Inventory(tally);
  const filters = new FilterSet(found.filter, inventory);
  const networks = new Map<string, NetworkPorts>();
  for (const { element, file } of found.network) {
    const name = child(element, "name")?.text ?? "network";
    if (networks.has(name)) tally.notUnderstood(file, element.line, `a second network named ${name}; the first is used`);
    else networks.set(name, readNetwork(element, name, file, inventory));
  }
  for (const { element, file } of found.domain) readDomain(element, file, { inventory, networks, filters });
  filters.emit();
  tally.notAssessed("host: the XML does not name the host it is from; all sources are taken as one");
  tally.notAssessed("patch level, memory sharing of the host and administration: not in libvirt's XML");
  return { topology: inventory.topology(), report: tally.report() };
}
