/** Accepted risks, and what nobody knows. */
import type { Finding, Matrix } from "../../analysis/result";
import type { GroupMatrix } from "../../diagram/group-matrix";
import { table, type Piece, type Section } from "../../diagram/report";
import { describe } from "../../model/field-defaults";
import { compareIds, record, type Topology } from "../../model/topology";
import type { Network } from "../../network/compiled-network";
import { gapsOf } from "../../rules/assumptions";
import { fieldOf } from "../../rules/gap";
import { groupBy } from "../../rules/group-by";
import type { ReportSource } from "./source";
import { counted, names, tenantName } from "./words";

const MOST_RISKS = 2000, MOST_UNKNOWN = 200;

/** Every accepted risk of the document, also those that match no finding or have run out. */
export function acceptedSection({ analysis: { topology, findings, today } }: ReportSource): Section {
  const numbers = new Map(findings.map(({ id }, index) => [id, index + 1]));
  const rows = (topology.policy?.accept ?? []).map(({ finding, reason = "–", by = "–", until }) => {
    const number = numbers.get(finding), state = until !== undefined && until < today ? "run out" : number === undefined ? "no such finding" : "in effect";
    return [number === undefined ? "–" : String(number), finding, reason, by, until ?? "no end", state];
  });
  return {
    id: "accepted", title: "Accepted risks", pieces: [table(
      [{ title: "No.", share: 0.5 }, { title: "Finding", share: 3 }, { title: "Reason", share: 3 }, { title: "Owner", share: 1.4 }, { title: "Until", share: 1 }, { title: "State", share: 1.2 }], rows, "None.", MOST_RISKS, "the document has them all",
    )],
  };
}

export function unknownSection({ analysis: { topology, network, findings } }: ReportSource, tenants: Matrix, groups: GroupMatrix): Section {
  const missing = [...network.missingFields].sort(), assumed = assumptions(topology, network, findings);
  const rows = [
    ...tenants.pairs.filter(({ verdict }) => verdict === "unknown").map(({ from, to }) => [`${tenantName(topology, from)} → ${tenantName(topology, to)}`, names(network.tenantMissing(from, to), 8)]),
    ...otherUnknowns(topology, groups),
  ];
  const pieces: Piece[] = [
    table([{ title: "From → to", share: 3 }, { title: "Fields that are missing", share: 7 }], rows, "Every pair of tenants, management and external networks is decided.", MOST_UNKNOWN, "bulkhead matrix lists them"),
    { kind: "text", text: missing.length === 0 ? "No verdict of any pair rests on a field that is absent." : `Verdicts rest on ${counted(missing.length, "absent field")}: ${names(missing, 40)}.` },
    ...(assumed.length === 0 ? [] : [{ kind: "subhead" as const, text: "Fields that the document leaves out" }, table([{ title: "No.", share: 0.5 }, { title: "Field", share: 3 }, { title: "Elements", share: 0.7 }, { title: "What was assumed", share: 5 }, { title: "What rests on it", share: 1.6 }], assumed, "", MOST_UNKNOWN, "the findings of MDL-005 list them")]),
  ];
  return { id: "unknown", title: "What is not known", pieces };
}

/** What MDL-005 finds: a field, of how many elements it is absent, and what stands for it. */
function assumptions(topology: Topology, network: Network, findings: readonly Finding[]): string[][] {
  const found = new Map(findings.flatMap(({ id, rule }, index) => (rule === "MDL-005" ? [[id.slice(rule.length + 1), index + 1]] : [])));
  return [...groupBy(gapsOf(topology, network), fieldOf)].map(([field, gaps]) => {
    const values = gaps.map(({ setting: { source, value, basis } }) => `${source === "unknown" ? "unknown" : describe(value)} (${basis})`);
    return [String(found.get(field) ?? "–"), field, String(new Set(gaps.map(({ id }) => id)).size), [...new Set(values)].join("; "), [...new Set(gaps.map(({ usedBy }) => usedBy))].join("; ")];
  });
}

/** Of management and external networks with one another and with tenants. */
function otherUnknowns(topology: Topology, { groups, cells }: GroupMatrix): string[][] {
  const nameOf = new Map(groups.map(({ id, name }) => [id, name])), isTenant = (id: string): boolean => record(topology, "tenants", id) !== undefined;
  return [...cells].filter(([, { verdict }]) => verdict === "unknown").sort(([a], [b]) => compareIds(a, b)).flatMap(([key, { missing }]) => {
    const [from = "", to = ""] = key.split("\n");
    return isTenant(from) && isTenant(to) ? [] : [[`${nameOf.get(from) ?? from} → ${nameOf.get(to) ?? to}`, names(missing, 8)]];
  });
}
