/**
 * Address classes: the addresses that no rule of the document tells apart.
 *
 * A class is the set of selectors that match an address: `cidr:` blocks around it and the selectors that name a record on which it
 * is written. Two tenants that use the same address are in one class, as they are to a real firewall.
 */
import { bareAddress, parseCidr, rangeHas, type Cidr } from "../model/address";
import { formatIp, parseIp, readIpv4, type AddressFamily } from "../model/ip";
import type { Label, LabelSet, LabelTable } from "./labels";
import type { Membership } from "./membership";
import type { WrittenAddresses } from "./written-addresses";
import { addressIn, freeBlocks } from "./free-blocks";
import type { End } from "./types";

export interface AddressClass {
  readonly id: number;
  /** Selectors that match for certain. */
  readonly must: readonly Label[];
  /** Selectors that match for certain or perhaps; the same list where the address is known. */
  readonly may: readonly Label[];
  readonly family: AddressFamily | undefined;
}

/** One end of a packet: what the end is, and the address it uses. */
export interface Traits {
  /** Equal for equal identities and addresses. */
  readonly id: number;
  readonly identity: LabelSet;
  readonly address: AddressClass;
}

/** An order that rests on nothing but the document. */
export function compareClasses(a: AddressClass, b: AddressClass): number {
  return compareLists(a.may, b.may) || compareLists(a.must, b.must) || (a.family ?? 0) - (b.family ?? 0);
}

function compareLists(a: readonly Label[], b: readonly Label[]): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) if (a[at] !== b[at]) return (a[at] as number) - (b[at] as number);
  return a.length - b.length;
}

/** Above the number of address classes of any document. */
const MOST_CLASSES = 2 ** 26;

export class AddressBook {
  private readonly classes = new Map<string, AddressClass>();
  /** Labels of the records on which an address is written, by address as `formatIp` gives it; only labels that a filter asks for by address. */
  private readonly owners = new Map<string, Set<Label>>();
  /** By IPv4 address, cut to the longest prefix that tells any two apart. */
  private readonly ofIpv4 = new Map<number, AddressClass>();
  private readonly byText = new Map<string, AddressClass>();
  private readonly blocks: BlockIndex;
  private readonly everywhere: readonly Label[];
  private readonly unknowns = new Map<number, AddressClass>();
  /** By identity and address. */
  private readonly known = new Map<number, Traits>();
  private readonly foundSubnets: { all?: readonly Cidr[]; public?: readonly Cidr[] } = {};
  /** What an IPv4 address is divided by to cut it. */
  private readonly cut: number;

  /**
   * @param families whether IPv4 and IPv6 addresses are never in one class
   * @param written all of the document, with those of its ends by end; absent: read from the members when asked for, and nobody asks about ends
   */
  constructor(private readonly labels: LabelTable, private readonly membership: Membership, private readonly families: boolean, private readonly written?: WrittenAddresses) {
    this.blocks = new BlockIndex(labels.blocks);
    this.everywhere = [...labels.blocks].filter(([, block]) => block.prefix === 0).map(([label]) => label);
    if (labels.hasAddressedMembers) this.findOwners();
    this.cut = this.owners.size > 0 ? 1 : 2 ** (32 - this.blocks.longestIpv4);
  }

  /** The class of a written address, `10.0.0.1/24` or `10.0.0.1`; undefined where it does not parse. */
  classOf(text: string): AddressClass | undefined {
    const slash = text.indexOf("/");
    const four = readIpv4(text, slash < 0 ? text.length : slash);
    return four < 0 ? this.ofOther(text) : this.classOfIpv4(four);
  }

  private classOfIpv4(four: number): AddressClass {
    const key = Math.floor(four / this.cut);
    let found = this.ofIpv4.get(key);
    if (found === undefined) {
      const labels = this.blocks.aroundIpv4(four);
      if (this.owners.size > 0) labels.push(...(this.owners.get(formatIp({ family: 4, value: BigInt(four) })) ?? []));
      this.ofIpv4.set(key, (found = this.intern(labels, labels, 4)));
    }
    return found;
  }

