/** An end as the kernel keeps it. There are tens of thousands, so ids and paths are written only when someone asks. */
import { jsonPath } from "../model/path";
import type { Vnic } from "../model/kinds/vm";
import { compareIds, type RecordOf } from "../model/topology";
import type { End } from "./types";

type Collection = "vms" | "managementInterfaces" | "hosts" | "externalNetworks" | "routers" | "firewalls";

const KINDS: Readonly<Record<Collection, End["kind"]>> = {
  vms: "vnic", managementInterfaces: "managementInterface", hosts: "bmc", externalNetworks: "external", routers: "interface", firewalls: "interface",
};

export const NO_ADDRESSES: readonly string[] = [];

export class PlacedEnd implements End {
  index = -1;
  readonly kind: End["kind"];
  readonly addresses: readonly string[];
  readonly portGroup?: string;
  readonly nic?: Vnic;
  readonly vm?: RecordOf<"vms">;
  readonly group: number;
  private written: string | undefined;

  /** @param local the key of the nic or interface below its owner; undefined where the owner is the end */
  constructor(private readonly collection: Collection, readonly owner: string, readonly local: string | undefined, addresses: readonly string[] | undefined, portGroup?: string, guest?: { readonly vm: RecordOf<"vms">; readonly nic: Vnic; readonly group: number }) {
    this.kind = KINDS[collection];
    this.addresses = addresses ?? NO_ADDRESSES;
    this.written = local === undefined ? owner : undefined;
    if (portGroup !== undefined) this.portGroup = portGroup;
    this.group = guest === undefined ? -1 : guest.group;
    if (guest === undefined) return;
    this.nic = guest.nic;
    this.vm = guest.vm;
  }

  get id(): string {
    return (this.written ??= `${this.owner}/${this.local}`);
  }

  get path(): string {
    switch (this.kind) {
      case "vnic": return jsonPath(this.collection, this.owner, "nics", this.local ?? "");
      case "interface": return jsonPath(this.collection, this.owner, "interfaces", this.local ?? "");
      case "bmc": return jsonPath(this.collection, ...this.id.split("/"));
      default: return jsonPath(this.collection, this.id);
    }
  }
}

/** Whether the document says nothing of the end's addresses: what is written as an empty list is another one. */
export function isUnaddressed({ addresses }: End): boolean {
  return addresses === NO_ADDRESSES;
}

const SLASH = 47;

/** The order of their ids, mostly without writing them. */
export function compareEnds(a: PlacedEnd, b: PlacedEnd): number {
  if (a.owner === b.owner) return compareIds(a.local ?? "", b.local ?? "");
  return a.owner < b.owner ? compareOwners(a, b) : -compareOwners(b, a);
}

/** The owner of `a` is before that of `b`, and so is `a`, unless the one is the start of the other: `vm/eth0` is after `vm-1/eth0`. */
function compareOwners(a: PlacedEnd, b: PlacedEnd): number {
  if (!b.owner.startsWith(a.owner)) return -1;
  const next = b.owner.charCodeAt(a.owner.length);
  if (next === SLASH) return compareIds(a.id, b.id);
  return a.local === undefined || next > SLASH ? -1 : 1;
}
