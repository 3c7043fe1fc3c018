import type { Inventory } from "./inventory";
import type { NetworkPorts } from "./network";
import type { FilterSet } from "./nwfilter";

/** What a `<domain>` is read into, and what it refers to. */
export interface DomainContext {
  readonly inventory: Inventory;
  readonly networks: ReadonlyMap<string, NetworkPorts>;
  readonly filters: FilterSet;
}