  /** The class of the address that is written on an end on which there is one. */
  classAt({ index, addresses }: End): AddressClass | undefined {
    const [only] = addresses;
    if (only === undefined || addresses.length > 1) return undefined;
    const four = this.written?.ipv4Of(index) ?? -1;
    return four < 0 ? this.classOf(only) : this.classOfIpv4(four);
  }

  private ofOther(text: string): AddressClass | undefined {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const ip = parseIp(bareAddress(text));
    if (ip === undefined) return undefined;
    const labels = [...this.blocks.around(ip.family, ip.value), ...(this.owners.get(formatIp(ip)) ?? [])];
    const found = this.intern(labels, labels, ip.family);
    this.byText.set(text, found);
    return found;
  }

  /** What filters know of an end that uses an address. */
  traits(identity: LabelSet, address: AddressClass): Traits {
    // Numbers beyond 31 bits are slow keys; below zero they are no others.
    const key = identity.id < 16384 && address.id < 65536 ? identity.id * 65536 + address.id : -1 - (identity.id * MOST_CLASSES + address.id);
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = { id: this.known.size, identity, address }));
    return found;
  }

  /** An address that nobody wrote: only blocks that hold every address match it. */
  get other(): AddressClass {
    return this.intern(this.everywhere, this.everywhere, undefined);
  }

  /** The address of an end whose addresses are absent: the end's own selectors match it, any other may. */
  unknown(identity: LabelSet): AddressClass {
    let found = this.unknowns.get(identity.id);
    if (found === undefined) {
      const must = [...identity.labels, ...this.everywhere];
      // It may be any address that some selector stands for; a group without addresses stands for none.
      found = this.intern(must, [...must, ...this.labels.blocks.keys(), ...[...this.owners.values()].flatMap((labels) => [...labels])], undefined);
      this.unknowns.set(identity.id, found);
    }
    return found;
  }

  /** Every class of the addresses that an external network may hold: those in no written subnet and, for the Internet, not private. */
  external(identity: LabelSet, untrusted: boolean): AddressClass[] {
    const found = new Set<AddressClass>();
    const { blocks, taken } = this.around(untrusted);
    for (const free of freeBlocks(blocks, taken)) {
      const labels = [...this.blocks.around(free.family, free.low, free.prefix), ...identity.labels];
      found.add(this.intern(labels, labels, free.family));
    }
    // A document that writes every address leaves none: then only the network's own selectors match it.
    if (found.size === 0) found.add(this.intern([...this.everywhere, ...identity.labels], [...this.everywhere, ...identity.labels], undefined));
    return [...found];
  }

  /** The class of an address where an external network holds it; undefined where it cannot: in a written subnet or, for the Internet, private. */
  heldBy(text: string, identity: LabelSet, untrusted: boolean): AddressClass | undefined {
    const ip = parseIp(text);
    if (ip === undefined || this.around(untrusted).taken.some((block) => rangeHas(block, ip))) return undefined;
    const labels = [...this.blocks.around(ip.family, ip.value), ...identity.labels];
    return this.intern(labels, labels, ip.family);
  }

  /** Every class of the addresses that are written on no record. Those of IPv4 and IPv6 that no block tells from the rest come as two. */
  unwritten(): AddressClass[] {
    const taken = new Map<string, Cidr>();
    this.membership.forEach((addresses) => {
      for (const text of this.labels.blocks.size === 0 ? [] : addresses) {
        const bare = bareAddress(text);
        const block = taken.has(bare) ? undefined : parseCidr(`${bare}/${bare.includes(":") ? 128 : 32}`);
        if (block !== undefined) taken.set(bare, block);
      }
    });
    return [...new Set(freeBlocks([...this.labels.blocks.values()], [...taken.values()]).map(({ family, low, prefix }) => {
      const labels = this.blocks.around(family, low, prefix);
      return this.intern(labels, labels, family);
    }))];
  }

  /** Addresses of a class that an external network may hold, or for the class of unwritten addresses any that nobody wrote; at most one of each family. */
  *outside(wanted: AddressClass, identity: LabelSet | undefined, untrusted: boolean, place = 0): Generator<string> {
    const { blocks, taken } = this.around(untrusted);
    for (const free of freeBlocks(blocks, taken)) {
      const labels = [...this.blocks.around(free.family, free.low, free.prefix), ...(identity?.labels ?? [])];
      if (this.intern(labels, labels, free.family) !== wanted) continue;
      const address = addressIn(free, [...blocks, ...taken], place);
      if (address !== undefined) yield address;
    }
  }

  private findOwners(): void {
    this.membership.forEach((addresses, identity) => {
      const asked = addresses.length === 0 ? [] : identity().labels.filter((label) => this.labels.isAddressed(label));
      for (const text of asked.length === 0 ? [] : addresses) {
        const ip = parseIp(bareAddress(text));
        if (ip === undefined) continue;
        const key = formatIp(ip);
        const labels = this.owners.get(key);
        if (labels === undefined) this.owners.set(key, new Set(asked));
        else for (const label of asked) labels.add(label);
      }
    });
  }

  /** What divides the addresses that an external network may hold, and those that it may not. What is inside a private block need not be looked at twice. */
  private around(untrusted: boolean): { readonly blocks: readonly Cidr[]; readonly taken: readonly Cidr[] } {
    const blocks = [...this.labels.blocks.values()];
    if (!untrusted) return { blocks, taken: (this.foundSubnets.all ??= this.subnets(() => true)) };
    const subnets = (this.foundSubnets.public ??= this.subnets((four, prefix) => !isPrivate(four, prefix)));
    return { blocks: blocks.filter(({ family, low, prefix }) => family === 6 || !isPrivate(Number(low), prefix)), taken: [...subnets, ...PRIVATE_BLOCKS] };
  }

  /** Every written subnet once; of those of IPv4 the wanted ones. */
  private subnets(isWanted: (four: number, prefix: number) => boolean): readonly Cidr[] {
    const found: Cidr[] = [];
    const seen = new BlocksSeen(isWanted);
    const add = (text: string): void => {
      const cidr = seen.has(text) ? undefined : parseCidr(text);
      if (cidr !== undefined) found.push(cidr);
    };
    if (this.written === undefined) {
      this.membership.forEach((addresses) => addresses.forEach(add));
      return found;
    }
    this.written.eachIpv4((four, prefix) => {
      if (!seen.hasIpv4(four, prefix)) found.push(blockOf(four, prefix));
    });
    this.written.others.forEach(add);
    return found;
  }

  private intern(must: readonly Label[], may: readonly Label[], family: AddressFamily | undefined): AddressClass {
    const sure = this.labels.set(must);
    const perhaps = may === must ? sure : this.labels.set(may);
    const kept = this.families ? family : undefined;
    const key = `${sure.id}/${perhaps.id}/${kept ?? ""}`;
    let found = this.classes.get(key);
    if (found === undefined) this.classes.set(key, (found = { id: this.classes.size, must: sure.labels, may: perhaps.labels, family: kept }));
    return found;
  }
}

