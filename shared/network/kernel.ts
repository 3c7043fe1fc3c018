/** Compiles a document into the parts that answer questions about it: who hears whom, who forwards, what filters, who may use which address. */
import { entries, type Topology } from "../model/topology";
import type { Assume } from "../analysis/result";
import { AddressBook } from "./addresses";
import { compileGuards, type Guard, type Guards } from "./distributed";
import { Fabric } from "./fabric";
import type { Filter } from "./filters";
import { Flows } from "./flows";
import { collectForwarders, type Forwarder } from "./forwarders";
import { Hosts } from "./hosts";
import { LabelTable } from "./labels";
import { compileLayer2 } from "./layer2";
import { compileShields, type Shield } from "./management-firewall";
import { Membership } from "./membership";
import { Neighbourhoods } from "./neighbourhoods";
import { NextHops } from "./next-hop";
import { isUnaddressed } from "./placed-end";
import { Propagation } from "./propagation";
import { Reach } from "./reach";
import { Spots } from "./spots";
import type { Layer2 } from "./types";
import { WrittenAddresses } from "./written-addresses";

export interface Kernel {
  readonly topology: Topology;
  readonly assume: Assume;
  readonly layer2: Layer2;
  readonly membership: Membership;
  readonly book: AddressBook;
  readonly guards: Guards;
  readonly shields: ReadonlyMap<string, Shield>;
  readonly spots: Spots;
  readonly fabric: Fabric;
  readonly hops: NextHops;
  readonly hosts: Hosts;
  readonly neighbourhoods: Neighbourhoods;
  readonly flows: Flows;
  readonly reach: Reach;
  readonly labels: LabelTable;
}

export function compileKernel(topology: Topology, assume: Assume, layer2: Layer2 = compileLayer2(topology, assume)): Kernel {
  const labels = new LabelTable(topology);
  // Where addresses count as configured, it matters who is in whose subnet.
  if (assume === "configured") for (const text of writtenAddresses(topology)) labels.add(`cidr:${text}`);
  const membership = new Membership(topology, labels, layer2);
  const written = new WrittenAddresses(layer2);
  // Also on a vNIC that is not connected: the VM answers for it on the others.
  const book = new AddressBook(labels, membership, assume === "configured" || written.others.some(isIpv6), written);
  const guards = compileGuards(topology, labels, membership, book);
  const shields = compileShields(topology, labels);
  const forwarders = collectForwarders(topology, layer2, labels, guards, assume);
  // A router of which no address is written may be anyone's gateway.
  const unaddressed = assume === "configured" && forwarders.some(({ transparent, ports }) => !transparent && ports.some(({ end }) => isUnaddressed(end)));
  const unknownLinks = unaddressed || forwarders.some(({ missing }) => missing.length > 0) || layer2.classes.some((layer) => layer2.mayHearers(layer).length > 0);
  const spots = new Spots(layer2, new Set(forwarders.flatMap(({ ports }) => ports.map(({ end }) => end))), unknownLinks);
  const fabric = new Fabric(forwarders, spots);
  const neighbourhoods = new Neighbourhoods(layer2, fabric, book);
  const hops = new NextHops(assume, fabric, labels);
  const hosts = new Hosts({ topology, assume, layer2, membership, book, guards, shields, spots, neighbourhoods });
  const transit = transitGuards(forwarders);
  const clients = clientPorts([...forwarders.flatMap(({ filter }) => filter ?? []), ...guards.all.map(({ filter }) => filter)]);
  const flows = new Flows(assume, spots, fabric, new Propagation(fabric), hops, transit, clients);
  return { topology, assume, layer2, membership, book, guards, shields, spots, neighbourhoods, fabric, hops, hosts, labels, flows, reach: new Reach(flows, spots, unknownLinks) };
}

function isIpv6(text: string): boolean {
  return text.includes(":");
}

function* writtenAddresses(topology: Topology): Generator<string> {
  for (const [, { nics = {} }] of entries(topology, "vms")) for (const { addresses = [] } of Object.values(nics)) yield* addresses;
  for (const [, { addresses = [] }] of entries(topology, "managementInterfaces")) yield* addresses;
  for (const [, { bmc }] of entries(topology, "hosts")) yield* bmc?.addresses ?? [];
}

function transitGuards(forwarders: readonly Forwarder[]): readonly Guard[] {
  return [...new Set(forwarders.flatMap(({ ports }) => ports.flatMap(({ guards }) => guards)))];
}

/**
 * One service number out of each run of ports that no stateless rule tells apart, the last runs first: client ports are high ones.
 * Empty where every filter keeps state.
 */
function clientPorts(filters: readonly Filter[]): number[] {
  const stateless = filters.filter(({ stateful, filtering }) => !stateful && filtering);
  if (stateless.length === 0) return [];
  const starts = new Set([-1, 1, 65537]);
  for (const { rules } of stateless) {
    for (const { services } of rules) {
      for (let i = 0; i < services.length; i += 2) {
        starts.add(services[i] as number);
        starts.add((services[i + 1] as number) + 1);
      }
    }
  }
  // 0 and 65536 are no services, nor is what lies beyond the last.
  return [...starts].filter((start) => start !== 0 && start !== 65536 && start <= 131071).sort((a, b) => b - a);
}
