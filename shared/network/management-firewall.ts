/** The firewall of a management interface itself: the last filter of every path to it. */
import { entries, type Topology } from "../model/topology";
import { jsonPath } from "../model/path";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { Filter, type Crossing } from "./filters";
import type { LabelTable } from "./labels";

/** What stands before a management interface. */
export interface Shield {
  /** Equal for interfaces with the same settings. */
  readonly key: string;
  /** What it lets in for certain: a filter, everything, or nothing. */
  readonly certain: Crossing | "open" | "shut";
  /** Whether more may pass, because the document does not say that the filter is on. */
  readonly mayBeOpen: boolean;
  /** The JSON path of the absent field. */
  missing(id: string): string | undefined;
}

/** The shields of all management interfaces by id. */
export function compileShields(topology: Topology, labels: LabelTable): ReadonlyMap<string, Shield> {
  const byKey = new Map<string, Shield>();
  const shields = new Map<string, Shield>();
  for (const [id, { firewall }] of entries(topology, "managementInterfaces")) {
    const key = firewall === undefined ? "absent" : JSON.stringify([firewall.enabled, firewall.allowedSources, firewall.ports]);
    let shield = byKey.get(key);
    if (shield === undefined) byKey.set(key, (shield = makeShield(key, id, firewall, labels)));
    shields.set(id, shield);
  }
  return shields;
}

function makeShield(key: string, at: string, firewall: ManagementInterface["firewall"], labels: LabelTable): Shield {
  if (firewall === undefined) return { key, certain: "shut", mayBeOpen: true, missing: (of) => jsonPath("managementInterfaces", of, "firewall") };
  if (firewall.enabled === false) return { key, certain: "open", mayBeOpen: false, missing: () => undefined };
  const { allowedSources, ports } = firewall;
  // What its settings say; without any it lets everybody in.
  const id = allowedSources !== undefined ? "allowed-sources" : ports !== undefined ? "ports" : "any-source";
  const rule = { id, action: "allow" as const, ...(allowedSources === undefined ? {} : { from: allowedSources }), ...(ports === undefined ? {} : { services: ports }) };
  const filter = new Filter({ id: at, kind: "managementInterface", stateful: true, rules: [rule], defaultAllow: false, byIdentity: false }, labels);
  // Settings without `enabled` may be those of a firewall that is off.
  const unsaid = firewall.enabled === undefined;
  return {
    key,
    certain: filter.crossing(undefined, undefined),
    mayBeOpen: unsaid,
    missing: (of) => (unsaid ? jsonPath("managementInterfaces", of, "firewall", "enabled") : undefined),
  };
}
