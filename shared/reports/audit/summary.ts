/** The first page: what a manager reads in a minute; and what was looked at, when and how. */
import { SEVERITIES, type Assume, type Finding, type Summary } from "../../analysis/result";
import { rootCauses } from "../../analysis/root-causes";
import type { GroupMatrix } from "../../diagram/group-matrix";
import type { Piece, Section } from "../../diagram/report";
import { resultOf } from "../../diagram/title-block";
import { UNKNOWN_TITLE, unknownLetters } from "../../diagram/unknown-letters";
import { COLLECTIONS, entries } from "../../model/topology";
import { managementWords } from "./management";
import type { ReportSource } from "./source";
import { counted, names } from "./words";

const MOST_FIRST = 5;

export function summarySection(source: ReportSource, groups: GroupMatrix): Section {
  const { analysis: { topology, summary, findings, today, network } } = source, missing = network.missingFields.size, pairs = summary.tenantPairs, total = pairs.isolated + pairs.permitted + pairs.violating + pairs.unknown;
  const accepted = (topology.policy?.accept ?? []).filter(({ until }) => until !== undefined && until < today).length;
  const sentences = [
    total === 0 ? "The document has fewer than two tenants, so there is nothing to isolate from one another." : `Of ${counted(total, "ordered pair")} of tenants ${pairWords(summary)}.`,
    managementWords(topology, summary, groups),
    ...(missing === 0 ? [] : [`The document leaves open ${counted(missing, "field")} on which verdicts rest: “What is not known” lists them, and whom they concern.`]),
    findings.length === 0 ? "No rule found anything." : `${counted(findings.length - summary.accepted, "finding")} ${findings.length - summary.accepted === 1 ? "is" : "are"} open${summary.accepted === 0 ? "" : ` and ${summary.accepted} accepted`}${accepted === 0 ? "" : `; ${counted(accepted, "acceptance")} ${accepted === 1 ? "has" : "have"} run out`}.`,
  ];
  return { id: "summary", title: "Summary", pieces: [{ kind: "text", tone: "lead", text: resultOf(summary).text }, ...sentences.map((text): Piece => ({ kind: "text", text })), counts(summary), ...first(source)] };
}

function pairWords({ tenantPairs: { isolated, permitted, violating, unknown } }: Summary): string {
  return [
    isolated === 0 ? "none is isolated" : `${isolated} ${isolated === 1 ? "is" : "are"} isolated, which means that nothing arrives`, ...(permitted === 0 ? [] : [`${permitted} ${permitted === 1 ? "reaches" : "reach"} one another as the policy allows`]),
    ...(violating === 0 ? [] : [`${violating} ${violating === 1 ? "reaches" : "reach"} one another beyond the policy`]), ...(unknown === 0 ? [] : [`${unknown} cannot be decided because data is missing`]),
  ].join("; ");
}

function counts(summary: Summary): Piece {
  return {
    kind: "table", none: "", columns: [...SEVERITIES, "accepted"].map((title) => ({ title, share: 1 })), rows: [[...SEVERITIES.map((severity) => String(summary[severity])), String(summary.accepted)]],
  };
}

/** The gravest causes, each with its first fix. */
function first({ analysis: { findings } }: ReportSource): Piece[] {
  const grave = rootCauses(findings).filter(({ findings: [finding] }) => !finding.accepted && (finding.severity === "critical" || finding.severity === "high")), fixOf = (finding: Finding): string => JSON.stringify(finding.fixes[0]?.edits ?? finding.id);
  // What the same change mends is said once.
  const causes = grave.filter(({ findings: [finding] }, index) => grave.findIndex((other) => fixOf(other.findings[0]) === fixOf(finding)) === index).slice(0, MOST_FIRST);
  if (causes.length === 0) return [];
  return [{ kind: "subhead", text: "What to mend first" }, {
    kind: "list",
    items: causes.map(({ findings: own, consequences }) => {
      const [finding] = own, fix = finding.fixes[0], more = own.length - 1 + consequences.length;
      return `${finding.title} (no. ${findings.indexOf(finding) + 1}${more === 0 ? "" : `, and ${more} more with it`}).${fix === undefined ? "" : ` ${fix.title}${fix.verified ? ", verified on a copy" : ""}.`}`;
    }),
  }];
}

