/**
 * Labels: every selector that a filter of the document names, numbered, so that what an end or an address belongs to is a short
 * list of numbers and a rule is found by them. Selectors that no rule names get no label: they cannot change a decision.
 */
import { formatBlock, parseCidr, type Cidr } from "../model/address";
import { parseSelector, type Selector } from "../model/selector";
import { entries, type Topology } from "../model/topology";
import type { Rule } from "../model/kinds/forwarder";

export type Label = number;

/** The labels of one side of a rule; `any` where it matches everything. */
export type Named = readonly Label[] | "any";

/** By rule. */
export interface NamedSides {
  readonly from: readonly Named[];
  readonly to: readonly Named[];
}

/** Labels that belong together, interned: two sets are equal when their `id` is. */
export interface LabelSet {
  readonly id: number;
  readonly labels: readonly Label[];
}

const EVERYBODY: readonly string[] = ["any"];
const NOTHING: readonly Label[] = [];

export class LabelTable {
  /** The label of a selector in canonical form, such as `tenant:a` or `cidr:10.0.0.0/24`. */
  private readonly ids = new Map<string, Label>();
  private readonly kinds: Selector["kind"][] = [];
  /** By list of rules. */
  private readonly sides = new Map<readonly Rule[], NamedSides>();
  private readonly sets = new Map<string, LabelSet>();
  private readonly ofOne: LabelSet[] = [];
  /** Of the kinds that are asked for again and again, by id. */
  private readonly byId = { vm: new Map<string, Label>(), portgroup: new Map<string, Label>(), tag: new Map<string, Label>() };
  private readonly addressed: boolean[] = [];
  /** How many of them are no blocks. */
  private addressedMembers = 0;
  /** Lists of one label, which the sides of most rules are. */
  private readonly listsOfOne: (readonly Label[] | undefined)[] = [];
  /** The blocks of `cidr:` selectors, by label. */
  readonly blocks = new Map<Label, Cidr>();

  constructor(topology: Topology) {
    for (const collection of ["routers", "firewalls"] as const) {
      for (const [, { rules }] of entries(topology, collection)) this.addRules(rules, false);
    }
    for (const [, { firewall }] of entries(topology, "managementInterfaces")) if (firewall?.allowedSources !== undefined) this.addAll(firewall.allowedSources, false);
    for (const [, { rules, exclude = [] }] of entries(topology, "distributedFirewalls")) {
      this.addRules(rules, true);
      this.addAll(exclude, true);
    }
  }

  /** What each rule of a filter names on its two sides. */
  sidesOf(rules: readonly Rule[]): NamedSides {
    const named = (texts: readonly string[] = EVERYBODY): Named => (texts.includes("any") ? "any" : texts.map((text) => this.get(text)).filter((label) => label !== undefined));
    return this.sides.get(rules) ?? { from: rules.map(({ from }) => named(from)), to: rules.map(({ to }) => named(to)) };
  }

  private addRules(rules: readonly Rule[] | undefined, byIdentity: boolean): void {
    if (rules === undefined) return;
    const sides = { from: [] as Named[], to: [] as Named[] };
    for (const { from, to } of rules) {
      sides.from.push(this.addSide(from, byIdentity));
      sides.to.push(this.addSide(to, byIdentity));
    }
    this.sides.set(rules, sides);
  }

  private addSide(texts: readonly string[] = EVERYBODY, byIdentity: boolean): Named {
    const [only] = texts;
    if (texts.length !== 1 || only === undefined) {
      const labels = this.addAll(texts, byIdentity);
      return texts.includes("any") ? "any" : labels;
    }
    if (only === "any") return "any";
    const label = this.addNamed(only, byIdentity);
    return label === undefined ? NOTHING : (this.listsOfOne[label] ??= [label]);
  }

  /** @param byIdentity whether selectors of VMs and their groups stand for these themselves there, and not for their addresses */
  private addAll(texts: readonly string[], byIdentity: boolean): readonly Label[] {
    const labels: Label[] = [];
    for (const text of texts) {
      const label = this.addNamed(text, byIdentity);
      if (label !== undefined) labels.push(label);
    }
    return labels;
  }

  private addNamed(text: string, byIdentity: boolean): Label | undefined {
    const label = this.add(text);
    if (label === undefined || this.addressed[label] === true || (byIdentity && this.isIdentity(label))) return label;
    this.addressed[label] = true;
    if (this.kinds[label] !== "cidr") this.addressedMembers += 1;
    return label;
  }

