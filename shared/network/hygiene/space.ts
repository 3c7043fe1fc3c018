/**
 * The sources and destinations that rules tell apart.
 *
 * A point is a set of selectors: everything that is matched by exactly those is one point, so that what holds for the points holds for
 * every packet. In a router or firewall a packet's end is an address, written or not. In a distributed firewall it is a vNIC (or
 * another end of the network) together with the address that it uses, and a vNIC whose port does not bind its addresses may use any.
 *
 * An end that may use any address has as many points as there are addresses; but a rule that covers it where it uses an address with
 * the fewest selectors covers it everywhere, so only those points, and those of its own addresses, are kept.
 */
import { entries, record, type Topology } from "../../model/topology";
import { AddressBook } from "../addresses";
import { LabelTable, type Label } from "../labels";
import { Membership, type Subject } from "../membership";

export interface RuleSpace {
  /** How many points there are. */
  readonly size: number;
  readonly labels: LabelTable;
  /** The points of a selector, ascending; a selector without points matches nothing. */
  pointsOf(label: Label): readonly number[];
  /** Whether the selector names an end that may use any address, by what it is: then a rule about an address may meet it, too. */
  isFree(label: Label): boolean;
  /** Whether the point is of an address, whoever uses it. */
  isAddress(point: number): boolean;
}

const NO_POINTS: readonly number[] = [];

/** The spaces of a document: one for routers and firewalls, one for distributed firewalls. Each is made when it is first asked for. */
export class RuleSpaces {
  private readonly labels: LabelTable;
  private readonly subjects: ReadonlyMap<string, Subject>;
  private readonly book: AddressBook;
  private addresses: RuleSpace | undefined;
  private vnics: RuleSpace | undefined;

  constructor(private readonly topology: Topology) {
    this.labels = new LabelTable(topology);
    const membership = new Membership(topology, this.labels);
    this.subjects = membership.byId();
    this.book = new AddressBook(this.labels, membership, false);
  }

  /** Of what routers and firewalls judge: addresses. */
  get ofAddresses(): RuleSpace {
    return (this.addresses ??= this.build(false));
  }

  /** Of what distributed firewalls judge: vNICs and other ends, with the addresses that they use. */
  get ofVnics(): RuleSpace {
    return (this.vnics ??= this.build(true));
  }

  private build(byIdentity: boolean): RuleSpace {
    const points = new Points(this.labels);
    const seen = (labels: readonly Label[]): readonly Label[] => (byIdentity ? labels.filter((label) => !this.labels.isIdentity(label)) : labels);
    const written = [...this.subjects.values()].flatMap(({ addresses = [] }) => addresses).map((text) => seen(this.book.classOf(text)?.must ?? []));
    const unwritten = this.book.unwritten().map(({ must }) => seen(must));
    for (const labels of [...written, ...unwritten]) points.addAddress(labels);
    const fewest = minimal([...written, ...unwritten]);
    const bound = byIdentity ? boundVnics(this.topology) : undefined;
    for (const [id, subject] of this.subjects) {
      if (subject.identity.labels.length === 0) continue;
      const { labels } = subject.identity;
      const free = subject.addresses === undefined || bound?.get(id) === false;
      if (free) points.addFree(labels, fewest);
      if (byIdentity) for (const text of subject.addresses ?? []) points.add([...labels, ...seen(this.book.classOf(text)?.must ?? [])]);
    }
    this.addExternals(points, seen);
    return points;
  }

  private addExternals(points: Points, seen: (labels: readonly Label[]) => readonly Label[]): void {
    for (const [id, { trust }] of entries(this.topology, "externalNetworks")) {
      const identity = this.subjects.get(id)?.identity;
      if (identity === undefined || identity.labels.length === 0) continue;
      for (const { must } of this.book.external(identity, trust === "untrusted")) points.add([...identity.labels, ...seen(must)]);
    }
  }
}

/**
 * For every vNIC, whether its port binds it to the addresses written on it: `spoofGuard`, none of passthrough, and nothing that is
 * forwarded, whose addresses a guest could translate.
 */
function boundVnics(topology: Topology): ReadonlyMap<string, boolean> {
  const bound = new Map<string, boolean>();
  for (const [id, vm] of entries(topology, "vms")) {
    const nics = Object.entries(vm.nics ?? {});
    const forwards = vm.forwarding === true || nics.length > 1;
    for (const [local, { portGroup, passthrough = "none", addresses = [] }] of nics) {
      const guarded = record(topology, "portGroups", portGroup)?.spoofGuard === true;
      bound.set(`${id}/${local}`, guarded && !forwards && passthrough === "none" && addresses.length > 0);
    }
  }
  return bound;
}

class Points implements RuleSpace {
  private readonly known = new Map<number, number>();
  private readonly byLabel = new Map<Label, number[]>();
  private readonly addresses: boolean[] = [];
  private readonly free = new Set<Label>();

  constructor(readonly labels: LabelTable) {}

  get size(): number {
    return this.addresses.length;
  }

  pointsOf(label: Label): readonly number[] {
    return this.byLabel.get(label) ?? NO_POINTS;
  }

  isFree(label: Label): boolean {
    return this.free.has(label);
  }

  isAddress(point: number): boolean {
    return this.addresses[point] === true;
  }

  addAddress(labels: readonly Label[]): void {
    this.addresses[this.add(labels)] = true;
  }

  /** An end that may use any address: the point of each address with the fewest selectors. */
  addFree(labels: readonly Label[], fewest: readonly (readonly Label[])[]): void {
    for (const label of labels) this.free.add(label);
    for (const address of fewest) this.add([...labels, ...address]);
  }

  add(labels: readonly Label[]): number {
    const set = this.labels.set(labels);
    const known = this.known.get(set.id);
    if (known !== undefined) return known;
    const point = this.addresses.push(false) - 1;
    this.known.set(set.id, point);
    for (const label of set.labels) {
      const list = this.byLabel.get(label);
      if (list === undefined) this.byLabel.set(label, [point]);
      else list.push(point);
    }
    return point;
  }
}

/** The sets that hold no other of the sets. */
function minimal(sets: readonly (readonly Label[])[]): readonly (readonly Label[])[] {
  const distinct = new Map(sets.map((labels) => [[...labels].sort((a, b) => a - b).join(","), labels]));
  const found: ReadonlySet<Label>[] = [];
  for (const labels of [...distinct.values()].sort((a, b) => a.length - b.length)) {
    const own = new Set(labels);
    if (!found.some((smaller) => [...smaller].every((label) => own.has(label)))) found.push(own);
  }
  return found.map((labels) => [...labels]);
}
