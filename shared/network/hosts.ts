/**
 * Hosts: ends of parties that no rule and no cable tells apart. Reach is computed once per pair of hosts.
 *
 * Two ends are one host when they are plugged in alike, are members of the same selectors, may use addresses of the same classes,
 * are filtered by the same distributed firewalls and stand behind the same firewall of their own.
 */
import { compareIds, record, type Topology } from "../model/topology";
import type { Assume } from "../analysis/result";
import { compareClasses, type AddressBook, type AddressClass, type Traits } from "./addresses";
import { isPassthrough, type Guard, type Guards } from "./distributed";
import type { LabelSet } from "./labels";
import { roomFor } from "./lists";
import type { Shield } from "./management-firewall";
import type { Membership, Subject } from "./membership";
import type { Neighbourhoods } from "./neighbourhoods";
import type { Spot, Spots } from "./spots";
import type { End, Layer2 } from "./types";

/** An address that a host may use, and where it is written, the CIDR form with its subnet. */
export interface Candidate {
  readonly address: AddressClass;
  readonly traits: Traits;
  readonly written?: string;
}

export interface Host {
  readonly index: number;
  readonly kind: End["kind"];
  readonly spot: Spot;
  readonly identity: LabelSet;
  /** Addresses it sends from, and that it takes packets for: a VM answers for all of its addresses on each of its vNICs. */
  readonly sources: readonly Candidate[];
  readonly targets: readonly Candidate[];
  /** Addresses of neighbours that it may take over. */
  readonly forged: readonly Candidate[];
  /** Those of ends that are neighbours only if absent fields of links are the worst. */
  readonly perhapsForged: readonly Candidate[];
  /** Stands for the addresses of an end on which none are written. */
  readonly unknown: Candidate | undefined;
  /** Stands for those of a VM's other vNICs on which none are written: it answers for them here, too. */
  readonly unknownElsewhere: Candidate | undefined;
  readonly guards: readonly Guard[];
  /** Those that would not filter it if its unknown address were on their exclusion list. */
  readonly mayEscape: readonly Guard[];
  readonly shield: Shield | undefined;
  /** As written; read only where addresses count as configured. */
  readonly gateway: string | undefined;
}

export interface HostParts {
  readonly topology: Topology;
  readonly assume: Assume;
  readonly layer2: Layer2;
  readonly membership: Membership;
  readonly book: AddressBook;
  readonly guards: Guards;
  readonly shields: ReadonlyMap<string, Shield>;
  readonly spots: Spots;
  readonly neighbourhoods: Neighbourhoods;
}

/** The hosts of a port group: most have one. */
interface Alike {
  readonly spot: Spot;
  readonly identity: LabelSet;
  readonly address: AddressClass;
  readonly host: Host;
  others: Map<number, Host> | undefined;
}

/** Three numbers below this fit in one that is exact. */
const MOST = 131072;

export class Hosts {
  readonly all: Host[] = [];
  private readonly byKey = new Map<string, Host>();
  private readonly byEnd: (Host | undefined)[];
  /** Ends of VMs with one vNIC and one address, which are most: by port group, then by what else tells them apart. */
  private readonly simple: (Alike | undefined)[] = [];
  /** By number of the port group: whether it binds guests to their addresses. */
  private readonly boundOf: (boolean | undefined)[] = [];

  constructor(private readonly parts: HostParts) {
    this.byEnd = roomFor(parts.layer2.ends.length);
  }

  of(end: End): Host {
    return (this.byEnd[end.index] ??= this.find(end));
  }

  /** To be looked at anew: what its surroundings hold, or the end itself, is another. Hosts that no end is any more stay in `all`. */
  forget(end: End): void {
    this.byEnd[end.index] = undefined;
    if (end.group >= 0) this.simple[end.group] = undefined;
    this.parts.neighbourhoods.forget(this.parts.spots.of(end));
  }

