/** Address blocks in rules that hold far more addresses than the document's subnets inside them. */
import { parseCidr, rangeContains, type Cidr } from "../model/address";
import { entries, type Topology } from "../model/topology";
import { compareBlocks } from "./address-plan";

/** A block may be this many addresses wider than the subnets that are written. */
const SLACK = 256n;

export interface Excess {
  /** How many addresses the block has more than the subnets. */
  readonly addresses: bigint;
  readonly subnets: readonly Cidr[];
}

/** The subnets written on the document's adapters. Blocks nest or are disjoint, so those that lie in no other are kept, in order. */
export class WrittenSubnets {
  private readonly known = new Map<string, Excess | undefined>();
  private blocks: readonly Cidr[] | undefined;

  constructor(private readonly topology: Topology) {}

  /** Gathered at the first question: most documents name no blocks in rules. */
  private get outermost(): readonly Cidr[] {
    return (this.blocks ??= outermostOf(this.topology));
  }

  /**
   * The subnets inside the block of a selector, where it holds over 256 addresses more than they do; undefined where it fits, where it
   * lies inside a subnet, or where it holds none (then it names a network outside the document).
   */
  excess(selector: string): Excess | undefined {
    if (!selector.startsWith("cidr:")) return undefined;
    if (!this.known.has(selector)) this.known.set(selector, this.measure(parseCidr(selector.slice("cidr:".length))));
    return this.known.get(selector);
  }

  private measure(block: Cidr | undefined): Excess | undefined {
    if (block === undefined || block.prefix === 0) return undefined;
    const { outermost } = this;
    const subnets: Cidr[] = [];
    for (let i = firstAt(outermost, block); i < outermost.length; i += 1) {
      const subnet = outermost[i] as Cidr;
      if (!rangeContains(block, subnet)) break;
      subnets.push(subnet);
    }
    if (subnets.length === 0) return undefined;
    const addresses = sizeOf(block) - subnets.reduce((sum, subnet) => sum + sizeOf(subnet), 0n);
    return addresses > SLACK ? { addresses, subnets } : undefined;
  }
}

/** The index of the first subnet that does not begin below the block. */
function firstAt(outermost: readonly Cidr[], block: Cidr): number {
  let low = 0;
  let high = outermost.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startsBelow(outermost[middle] as Cidr, block)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function outermostOf(topology: Topology): Cidr[] {
  const subnets = new Map<string, Cidr>();
  const add = (addresses: readonly string[] = []): void => {
    for (const cidr of addresses.map(parseCidr)) if (cidr !== undefined) subnets.set(`${cidr.family} ${cidr.low} ${cidr.prefix}`, cidr);
  };
  for (const [, vm] of entries(topology, "vms")) for (const nic of Object.values(vm.nics ?? {})) add(nic.addresses);
  for (const [, adapter] of entries(topology, "managementInterfaces")) add(adapter.addresses);
  for (const [, { bmc }] of entries(topology, "hosts")) add(bmc?.addresses);
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [, forwarder] of entries(topology, collection)) for (const port of Object.values(forwarder.interfaces ?? {})) add(port.addresses);
  }
  const outermost: Cidr[] = [];
  for (const subnet of [...subnets.values()].sort(compareBlocks)) {
    const last = outermost.at(-1);
    if (last === undefined || !rangeContains(last, subnet)) outermost.push(subnet);
  }
  return outermost;
}

function startsBelow(a: Cidr, b: Cidr): boolean {
  return a.family === b.family ? a.low < b.low : a.family < b.family;
}

function sizeOf({ low, high }: Cidr): bigint {
  return high - low + 1n;
}
