/**
 * Address classes: the addresses that no rule of the document tells apart.
 *
 * A class is the set of selectors that match an address: `cidr:` blocks around it and the selectors that name a record on which it
 * is written. Two tenants that use the same address are in one class, as they are to a real firewall.
 */
import { parseCidr, type Cidr } from "../model/address";
import { formatIp, parseIp, type AddressFamily } from "../model/ip";
import type { Label, LabelSet, LabelTable } from "./labels";
import type { Subject } from "./membership";
import { freeBlocks } from "./free-blocks";

export interface AddressClass {
  readonly id: number;
  /** Selectors that match for certain. */
  readonly must: readonly Label[];
  /** Selectors that match for certain or perhaps; the same list where the address is known. */
  readonly may: readonly Label[];
  readonly family: AddressFamily | undefined;
}

export class AddressBook {
  private readonly classes = new Map<string, AddressClass>();
  /** Labels of the records on which an address is written, by address. */
  private readonly owners = new Map<string, Set<Label>>();
  private readonly byText = new Map<string, AddressClass>();
  private readonly subnets: Cidr[] = [];
  private readonly blocks: BlockIndex;
  private readonly everywhere: readonly Label[];
  private readonly unknowns = new Map<number, AddressClass>();

  /** With `families`, IPv4 and IPv6 addresses are never in one class. */
  constructor(private readonly labels: LabelTable, subjects: Iterable<Subject>, private readonly families: boolean) {
    this.blocks = new BlockIndex(labels.blocks);
    this.everywhere = [...labels.blocks].filter(([, block]) => block.prefix === 0).map(([label]) => label);
    for (const subject of subjects) this.write(subject);
  }

  /** The class of a written address, `10.0.0.1/24` or `10.0.0.1`; undefined where it does not parse. */
  classOf(text: string): AddressClass | undefined {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const ip = parseIp(text.split("/")[0] ?? "");
    if (ip === undefined) return undefined;
    const labels = [...this.blocks.around(ip.family, ip.value), ...(this.owners.get(formatIp(ip)) ?? [])];
    const found = this.intern(labels, labels, ip.family);
    this.byText.set(text, found);
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
    const taken = untrusted ? [...this.subnets, ...PRIVATE_BLOCKS] : this.subnets;
    const found = new Set<AddressClass>();
    for (const free of freeBlocks([...this.labels.blocks.values()], taken)) {
      const labels = [...this.blocks.around(free.family, free.low, free.prefix), ...identity.labels];
      found.add(this.intern(labels, labels, free.family));
    }
    // A document that writes every address leaves none: then only the network's own selectors match it.
    if (found.size === 0) found.add(this.intern([...this.everywhere, ...identity.labels], [...this.everywhere, ...identity.labels], undefined));
    return [...found];
  }

  private write({ identity, addresses = [] }: Subject): void {
    for (const text of addresses) {
      const cidr = parseCidr(text);
      if (cidr === undefined) continue;
      this.subnets.push(cidr);
      const key = formatIp({ family: cidr.family, value: cidr.address });
      const labels = this.owners.get(key);
      if (labels === undefined) this.owners.set(key, new Set(identity.labels));
      else for (const label of identity.labels) labels.add(label);
    }
  }

  private intern(must: Iterable<Label>, may: Iterable<Label>, family: AddressFamily | undefined): AddressClass {
    const sure = this.labels.set(must);
    const perhaps = may === must ? sure : this.labels.set(may);
    const kept = this.families ? family : undefined;
    const key = `${sure.id}/${perhaps.id}/${kept ?? ""}`;
    let found = this.classes.get(key);
    if (found === undefined) this.classes.set(key, (found = { id: this.classes.size, must: sure.labels, may: perhaps.labels, family: kept }));
    return found;
  }
}

/** Blocks by family, prefix length and first address: the blocks around an address take one look-up per prefix length in use. */
class BlockIndex {
  private readonly byBlock = new Map<string, Label>();
  private readonly prefixes: Record<AddressFamily, number[]> = { 4: [], 6: [] };

  constructor(blocks: ReadonlyMap<Label, Cidr>) {
    for (const [label, { family, prefix, low }] of blocks) {
      this.byBlock.set(`${family}/${prefix}/${low}`, label);
      if (!this.prefixes[family].includes(prefix)) this.prefixes[family].push(prefix);
    }
  }

  /** Labels of the blocks that hold the address (or the block of that prefix length that begins with it). */
  around(family: AddressFamily, value: bigint, longest = 128): Label[] {
    const bits = family === 4 ? 32 : 128;
    const found: Label[] = [];
    for (const prefix of this.prefixes[family]) {
      if (prefix > longest) continue;
      const shift = BigInt(bits - prefix);
      const label = this.byBlock.get(`${family}/${prefix}/${(value >> shift) << shift}`);
      if (label !== undefined) found.push(label);
    }
    return found;
  }
}

/** RFC 1918, RFC 6598 (shared), RFC 3927 (link local), RFC 1122 (loopback); RFC 4193 (unique local), RFC 4291 (link local, loopback). */
const PRIVATE_BLOCKS: readonly Cidr[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"]
  .map(parseCidr).filter((block) => block !== undefined);
