/** Colours and shapes of tenants, and who has a finding: what the lenses colour by. */
import type { Finding, Severity } from "../analysis/result";
import { SEVERITIES } from "../analysis/result";
import { ownerOf } from "../model/ids";
import { entries, type Topology } from "../model/topology";
import type { TenantTag } from "./elements";
import { markOf } from "./marks";
import { categoryRole, ownColor } from "./theme";

/** Every tenant of the document by id: its own colour where it has one, else the next of the palette; always the next mark. */
export function tenantTags(topology: Topology): ReadonlyMap<string, TenantTag> {
  return new Map(entries(topology, "tenants").map(([id, tenant], index) => [
    id, { id, name: tenant.name, paint: ownColor(tenant.color) ?? categoryRole(index), mark: markOf(index) },
  ]));
}

/** What the unaccepted findings say about one node. */
export interface NodeFindings {
  readonly count: number;
  readonly worst?: Severity;
  readonly hardening?: Severity;
}

const NETWORK_RULES = /^(?:NET|SW|FW)-/;

/** By node id; a subject `owner/local` counts for its owner too. `shownAs`: what stands for a node. */
export function findingsByNode(findings: readonly Finding[], shownAs: (id: string) => string = (id) => id): ReadonlyMap<string, NodeFindings> {
  const found = new Map<string, { count: number; worst?: Severity; hardening?: Severity }>();
  for (const finding of findings) {
    if (finding.accepted) continue;
    const subjects = new Set(finding.subjects.flatMap((subject) => [shownAs(subject), shownAs(ownerOf(subject))]));
    for (const subject of subjects) {
      const entry = found.get(subject) ?? { count: 0 };
      found.set(subject, entry);
      entry.count++;
      entry.worst = worse(entry.worst, finding.severity);
      if (!NETWORK_RULES.test(finding.rule)) entry.hardening = worse(entry.hardening, finding.severity);
    }
  }
  return found;
}

export function worse(a: Severity | undefined, b: Severity): Severity {
  return a === undefined || SEVERITIES.indexOf(b) < SEVERITIES.indexOf(a) ? b : a;
}
