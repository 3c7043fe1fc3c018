/** The written addresses of a document by the segment they are used in, and which segments route to one another. */
import { isLinkLocal, parseCidr, type Cidr } from "../model/address";
import { record, type Topology } from "../model/topology";
import type { End, Layer2, Segment } from "../network/types";
import { groupBy } from "./group-by";

export interface PlacedAddress {
  readonly end: End;
  readonly text: string;
  readonly cidr: Cidr;
}

export interface PlacedBlock {
  readonly cidr: Cidr;
  readonly users: readonly PlacedAddress[];
}

/** The segments that transparent firewalls make into one; usually a single one. */
export interface Place {
  /** The id of its first segment. */
  readonly id: string;
  readonly addresses: readonly PlacedAddress[];
  /** The subnets in use, each with its users, so that one that holds others comes right before them. */
  readonly blocks: readonly PlacedBlock[];
  /** Equal for places between which something routes. */
  readonly domain: string;
}

/**
 * Every place with addresses, sorted by id. Left out are ends on several segments (a guest trunk: the address may belong to any of
 * them) and private VLANs, where one subnet on several segments is the purpose.
 */
export function placesOf(topology: Topology, layer2: Layer2): Place[] {
  const { bridged, routed } = joinSegments(topology, layer2);
  const drafts = new Map<string, { addresses: PlacedAddress[]; domain: string }>();
  for (const end of layer2.ends) {
    if (end.addresses.length === 0 || record(topology, "portGroups", end.portGroup)?.vlan?.mode === "private") continue;
    const segments = layer2.segmentsOf(end);
    const segment = segments[0];
    if (segment === undefined || segments.length > 1) continue;
    const id = bridged.root(segment.id);
    const draft = drafts.get(id) ?? { addresses: [], domain: routed.root(id) };
    drafts.set(id, draft);
    for (const text of end.addresses) {
      const cidr = parseCidr(text);
      if (cidr !== undefined) draft.addresses.push({ end, text, cidr });
    }
  }
  return [...drafts].map(([id, draft]) => ({ id, blocks: blocksOf(draft.addresses), ...draft })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Transparent firewalls bridge; routers, routed firewalls and VMs that forward route. */
function joinSegments(topology: Topology, layer2: Layer2): { readonly bridged: Groups; readonly routed: Groups } {
  const bridged = new Groups();
  const routed = new Groups();
  const routers = new Map<string, Segment[]>();
  for (const end of layer2.ends) {
    const firewall = record(topology, "firewalls", end.owner);
    const forwards = end.kind === "interface" || record(topology, "vms", end.owner)?.forwarding === true;
    if (!forwards) continue;
    const owner = firewall?.mode === "transparent" ? `transparent ${end.owner}` : end.owner;
    routers.set(owner, [...(routers.get(owner) ?? []), ...layer2.segmentsOf(end)]);
  }
  const join = (groups: Groups, [first, ...others]: readonly string[]): void => others.forEach((other) => first !== undefined && groups.join(first, other));
  for (const [owner, segments] of routers) if (owner.startsWith("transparent ")) join(bridged, segments.map(({ id }) => id));
  for (const [owner, segments] of routers) if (!owner.startsWith("transparent ")) join(routed, segments.map(({ id }) => bridged.root(id)));
  return { bridged, routed };
}

/** Disjoint sets of ids; the smallest names its set. */
class Groups {
  private readonly parents = new Map<string, string>();

  root(id: string): string {
    let root = id;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    if (root !== id) this.parents.set(id, root);
    return root;
  }

  join(a: string, b: string): void {
    const [low, high] = [this.root(a), this.root(b)].sort() as [string, string];
    if (low !== high) this.parents.set(high, low);
  }
}

function blocksOf(addresses: readonly PlacedAddress[]): PlacedBlock[] {
  const shared = addresses.filter(({ cidr }) => isSubnet(cidr));
  return [...groupBy(shared, ({ cidr: { family, low, prefix } }) => `${family} ${low} ${prefix}`).values()]
    .flatMap((users) => (users[0] === undefined ? [] : [{ cidr: users[0].cidr, users }]))
    .sort((a, b) => compareBlocks(a.cidr, b.cidr));
}

/** Whether the block is one that hosts share; single addresses, links between two and link-local blocks, which every link has, are not. */
function isSubnet(cidr: Cidr): boolean {
  return !isLinkLocal(cidr) && cidr.prefix < (cidr.family === 4 ? 31 : 127) && cidr.prefix > 0;
}

/** Orders blocks so that one that holds others comes before them. */
export function compareBlocks(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.low !== b.low) return a.low < b.low ? -1 : 1;
  return a.prefix - b.prefix;
}