/** Which subnets have been met; most documents write thousands of addresses in few. */
class BlocksSeen {
  /** By prefix length: first address, cut to it. */
  private readonly ipv4: Set<number>[] = [];
  private readonly others = new Set<string>();
  private last = -1;
  private lastPrefix = -1;

  constructor(private readonly isWanted: (four: number, prefix: number) => boolean) {}

  /** Whether an address of the same subnet was asked for before, or nobody wants it. */
  has(text: string): boolean {
    const slash = text.indexOf("/");
    const four = slash < 0 ? -1 : readIpv4(text, slash);
    const prefix = Number(text.slice(slash + 1));
    return four < 0 || !(prefix <= 32) ? addTo(this.others, text) : this.hasIpv4(four, prefix);
  }

  /** The same of an IPv4 address as a number. */
  hasIpv4(four: number, prefix: number): boolean {
    const block = Math.floor(four / 2 ** (32 - prefix));
    if (block === this.last && prefix === this.lastPrefix) return true;
    [this.last, this.lastPrefix] = [block, prefix];
    return !this.isWanted(four, prefix) || addTo((this.ipv4[prefix] ??= new Set<number>()), block);
  }
}

/** Whether it was in the set before. */
function addTo<Value>(set: Set<Value>, value: Value): boolean {
  const before = set.size;
  set.add(value);
  return set.size === before;
}

