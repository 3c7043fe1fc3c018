/** What the owner permits: tenants, defaults, and the entries of the policy that still count. */
import { ANY_SERVICE, NO_SERVICES, parseServices, unionServices, type ServiceSet } from "../model/services";
import { jsonPath } from "../model/path";
import type { Intent } from "../model/policy";
import { resolveSelector } from "../model/selector";
import type { Topology } from "../model/topology";
import type { Party } from "./types";

/** What a policy permits between two parties, and the absent fields without which that cannot be said. */
export interface Permission {
  readonly services: ServiceSet;
  /** `$.vms.x.tenant` of VMs that may belong to anyone; where there are any, what is not permitted is unknown. */
  readonly missing: readonly string[];
}

interface Entry {
  readonly from: ReadonlySet<string> | undefined;
  readonly to: ReadonlySet<string> | undefined;
  readonly services: ServiceSet;
}

export class Policy {
  /** `require` entries that count on the day. */
  readonly requirements: readonly Intent[];
  private readonly entries: readonly Entry[];
  /** By kind and tenant, then by place. */
  private readonly rows = new Map<string, Map<string, number>>();
  private rowCount = 0;
  /** By party: entries that name it as sender (`<n`) and receiver (`>n`); those that name everybody are left out. */
  private readonly places = new Map<string, string>();

  constructor(private readonly topology: Topology, today: string) {
    // Dates are written year first, so the order of the text is that of time.
    const counts = ({ until }: Intent): boolean => until === undefined || today <= until;
    this.requirements = (topology.policy?.require ?? []).filter(counts);
    this.entries = [...(topology.policy?.allow ?? []).filter(counts), ...this.requirements].map(({ from, to, services }) => ({
      from: this.members(from), to: this.members(to), services: parseServices(services),
    }));
    this.entries.forEach(({ from, to }, index) => {
      for (const id of from ?? []) this.places.set(id, `${this.places.get(id) ?? ""}<${index}`);
      for (const id of to ?? []) this.places.set(id, `${this.places.get(id) ?? ""}>${index}`);
    });
  }

  /** The parties that a list of selectors names; undefined for all. */
  members(selectors: readonly string[] | undefined): ReadonlySet<string> | undefined {
    if (selectors === undefined || selectors.includes("any")) return undefined;
    return new Set(selectors.flatMap((text) => [...resolveSelector(this.topology, text)]));
  }

  /** A number; parties with the same one are treated alike by every entry and by the defaults. */
  row(party: Party): number {
    // No tenant has an empty id, and none a space in it.
    const tenant = party.kind === "vm" ? (party.tenant ?? "") : ` ${party.kind}`;
    let rows = this.rows.get(tenant);
    if (rows === undefined) this.rows.set(tenant, (rows = new Map<string, number>()));
    const place = this.places.get(party.id) ?? "";
    let row = rows.get(place);
    if (row === undefined) rows.set(place, (row = this.rowCount++));
    return row;
  }

  /** The same without the tenant: what counts of that is whether two parties are of one. */
  manner(party: Party): string {
    return `${party.kind} ${party.tenant === undefined} ${this.places.get(party.id) ?? ""}`;
  }

  /** What the entries of the document permit, without the defaults. */
  allowed(from: Party, to: Party): ServiceSet {
    return this.entries.reduce<ServiceSet>((set, entry) => (holds(entry.from, from) && holds(entry.to, to) ? unionServices(set, entry.services) : set), NO_SERVICES);
  }

  /** What is permitted, defaults included. */
  permission(from: Party, to: Party): Permission {
    const byDefault = defaults(from, to);
    if (byDefault === "all") return { services: ANY_SERVICE, missing: [] };
    const tenantless = byDefault === "unsaid" ? [from, to].filter(({ tenant }) => tenant === undefined).map(({ id }) => jsonPath("vms", id, "tenant")) : [];
    return { services: this.allowed(from, to), missing: tenantless };
  }
}

function holds(members: ReadonlySet<string> | undefined, { id }: Party): boolean {
  return members === undefined || members.has(id);
}

/** Within a tenant everything is permitted, and management may reach what it manages; a VM of no tenant may be anybody's. */
function defaults(from: Party, to: Party): "all" | "nothing" | "unsaid" {
  if (from.kind === "external" || to.kind === "external") return "nothing";
  if (from.kind !== "vm") return "all";
  if (to.kind !== "vm") return "nothing";
  if (from.tenant === undefined || to.tenant === undefined) return "unsaid";
  return from.tenant === to.tenant ? "all" : "nothing";
}
