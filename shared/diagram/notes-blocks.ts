/** Method, assumptions and accepted risks: what an auditor has to know to trust the picture. */
import type { Assume } from "../analysis/result";
import { BODY, gap, heading, NOTE, paragraph, row, STRONG, stack, type Block } from "./block";
import type { AuditInput } from "./audit-input";

const GUESTS: Readonly<Record<Assume, string>> = {
  hostile: "Guests are taken as hostile: a tenant controls its virtual machines, sets any IP address, any MAC address that the port does not reject and any VLAN tag that it lets through, and forwards between its own adapters.",
  configured: "Guests are taken as configured: addresses, gateways and forwarding are as written in the document. A hostile guest may reach more.",
};

const METHOD: readonly string[] = [
  "Layer 2 is walked frame by frame and direction by direction, over every switch, port group, uplink and trunk, with native and tagged VLANs, private VLANs and isolated ports as the platforms implement them. What is heard without an answer coming back counts as injection.",
  "Layers 3 and 4 follow the ordered rules of every router, firewall and distributed firewall. Routing tables are taken as complete: hosts may use any forwarder of their segment.",
  "Where the document does not say enough, the verdict is unknown, with the field that is missing; never isolated.",
];

export function methodBlocks(input: AuditInput, width: number): Block[] {
  const texts = [GUESTS[input.matrix?.assume ?? "hostile"], ...METHOD, `Dates were judged on ${input.date} (UTC): permitted flows and accepted risks count up to and including their last day.`];
  return [heading("Method and assumptions", width), ...texts.flatMap((text) => [paragraph(text, width, BODY), gap(4)]), paragraph(`SHA-256 of the document: ${input.sha256}`, width, NOTE), gap(12)];
}

/** Every accepted risk of the document, also those that match no finding or have run out. */
export function acceptedBlocks(input: AuditInput, width: number): Block[] {
  const accepted = input.topology.policy?.accept ?? [];
  const found = new Set(input.findings.filter((finding) => finding.accepted).map((finding) => finding.id));
  if (accepted.length === 0) return [heading("Accepted risks", width), paragraph("None.", width, BODY)];
  const columns = [0, 0.34, 0.68, 0.82, 0.92].map((share) => share * width), room = (index: number): number => (columns[index + 1] ?? width) - (columns[index] ?? 0) - 10;
  const cells = (texts: readonly string[], style: typeof BODY): Block => row(texts.map((text, index) => ({ x: columns[index] ?? 0, block: paragraph(text, room(index), style) })));
  return [
    heading("Accepted risks", width),
    { ...cells(["Finding", "Reason", "Owner", "Until", "State"], STRONG), keepWithNext: true },
    ...accepted.map((entry) => stack([cells([entry.finding, entry.reason ?? "–", entry.by ?? "–", entry.until ?? "no end", entry.until !== undefined && entry.until < input.date ? "run out" : found.has(entry.finding) ? "in effect" : "no such finding"], BODY), gap(4)])),
  ];
}