/** The blocks of one prefix length, by first address. */
interface Layer<Value> {
  readonly prefix: number;
  readonly labels: Map<Value, Label>;
}

/** Blocks by family, prefix length and first address: the blocks around an address take one look-up per prefix length in use. */
class BlockIndex {
  /** IPv4 blocks by their first address without the bits behind the prefix. */
  private readonly ipv4: Layer<number>[] = [];
  private readonly ipv6: Layer<bigint>[] = [];

  constructor(blocks: ReadonlyMap<Label, Cidr>) {
    for (const [label, { family, prefix, low }] of blocks) {
      if (family === 4) layerOf(this.ipv4, prefix).set(Math.floor(Number(low) / 2 ** (32 - prefix)), label);
      else layerOf(this.ipv6, prefix).set(low, label);
    }
  }

  /** The longest IPv4 prefix in use. */
  get longestIpv4(): number {
    return Math.max(0, ...this.ipv4.map(({ prefix }) => prefix));
  }

  /** Labels of the blocks that hold the address (or the block of that prefix length that begins with it). */
  around(family: AddressFamily, value: bigint, longest = 128): Label[] {
    if (family === 4) return this.aroundIpv4(Number(value), longest);
    const found: Label[] = [];
    for (const { prefix, labels } of this.ipv6) {
      const shift = BigInt(128 - prefix);
      const label = prefix > longest ? undefined : labels.get((value >> shift) << shift);
      if (label !== undefined) found.push(label);
    }
    return found;
  }

  aroundIpv4(value: number, longest = 32): Label[] {
    const found: Label[] = [];
    for (let at = 0; at < this.ipv4.length; at++) {
      const { prefix, labels } = this.ipv4[at] as Layer<number>;
      const label = prefix > longest ? undefined : labels.get(Math.floor(value / 2 ** (32 - prefix)));
      if (label !== undefined) found.push(label);
    }
    return found;
  }
}

function layerOf<Value>(layers: Layer<Value>[], prefix: number): Map<Value, Label> {
  let layer = layers.find((known) => known.prefix === prefix);
  if (layer === undefined) layers.push((layer = { prefix, labels: new Map() }));
  return layer.labels;
}

/** What `parseCidr` gives for the address as a number. */
function blockOf(four: number, prefix: number): Cidr {
  const size = 2 ** (32 - prefix);
  const low = BigInt(four - (four % size));
  return { family: 4, address: BigInt(four), prefix, low, high: low + BigInt(size - 1) };
}

/** RFC 1918, RFC 6598 (shared), RFC 3927 (link local), RFC 1122 (loopback); RFC 4193 (unique local), RFC 4291 (link local, loopback). */
const PRIVATE_BLOCKS: readonly Cidr[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"]
  .map(parseCidr).filter((block) => block !== undefined);

const PRIVATE_IPV4 = PRIVATE_BLOCKS.filter(({ family }) => family === 4).map(({ low, prefix }) => ({ prefix, size: 2 ** (32 - prefix), low: Number(low) }));

/** Whether the IPv4 block that the address is in lies in a private one. */
function isPrivate(four: number, length: number): boolean {
  // 10.0.0.0/8, where nearly everything is.
  if (length >= 8 && four >= 0x0a000000 && four <= 0x0affffff) return true;
  return PRIVATE_IPV4.some(({ prefix, size, low }) => length >= prefix && four >= low && four < low + size);
}