const KIND_WORDS: Readonly<Record<(typeof COLLECTIONS)[number], readonly [string, string]>> = {
  tenants: ["tenant", "tenants"], hosts: ["host", "hosts"], physicalSwitches: ["physical switch", "physical switches"], trunks: ["trunk", "trunks"], hypervisors: ["hypervisor", "hypervisors"],
  managementInterfaces: ["management interface", "management interfaces"], virtualSwitches: ["virtual switch", "virtual switches"], uplinks: ["uplink", "uplinks"], portGroups: ["port group", "port groups"],
  datastores: ["datastore", "datastores"], vms: ["VM", "VMs"], routers: ["router", "routers"], firewalls: ["firewall", "firewalls"], distributedFirewalls: ["distributed firewall", "distributed firewalls"],
  externalNetworks: ["external network", "external networks"],
};

export function scopeSection({ analysis: { topology, today, assume }, sha256, analyzer, author, scope, customRules }: ReportSource): Section {
  const kinds = COLLECTIONS.flatMap((collection) => {
    const count = entries(topology, collection).length;
    return count === 0 ? [] : [counted(count, ...KIND_WORDS[collection])];
  });
  const policy = topology.policy ?? {}, letters = unknownLetters(topology, author);
  return {
    id: "scope", title: "Scope and date", pieces: [{
      kind: "facts", facts: [
        { label: "Document", text: topology.name }, ...(topology.description === undefined || topology.description === "" ? [] : [{ label: "Description", text: topology.description }]),
        { label: "SHA-256", text: sha256 }, { label: "Analysed for", text: `${today} (UTC)` }, { label: "Analyzer", text: `Bulkhead ${analyzer}` }, { label: "Guests", text: assume },
        ...(author === undefined ? [] : [{ label: "Author", text: author }]), { label: "Scope", text: "whole document" }, ...(scope === undefined ? [] : [{ label: "Diagram shows", text: scope }]), { label: "Contents", text: kinds.length === 0 ? "nothing" : kinds.join(", ") },
        { label: "Policy", text: `${counted(policy.allow?.length ?? 0, "allowed flow")}, ${counted(policy.require?.length ?? 0, "required flow")}, ${counted(policy.accept?.length ?? 0, "accepted risk")}` },
        ...(letters === undefined ? [] : [{ label: UNKNOWN_TITLE, text: letters }]),
        ...(customRules.length === 0 ? [] : [{ label: "Rules of one's own", text: names(customRules.map(({ id }) => id)) }]),
      ],
    }],
  };
}

const GUESTS: Readonly<Record<Assume, string>> = {
  hostile: "Guests are taken as hostile: a tenant controls its virtual machines, sets any IP address, any MAC address that the port does not reject and any VLAN tag that it lets through, and forwards between its own adapters.",
  configured: "Guests are taken as configured: addresses, gateways and forwarding are as written in the document. A hostile guest may reach more.",
};

export function methodSection({ analysis: { assume, today } }: ReportSource): Section {
  return {
    id: "method", title: "Method and assumptions", pieces: [{
      kind: "list", items: [
        GUESTS[assume],
        "Layer 2 is walked frame by frame and direction by direction, over every switch, port group, uplink and trunk, with native and tagged VLANs, private VLANs and isolated ports as the platforms implement them. What is heard without an answer coming back counts as injection.",
        "Layers 3 and 4 follow the ordered rules of every router, firewall and distributed firewall. Routing tables are taken as complete: hosts may use any forwarder of their segment. A distributed firewall filters IP only; other frames still cross a segment.",
        "Where the document does not say enough, the verdict is unknown, with the field that is missing; never isolated. The document is what was judged: whether the network is built as it says was not looked at.",
        "A fix is applied to a copy, and the copy is analysed again, before it is called verified.",
        `Dates were judged on ${today} (UTC): permitted flows and accepted risks count up to and including their last day.`,
        "Numbers in circles on the diagram are those of the findings. The file carries the document and a hash of itself unless whoever made it left them out: bulkhead verify FILE judges again.",
      ],
    }],
  };
}
