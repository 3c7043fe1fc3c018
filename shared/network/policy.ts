/** What the owner permits: tenants, defaults, and the entries of the policy that still count. */
import { ANY_SERVICE, NO_SERVICES, parseServices, unionServices, type ServiceSet } from "../model/services";
import { jsonPath } from "../model/path";
import type { Intent } from "../model/policy";
import { resolveSelector } from "../model/members";
import { parseSelector } from "../model/selector";
import type { Topology } from "../model/topology";
import type { Party } from "./types";

/** What a policy permits between two parties, and the absent fields without which that cannot be said. */
export interface Permission {
  readonly services: ServiceSet;
  /** `$.vms.x.tenant` of VMs that may belong to anyone; where there are any, what is not permitted is unknown. */
  readonly missing: readonly string[];
}

/** The parties that a list of selectors names: whole kinds and tenants, or one by one. */
export class Selection {
  private readonly kinds = new Set<Party["kind"]>();
  private readonly tenants = new Set<string>();
  readonly ids = new Set<string>();
  private readonly everybody: boolean;

  constructor(topology: Topology, selectors: readonly string[] | undefined) {
    this.everybody = selectors === undefined || selectors.includes("any");
    for (const text of this.everybody ? [] : (selectors ?? [])) {
      const selector = parseSelector(text);
      switch (selector?.kind) {
        case "workloads": this.kinds.add("vm"); break;
        case "management": this.kinds.add("managementInterface"); break;
        case "bmc": this.kinds.add("bmc"); break;
        case "externals": this.kinds.add("external"); break;
        case "tenant": this.tenants.add(selector.id); break;
        default: for (const id of resolveSelector(topology, text)) this.ids.add(id);
      }
    }
  }

  has(party: Party): boolean {
    return this.hasAlike(party) || this.ids.has(party.id);
  }

  /** Whether it has every party of the same kind and tenant. */
  hasAlike({ kind, tenant }: Party): boolean {
    return this.everybody || this.kinds.has(kind) || (tenant !== undefined && this.tenants.has(tenant));
  }
}

interface Entry {
  readonly from: Selection;
  readonly to: Selection;
  readonly services: ServiceSet;
}

export class Policy {
  /** `require` entries that count on the day. */
  readonly requirements: readonly Intent[];
  private readonly entries: readonly Entry[];
  /** By kind and tenant: what all such parties are named in (`<n` as senders, `>n` as receivers), and the row of those that are named in nothing else. */
  private readonly alike = new Map<string, { readonly place: string; readonly row: number }>();
  /** By kind and tenant, then by place: of parties that are named in more. */
  private readonly rows = new Map<string, number>();
  private readonly manners = new Map<string, number>();
  /** By row. */
  private readonly mannerOf: number[] = [];
  /** By party: entries that name it one by one. */
  private readonly places = new Map<string, string>();

  constructor(private topology: Topology, today: string) {
    // Dates are written year first, so the order of the text is that of time.
    const counts = ({ until }: Intent): boolean => until === undefined || today <= until;
    this.requirements = (topology.policy?.require ?? []).filter(counts);
    this.entries = [...(topology.policy?.allow ?? []).filter(counts), ...this.requirements].map(({ from, to, services }) => ({
      from: this.select(from), to: this.select(to), services: parseServices(services),
    }));
    this.entries.forEach(({ from, to }, index) => {
      for (const id of from.ids) this.places.set(id, `${this.places.get(id) ?? ""}<${index}`);
      for (const id of to.ids) this.places.set(id, `${this.places.get(id) ?? ""}>${index}`);
    });
  }

  /** Goes over to a document in which vNICs are in other port groups. False where the policy speaks of places, and nothing has happened. */
  revise(topology: Topology): boolean {
    const { allow = [], require = [] } = topology.policy ?? {};
    const speaksOfPlaces = [...allow, ...require].some(({ from = [], to = [] }) => [...from, ...to].some((text) => text.startsWith("portgroup:") || text.startsWith("tag:")));
    if (!speaksOfPlaces) this.topology = topology;
    return !speaksOfPlaces;
  }

  select(selectors: readonly string[] | undefined): Selection {
    return new Selection(this.topology, selectors);
  }

  /** Whether some entry names parties one by one; if not, those of one kind and tenant are alike. */
  get namesParties(): boolean {
    return this.places.size > 0;
  }

  /** A number; parties with the same one are treated alike by every entry and by the defaults. */
  row(party: Party): number {
    // No tenant has an empty id, and none a space in it.
    const key = party.kind === "vm" ? (party.tenant ?? "") : ` ${party.kind}`;
    let alike = this.alike.get(key);
    if (alike === undefined) {
      const place = this.entries.map(({ from, to }, index) => `${from.hasAlike(party) ? `<${index}` : ""}${to.hasAlike(party) ? `>${index}` : ""}`).join("");
      this.alike.set(key, (alike = { place, row: this.addRow(party, place) }));
    }
    const own = this.places.size === 0 ? undefined : this.places.get(party.id);
    if (own === undefined) return alike.row;
    const place = `${key} ${alike.place}${own}`;
    let row = this.rows.get(place);
    if (row === undefined) this.rows.set(place, (row = this.addRow(party, alike.place + own)));
    return row;
  }

  /** The same without the tenant: what counts of that is whether two parties are of one. */
  manner(party: Party): number {
    return this.mannerOf[this.row(party)] ?? -1;
  }

  private addRow({ kind, tenant }: Party, place: string): number {
    const key = `${kind} ${tenant === undefined} ${place}`;
    let manner = this.manners.get(key);
    if (manner === undefined) this.manners.set(key, (manner = this.manners.size));
    return this.mannerOf.push(manner) - 1;
  }

  /** What the entries of the document permit, without the defaults. */
  allowed(from: Party, to: Party): ServiceSet {
    return this.entries.reduce<ServiceSet>((set, entry) => (entry.from.has(from) && entry.to.has(to) ? unionServices(set, entry.services) : set), NO_SERVICES);
  }

  /** What is permitted, defaults included. */
  permission(from: Party, to: Party): Permission {
    const byDefault = defaults(from, to);
    if (byDefault === "all") return { services: ANY_SERVICE, missing: [] };
    const tenantless = byDefault === "unsaid" ? [from, to].filter(({ tenant }) => tenant === undefined).map(({ id }) => jsonPath("vms", id, "tenant")) : [];
    return { services: this.allowed(from, to), missing: tenantless };
  }
}

/** Within a tenant everything is permitted, and management may reach what it manages; a VM of no tenant may be anybody's. */
function defaults(from: Party, to: Party): "all" | "nothing" | "unsaid" {
  if (from.kind === "external" || to.kind === "external") return "nothing";
  if (from.kind !== "vm") return "all";
  if (to.kind !== "vm") return "nothing";
  if (from.tenant === undefined || to.tenant === undefined) return "unsaid";
  return from.tenant === to.tenant ? "all" : "nothing";
}