  private find(end: End): Host {
    const { assume, membership, book, spots } = this.parts;
    if (assume !== "hostile" || !isSimple(end)) return this.intern(end);
    const address = book.classAt(end), identity = membership.identityOf(end), spot = spots.of(end);
    if (address === undefined || address.id >= MOST || identity.id >= MOST) return this.intern(end);
    // A port group stands for its switch, and so for the distributed firewalls there, and says whether the port binds its guest.
    const known = this.simple[end.group];
    if (known === undefined) {
      const host = this.add(this.describe(end));
      this.simple[end.group] = { spot, identity, address, host, others: undefined };
      return host;
    }
    return known.spot === spot && known.identity === identity && known.address === address ? known.host : this.amongOthers(known, end, spot, identity, address);
  }

  private amongOthers(known: Alike, end: End, spot: Spot, identity: LabelSet, address: AddressClass): Host {
    const key = (spot.index * MOST + identity.id) * MOST + address.id;
    known.others ??= new Map<number, Host>();
    let host = known.others.get(key);
    if (host === undefined) known.others.set(key, (host = this.add(this.describe(end))));
    return host;
  }

  private add(described: Omit<Host, "index">): Host {
    const host: Host = { index: this.all.length, ...described };
    this.all.push(host);
    return host;
  }

  private intern(end: End): Host {
    const host = this.describe(end);
    const key = [
      host.kind, host.spot.index, host.identity.id, keyOf(host.sources), keyOf(host.targets), keyOf(host.forged), keyOf(host.perhapsForged),
      host.unknown?.address.id ?? "", host.unknownElsewhere?.address.id ?? "", host.guards.map(({ index }) => index).join(","), host.mayEscape.length, host.shield?.key ?? "", host.gateway ?? "",
    ].join(" ");
    let known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, (known = this.add(host)));
    return known;
  }

  private describe(end: End): Omit<Host, "index"> {
    const { topology, assume, membership, guards, shields, spots, neighbourhoods } = this.parts;
    const subject = membership.of(end);
    const bound = this.isBound(end);
    const spot = spots.of(end);
    const own = this.written(subject, subject.identity);
    const whole = end.kind === "vnic" && !hasOneNic(end) ? this.ofVm(end) : own;
    const forges = assume === "hostile" && end.kind === "vnic" && !bound;
    const configured = assume === "configured";
    const sources = this.withFallback(end, subject, bound || configured ? own : whole);
    const targets = whole === own ? sources : this.withFallback(end, subject, whole);
    const takenOver = forges ? others(neighbourhoods.of(spot), sources, targets) : NOBODY;
    const perhaps = forges ? neighbourhoods.ofPossible(spot) : NOBODY;
    const perhapsTakenOver = perhaps.length === 0 ? NOBODY : others(perhaps, sources, targets).filter((address) => !takenOver.includes(address));
    return {
      kind: end.kind,
      spot,
      identity: subject.identity,
      sources,
      targets,
      forged: takenOver.map((address) => this.candidate(subject.identity, address)),
      perhapsForged: perhapsTakenOver.map((address) => this.candidate(subject.identity, address)),
      unknown: subject.addresses === undefined ? this.candidate(subject.identity, this.parts.book.unknown(subject.identity)) : undefined,
      unknownElsewhere: end.kind === "vnic" ? this.elsewhere(end) : undefined,
      guards: guards.at(end),
      mayEscape: guards.mayExclude(end),
      shield: end.kind === "managementInterface" ? shields.get(end.owner) : undefined,
      gateway: configured ? gatewayOf(topology, end) : undefined,
    };
  }

  /** An external network holds what the document does not; an end without an address sends from one that no rule names, unless addresses count as written. */
  private withFallback(end: End, { identity }: Subject, candidates: readonly Candidate[]): readonly Candidate[] {
    const { topology, assume, book } = this.parts;
    if (end.kind === "external") {
      const untrusted = record(topology, "externalNetworks", end.owner)?.trust === "untrusted";
      return book.external(identity, untrusted).map((address) => this.candidate(identity, address));
    }
    return candidates.length === 0 && assume === "hostile" ? [this.candidate(identity, book.other)] : candidates;
  }

  private candidate(identity: LabelSet, address: AddressClass, written?: string): Candidate {
    const traits = this.parts.book.traits(identity, address);
    return written === undefined ? { address, traits } : { address, traits, written };
  }

  /** @param identity of the end that uses them */
  private written({ addresses = [] }: Subject, identity: LabelSet): Candidate[] {
    const { assume, book } = this.parts;
    const [only] = addresses;
    if (only !== undefined && addresses.length === 1 && assume !== "configured") {
      const address = book.classOf(only);
      return address === undefined ? [] : [this.candidate(identity, address)];
    }
    const found = new Map<string, Candidate>();
    for (const text of addresses) {
      const address = book.classOf(text);
      if (address === undefined) continue;
      // Only where addresses count as configured does it matter which subnet they are written in.
      if (assume === "configured") found.set(text, this.candidate(identity, address, text));
      else found.set(String(address.id), this.candidate(identity, address));
    }
    return inOrder(found);
  }

  private ofVm(end: End): Candidate[] {
    const { membership } = this.parts;
    const { identity } = membership.of(end);
    const found = new Map<string, Candidate>();
    for (const local of Object.keys(end.vm?.nics ?? {}).sort()) {
      const subject = membership.ofVnic(end.owner, local);
      for (const candidate of subject === undefined ? [] : this.written(subject, identity)) found.set(`${candidate.address.id} ${candidate.written ?? ""}`, candidate);
    }
    return inOrder(found);
  }

  private elsewhere(end: End): Candidate | undefined {
    if (hasOneNic(end)) return undefined;
    const { book, membership } = this.parts;
    for (const [local, nic] of Object.entries(end.vm?.nics ?? {})) {
      const subject = nic === end.nic || nic.addresses !== undefined ? undefined : membership.ofVnic(end.owner, local);
      if (subject !== undefined) return this.candidate(membership.of(end).identity, book.unknown(subject.identity));
    }
    return undefined;
  }

  /** Whether the port binds the guest to its own addresses. Passthrough goes around the port group and so around its guard. */
  private isBound(end: End): boolean {
    if (end.kind !== "vnic" || isPassthrough(end)) return false;
    return (this.boundOf[end.group] ??= record(this.parts.topology, "portGroups", end.portGroup)?.spoofGuard === true);
  }
}