  /** Adds a selector and gives its label; undefined for `any` and for what is no selector. */
  add(text: string): Label | undefined {
    if (text === "any") return undefined;
    const written = this.ids.get(text);
    if (written !== undefined) return written;
    const selector = parseSelector(text);
    if (selector === undefined || selector.kind === "any") return undefined;
    const key = selector.kind === "cidr" && !isCanonical(selector.cidr) ? `cidr:${formatBlock(selector.cidr)}` : text;
    const known = key === text ? undefined : this.ids.get(key);
    if (known !== undefined) return known;
    const label = this.kinds.length;
    this.ids.set(key, label);
    this.kinds.push(selector.kind);
    if (selector.kind === "cidr") this.blocks.set(label, selector.cidr);
    if (selector.kind === "vm" || selector.kind === "portgroup") this.byId[selector.kind].set(selector.id, label);
    if (selector.kind === "tag") this.byId.tag.set(selector.name, label);
    return label;
  }

  /** How many there are. */
  get size(): number {
    return this.kinds.length;
  }

  /** The label of `vm:ID`, if some filter names it. */
  ofVm(id: string): Label | undefined {
    return this.byId.vm.get(id);
  }

  /** The label of `portgroup:ID`, if some filter names it. */
  ofGroup(id: string): Label | undefined {
    return this.byId.portgroup.get(id);
  }

  /** The label of `tag:TAG`, if some filter names it. */
  ofTag(tag: string): Label | undefined {
    return this.byId.tag.get(tag);
  }

  /** Whether some filter names a group, and not only blocks, by the addresses of its members. */
  get hasAddressedMembers(): boolean {
    return this.addressedMembers > 0;
  }

  /** Whether some filter asks for the label by the addresses of its members and not by what they are. */
  isAddressed(label: Label): boolean {
    return this.addressed[label] === true;
  }

  /** The label of a selector that some filter names. */
  get(text: string): Label | undefined {
    const direct = this.ids.get(text);
    if (direct !== undefined || !text.startsWith("cidr:")) return direct;
    const cidr = parseCidr(text.slice("cidr:".length));
    return cidr === undefined ? undefined : this.ids.get(`cidr:${formatBlock(cidr)}`);
  }

  /** In a distributed firewall these stand for the end itself; the others are matched by address there too. */
  isIdentity(label: Label): boolean {
    switch (this.kinds[label]) {
      case "cidr":
      case "management":
      case "bmc":
      case "hypervisor":
        return false;
      default:
        return true;
    }
  }

  /** The interned set of these labels, sorted and without doubles. */
  set(labels: readonly Label[]): LabelSet {
    const [only] = labels;
    if (labels.length === 1 && only !== undefined) return (this.ofOne[only] ??= this.intern([only]));
    return this.intern(ascending(labels));
  }

  private intern(sorted: readonly Label[]): LabelSet {
    const key = sorted.join(",");
    let set = this.sets.get(key);
    // A copy has no room to grow.
    if (set === undefined) this.sets.set(key, (set = { id: this.sets.size, labels: sorted.slice() }));
    return set;
  }
}

/** Sorted and without doubles. */
function ascending(labels: readonly Label[]): readonly Label[] {
  for (let at = 1; at < labels.length; at++) {
    if ((labels[at - 1] as Label) >= (labels[at] as Label)) return labels.length > FEW ? [...new Set(labels)].sort((a, b) => a - b) : inserted(labels);
  }
  return labels;
}

/** So many are sorted one by one faster than any other way. */
const FEW = 12;

function inserted(labels: readonly Label[]): Label[] {
  const found = labels.slice();
  let count = 0;
  for (const label of labels) {
    let at = count;
    while (at > 0 && (found[at - 1] as Label) > label) at -= 1;
    if (at > 0 && found[at - 1] === label) continue;
    for (let from = count; from > at; from--) found[from] = found[from - 1] as Label;
    found[at] = label;
    count += 1;
  }
  if (count < found.length) found.length = count;
  return found;
}

/** Whether there is one way to write the block, without host bits: an IPv4 address has no other form. */
function isCanonical({ family, address, low }: Cidr): boolean {
  return family === 4 && address === low;
}
