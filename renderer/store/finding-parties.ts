/** Between whom a finding is: the tenants, the outside and management that it is about. Pure. */
import type { Finding } from "../../shared/analysis/result";
import { ownerOf } from "../../shared/model/ids";
import type { Topology } from "../../shared/model/topology";

/** Beyond so many names a heading says how many more there are. */
const MOST_NAMED = 3;
const MANAGEMENT = "Management";

/** `Tenant A and Tenant B`, `Office users and Management`; `Nobody in particular` where a finding is about neither. */
export function parties(finding: Finding, topology: Topology): string {
  const ends = [finding.path[0], finding.path.at(-1)].flatMap((hop) => (hop === undefined ? [] : [hop.at]));
  const names = [...new Set([...finding.subjects, ...ends].flatMap((id) => partyOf(id, topology)))];
  // Management last, as it is said.
  const sorted = names.sort((a, b) => Number(a === MANAGEMENT) - Number(b === MANAGEMENT) || (a < b ? -1 : a > b ? 1 : 0));
  if (sorted.length === 0) return "Nobody in particular";
  if (sorted.length > MOST_NAMED) return `${sorted.slice(0, MOST_NAMED - 1).join(", ")} and ${sorted.length - MOST_NAMED + 1} more`;
  return sorted.length === 1 ? (sorted[0] ?? "") : `${sorted.slice(0, -1).join(", ")} and ${sorted.at(-1) ?? ""}`;
}

/** Of a thing, or of a part of one (`a-web/eth0`). */
function partyOf(id: string, topology: Topology): string[] {
  const thing = ownerOf(id);
  const tenant = topology.tenants?.[thing] === undefined ? topology.vms?.[thing]?.tenant : thing;
  if (tenant !== undefined) return [topology.tenants?.[tenant]?.name ?? tenant];
  const outside = topology.externalNetworks?.[thing];
  if (outside !== undefined) return [outside.name];
  return topology.managementInterfaces?.[thing] !== undefined || id.endsWith("/bmc") ? [MANAGEMENT] : [];
}
