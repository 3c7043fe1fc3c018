/**
 * Labels: every selector that a filter of the document names, numbered, so that what an end or an address belongs to is a short
 * list of numbers and a rule is found by them. Selectors that no rule names get no label: they cannot change a decision.
 */
import { formatBlock, parseCidr, type Cidr } from "../model/address";
import { parseSelector, type Selector } from "../model/selector";
import { entries, type Topology } from "../model/topology";
import type { Rule } from "../model/kinds/forwarder";

export type Label = number;

/** Labels that belong together, interned: two sets are equal when their `id` is. */
export interface LabelSet {
  readonly id: number;
  readonly labels: readonly Label[];
}

export class LabelTable {
  /** The label of a selector in canonical form, such as `tenant:a` or `cidr:10.0.0.0/24`. */
  private readonly ids = new Map<string, Label>();
  private readonly kinds: Selector["kind"][] = [];
  /** By list of selectors, until `close`: there are tens of thousands, and each is needed twice. */
  private readonly lists = new Map<readonly string[], readonly Label[]>();
  private readonly sets = new Map<string, LabelSet>();
  private readonly ofOne: LabelSet[] = [];
  private readonly byVm = new Map<string, Label>();
  private readonly byAddress = new Set<Label>();
  /** The blocks of `cidr:` selectors, by label. */
  readonly blocks = new Map<Label, Cidr>();

  constructor(topology: Topology) {
    for (const texts of selectorsOfAppliances(topology)) for (const label of this.addAll(texts)) this.byAddress.add(label);
    for (const texts of selectorsOfDistributed(topology)) for (const label of this.addAll(texts)) if (!this.isIdentity(label)) this.byAddress.add(label);
  }

  /** The labels of a rule's selectors, without those of `any`. */
  listOf(texts: readonly string[]): readonly Label[] {
    return this.lists.get(texts) ?? texts.map((text) => this.get(text)).filter((label) => label !== undefined);
  }

  /** Lists of selectors are not asked for any more. */
  close(): void {
    this.lists.clear();
  }

  private addAll(texts: readonly string[]): readonly Label[] {
    const [first] = texts;
    const only = texts.length === 1 && first !== undefined ? this.add(first) : undefined;
    const labels = only === undefined ? texts.map((text) => this.add(text)).filter((label) => label !== undefined) : [only];
    this.lists.set(texts, labels);
    return labels;
  }

  /** Adds a selector and gives its label; undefined for `any` and for what is no selector. */
  add(text: string): Label | undefined {
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
    if (selector.kind === "vm") this.byVm.set(selector.id, label);
    return label;
  }

  /** The label of `vm:ID`, if some filter names it. */
  ofVm(id: string): Label | undefined {
    return this.byVm.get(id);
  }

  /** Whether some filter names a group, and not only blocks, by the addresses of its members. */
  get hasAddressedMembers(): boolean {
    return this.byAddress.size > this.blocks.size || [...this.byAddress].some((label) => !this.blocks.has(label));
  }

  /** Whether some filter asks for the label by the addresses of its members and not by what they are. */
  isAddressed(label: Label): boolean {
    return this.byAddress.has(label);
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
    if (set === undefined) this.sets.set(key, (set = { id: this.sets.size, labels: sorted }));
    return set;
  }
}

/** Sorted and without doubles. */
function ascending(labels: readonly Label[]): readonly Label[] {
  for (let at = 1; at < labels.length; at++) if ((labels[at - 1] as Label) >= (labels[at] as Label)) return [...new Set(labels)].sort((a, b) => a - b);
  return labels;
}

/** Whether there is one way to write the block, without host bits: an IPv4 address has no other form. */
function isCanonical({ family, address, low }: Cidr): boolean {
  return family === 4 && address === low;
}

/** Every list of selectors in a router, a firewall or a management interface's own firewall: there they stand for addresses. */
function* selectorsOfAppliances(topology: Topology): Generator<readonly string[]> {
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [, { rules }] of entries(topology, collection)) yield* ofRules(rules);
  }
  for (const [, { firewall }] of entries(topology, "managementInterfaces")) if (firewall?.allowedSources !== undefined) yield firewall.allowedSources;
}

function* selectorsOfDistributed(topology: Topology): Generator<readonly string[]> {
  for (const [, { rules, exclude = [] }] of entries(topology, "distributedFirewalls")) {
    yield* ofRules(rules);
    yield exclude;
  }
}

function* ofRules(rules: readonly Rule[] = []): Generator<readonly string[]> {
  for (const { from, to } of rules) {
    if (from !== undefined) yield from;
    if (to !== undefined) yield to;
  }
}