/** A vNIC with one address on a VM that has no other, plugged into its switch. */
function isSimple(end: End): boolean {
  return end.kind === "vnic" && end.addresses.length === 1 && end.nic?.passthrough === undefined && hasOneNic(end);
}

function hasOneNic({ vm }: End): boolean {
  let count = 0;
  for (const _ in vm?.nics) if (++count > 1) return false;
  return true;
}

const NOBODY: readonly AddressClass[] = [];

/** Those that none of the candidates has, in order. */
function others(addresses: readonly AddressClass[], sources: readonly Candidate[], targets: readonly Candidate[]): readonly AddressClass[] {
  const isOwn = (address: AddressClass): boolean => sources.some((own) => own.address === address) || (targets !== sources && targets.some((own) => own.address === address));
  const found = addresses.filter((address) => !isOwn(address));
  return found.length < 2 ? found : found.sort(compareClasses);
}

/** Ends of one host may have them written in different orders. */
function inOrder(found: ReadonlyMap<string, Candidate>): Candidate[] {
  const candidates = [...found.values()];
  return candidates.length < 2 ? candidates : candidates.sort((a, b) => compareClasses(a.address, b.address) || compareIds(a.written ?? "", b.written ?? ""));
}

function keyOf(candidates: readonly Candidate[]): string {
  return candidates.map(({ address, written }) => (written === undefined ? address.id : `${address.id}@${written}`)).sort().join(",");
}

function gatewayOf(topology: Topology, end: End): string | undefined {
  if (end.kind === "managementInterface") return record(topology, "managementInterfaces", end.owner)?.gateway;
  return end.nic?.gateway;
}
