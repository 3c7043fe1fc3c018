/** The parties of a rule as addresses, and its services as protocols with ports: what filters match by. */
import { bareAddress, parseCidr } from "../../model/address";
import type { Rule } from "../../model/kinds/forwarder";
import { resolveSelector } from "../../model/members";
import { record, type Topology } from "../../model/topology";
import { blank } from "./command";

/** A longer list of addresses is left to the operator, who has an address set or a tag for it. */
const MOST_ADDRESSES = 16;

/** The addresses of a selector's members, blocks as they are written; what the document does not say stands in angle brackets. */
export function addressesOf(topology: Topology, selector: string): string[] {
  if (selector.startsWith("cidr:")) return [selector.slice("cidr:".length)];
  const members = [...resolveSelector(topology, selector)];
  const found = [...new Set(members.flatMap((party) => ofParty(topology, party)))];
  return found.length > MOST_ADDRESSES ? [blank(`addresses of ${selector}`)] : found;
}

function ofParty(topology: Topology, party: string): string[] {
  if (record(topology, "externalNetworks", party) !== undefined) return [blank(`addresses of ${party}`)];
  const nics = Object.values(record(topology, "vms", party)?.nics ?? {}).flatMap((nic) => nic.addresses ?? []);
  const bmc = party.endsWith("/bmc") ? (record(topology, "hosts", party.slice(0, -"/bmc".length))?.bmc?.addresses ?? []) : [];
  const addresses = [...nics, ...bmc, ...(record(topology, "managementInterfaces", party)?.addresses ?? [])];
  const hosts = addresses.filter((text) => parseCidr(text) !== undefined).map(bareAddress);
  return hosts.length > 0 || record(topology, "hypervisors", party) !== undefined ? hosts : [blank(`addresses of ${party}`)];
}

/** Of one family, because no filter takes both in one list; undefined is any. */
export interface Parties {
  readonly family: 4 | 6;
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

/** The sources and destinations of a rule, by family; empty where a list names nobody: such a rule matches nothing. */
export function partiesOf(topology: Topology, { from, to }: Pick<Rule, "from" | "to">): Parties[] {
  const [sources, targets] = [listOf(topology, from), listOf(topology, to)];
  if (sources === undefined && targets === undefined) return [{ family: 4 }];
  return ([4, 6] as const).flatMap((family): Parties[] => {
    const [own, other] = [sources, targets].map((list) => list?.filter((address) => familyOf(address) === family));
    if (own?.length === 0 || other?.length === 0) return [];
    return [{ family, ...(own === undefined ? {} : { from: own }), ...(other === undefined ? {} : { to: other }) }];
  });
}

/** The same for filters that have a list for each family: where no side names anybody, a rule belongs into both. */
export function partiesOfBoth(topology: Topology, rule: Pick<Rule, "from" | "to">): Parties[] {
  return partiesOf(topology, rule).flatMap((parties): Parties[] => (parties.from === undefined && parties.to === undefined ? [{ family: 4 }, { family: 6 }] : [parties]));
}

function listOf(topology: Topology, selectors: readonly string[] | undefined): string[] | undefined {
  if (selectors === undefined || selectors.includes("any")) return undefined;
  return [...new Set(selectors.flatMap((selector) => addressesOf(topology, selector)))];
}

/** What is left to the operator counts as IPv4. */
function familyOf(address: string): 4 | 6 {
  return !address.startsWith("<") && address.includes(":") ? 6 : 4;
}

export interface Protocol {
  readonly name: "icmp" | "tcp" | "udp";
  /** Single ports and ranges such as `8000-8100`; absent is every port. */
  readonly ports?: readonly string[];
}

/** The protocols of a rule, each once; undefined is any, an empty list matches nothing. */
export function protocolsOf(services: readonly string[] | undefined): Protocol[] | undefined {
  if (services === undefined || services.includes("any")) return undefined;
  return (["icmp", "tcp", "udp"] as const).flatMap((name): Protocol[] => {
    if (services.includes(name)) return [{ name }];
    const ports = services.filter((service) => service.startsWith(`${name}/`)).map((service) => service.slice(name.length + 1));
    return ports.length === 0 ? [] : [{ name, ports }];
  });
}
