import { formatBlock, isLinkLocal, parseCidr, rangeContains, rangeHas, type Cidr } from "../model/address";
import { formatIp, parseIp } from "../model/ip";
import { compareIds, type Topology } from "../model/topology";
import type { End, Layer2 } from "../network/types";
import { compareBlocks, placesOf, type Place, type PlacedAddress, type PlacedBlock } from "./address-plan";
import { groupBy } from "./group-by";
import { byHand, listed } from "./phrase";
import { candidate, type Board } from "./remedy/board";
import { freeAddress, gatewayOf } from "./remedy/readdress";
import { separateTenants } from "./remedy/separate";
import type { Draft, FixCandidate, IsolationRule } from "./rule";
import { isForwardingAppliance, localOf, vmOf } from "./workload";

export const mdl002: IsolationRule = {
  id: "MDL-002",
  title: "Address plan conflict",
  severity: "medium",
  threat: "Two machines with one address answer for each other, and one subnet in two places is routed to either: what the analysis says about them, and what the network does, is a matter of luck.",
  condition: "An address twice in one broadcast domain (but shared by routers and firewalls, as VRRP and CARP do); subnets of different length that overlap in one broadcast domain; a gateway outside "
    + "the subnets of its adapter; one subnet, or overlapping ones, on two segments between which something routes; an adapter without a gateway none of whose addresses is in a subnet of its segment's routers and firewalls; subnets of different "
    + "tenants in one segment. Tenants' networks that nothing joins may overlap, and every segment has the link-local blocks. A duplicate MAC address is "
    + "refused when the document is read. Identified by the address, subnet or adapter, and the segment.",
  fix: "Renumber one of them, or keep them in routing domains that do not meet.",
  commands: [],
  references: ["NIST SP 800-53r5 SC-7(22)", "PCI DSS 4.0.1 1.2.3 (accurate network diagram)"],
  caveats: "Virtual addresses of a pair and anycast gateways are meant to be shared. The format knows no VRFs: every router joins all its interfaces in one routing domain.",
  check({ topology, network }) {
    const places = placesOf(topology, network.layer2);
    return [
      ...places.flatMap((place) => duplicates(topology, place)),
      ...places.flatMap((place) => unequalSubnets(topology, place)),
      ...places.flatMap((place) => tenantSubnets(topology, place)),
      ...network.layer2.ends.flatMap((end) => strayGateway(topology, network.layer2, end)),
      ...places.flatMap((place) => strangers(topology, place)),
      ...acrossSegments(places),
    ];
  },
};

function duplicates(topology: Topology, place: Place): Draft[] {
  return [...groupBy(place.addresses, ({ cidr }) => `${cidr.family} ${cidr.address}`).values()].flatMap((users) => {
    const [first] = users;
    const owners = users.length < 2 ? [] : [...new Set(users.map(({ end }) => end.owner))];
    if (first === undefined || owners.length < 2 || users.every(({ end }) => sharesAddresses(topology, end))) return [];
    const address = formatIp({ family: first.cidr.family, value: first.cidr.address });
    const [keeper, ...others] = users.sort((a, b) => Number(sharesAddresses(topology, b.end)) - Number(sharesAddresses(topology, a.end)) || compareIds(a.end.id, b.end.id));
    return [{
      key: `${address}@${place.id}`,
      title: `${address} is used by ${listed(owners)}`,
      subjects: owners,
      detail: `In segment ${place.id}, ${listed(users.map(({ end }) => end.id))} have the same address ${address}.`,
      fixes: () => candidate(topology, `Give all but ${keeper?.end.id ?? ""} an address of their own`, (board) => others.every((user) => renumber(board, user))),
    }];
  });
}

/** Routers and firewalls may share a virtual address. */
function sharesAddresses(topology: Topology, end: End): boolean {
  const vm = vmOf(topology, end);
  return end.kind === "interface" || (vm !== undefined && isForwardingAppliance(vm));
}

function renumber(board: Board, { end, text, cidr }: PlacedAddress): boolean {
  const path = addressPath(board.topology, end);
  const free = freeAddress(board.topology, cidr, undefined);
  if (path === undefined || free === undefined) return false;
  board.set(path, end.addresses.map((address) => (address === text ? free : address)));
  return true;
}

function addressPath(topology: Topology, end: End): string[] | undefined {
  switch (end.kind) {
    case "vnic":
      return ["vms", end.owner, "nics", localOf(end), "addresses"];
    case "managementInterface":
      return ["managementInterfaces", end.id, "addresses"];
    case "bmc":
      return ["hosts", end.id.slice(0, -"/bmc".length), "bmc", "addresses"];
    case "interface":
      return [Object.hasOwn(topology.routers ?? {}, end.owner) ? "routers" : "firewalls", end.owner, "interfaces", localOf(end), "addresses"];
    case "external":
      return undefined;
  }
}

/** A mask that differs from the neighbours': one block inside another, in one segment. */
function unequalSubnets(topology: Topology, place: Place): Draft[] {
  const drafts: Draft[] = [];
  for (const [outer, inner] of nested(place.blocks)) {
    const [few, many] = [inner, outer].sort((a, b) => a.users.length - b.users.length) as [PlacedBlock, PlacedBlock];
    drafts.push({
      key: `${formatBlock(inner.cidr)}+${formatBlock(outer.cidr)}@${place.id}`,
      title: `${formatBlock(inner.cidr)} and ${formatBlock(outer.cidr)} overlap in one segment`,
      subjects: [...new Set([...few.users, ...many.users].map(({ end }) => end.owner))],
      detail: `In segment ${place.id}, ${listed(inner.users.map(({ end }) => end.id))} use ${formatBlock(inner.cidr)} and ${listed(outer.users.map(({ end }) => end.id))} use ${formatBlock(outer.cidr)}, which holds it.`,
      fixes: () => remask(topology, few.users, many.cidr),
    });
  }
  return drafts;
}

function remask(topology: Topology, users: readonly PlacedAddress[], { prefix, family }: Cidr): FixCandidate[] {
  return candidate(topology, `Use /${prefix} on ${listed(users.map(({ end }) => end.id))}`, (board) => {
    for (const { end, text, cidr } of users) {
      const path = addressPath(topology, end);
      if (path !== undefined) board.set(path, end.addresses.map((address) => (address === text ? `${formatIp({ family, value: cidr.address })}/${prefix}` : address)));
    }
  });
}

function strayGateway(topology: Topology, layer2: Layer2, end: End): Draft[] {
  const written = gatewayOf(topology, end);
  const gateway = written === undefined ? undefined : parseIp(written);
  if (written === undefined || gateway === undefined || isLinkLocal(gateway)) return [];
  const subnets = end.addresses.map(parseCidr).filter((cidr) => cidr !== undefined).filter(({ family }) => family === gateway.family);
  if (subnets.length === 0 || subnets.some((subnet) => rangeHas(subnet, gateway))) return [];
  const better = layer2.segmentsOf(end).flatMap((segment) => segment.ends).filter((other) => other.kind === "interface")
    .flatMap((other) => other.addresses.map(parseCidr)).find((cidr) => cidr !== undefined && subnets.some((subnet) => rangeHas(subnet, cidr)));
  const served = layer2.segmentsOf(end).flatMap((segment) => segment.ends).filter((other) => other.kind === "interface").flatMap((other) => other.addresses.map(parseCidr))
    .find((cidr) => cidr !== undefined && rangeHas(cidr, gateway));
  const path = addressPath(topology, end)?.slice(0, -1);
  return [{
    key: end.id,
    title: `The gateway of ${end.id} is outside its subnet`,
    subjects: [end.owner],
    detail: `${end.id} has ${listed(end.addresses)} and the gateway ${written}, which it cannot reach directly.`,
    fixes: () => (path === undefined ? [] : [
      ...(better === undefined ? [] : candidate(topology, `Use the gateway ${formatIp({ family: better.family, value: better.address })}`, (board) =>
        board.set([...path, "gateway"], formatIp({ family: better.family, value: better.address })))),
      ...(served === undefined ? [] : candidate(topology, `Give ${end.id} an address in ${formatBlock(served)}`, (board) => {
        const free = freeAddress(board.topology, served, undefined);
        if (free === undefined) return false;
        board.set([...path, "addresses"], [free]);
        return true;
      })),
      ...candidate(topology, `Remove the gateway of ${end.id}`, (board) => board.remove([...path, "gateway"])),
    ]),
  }];
}

/** Subnets of different tenants in one segment: each believes that it has the segment for itself. */
function tenantSubnets(topology: Topology, place: Place): Draft[] {
  const owned = place.blocks.flatMap((block) => {
    const tenants = new Set(block.users.flatMap(({ end }) => vmOf(topology, end)?.tenant ?? []));
    const [tenant] = tenants;
    return tenant === undefined || tenants.size > 1 ? [] : [{ ...block, tenant }];
  });
  const tenants = [...new Set(owned.map(({ tenant }) => tenant))].sort(compareIds);
  if (tenants.length < 2) return [];
  return [{
    key: `subnets@${place.id}`,
    title: `Segment ${place.id} holds subnets of ${listed(tenants)}`,
    subjects: [...new Set(owned.flatMap(({ users }) => users.map(({ end }) => end.owner)))].slice(0, MOST_SUBJECTS),
    detail: `In segment ${place.id}, ${listed(owned.map(({ cidr, tenant }) => `${tenant} uses ${formatBlock(cidr)}`))}. One segment is no boundary between them (NET-001).`,
    fixes: () => {
      const [first = "", second = ""] = tenants;
      const ends = groupBy(place.addresses.filter(({ end }) => tenants.includes(vmOf(topology, end)?.tenant ?? "")).map(({ end }) => end), (end) => vmOf(topology, end)?.tenant ?? "");
      return separateTenants(topology, new Map([...ends].map(([tenant, own]) => [tenant, [...new Set(own)]])), [first, second]);
    },
  }];
}

/** Adapters none of whose addresses is in a subnet of the routers and firewalls of their segment. */
function strangers(topology: Topology, place: Place): Draft[] {
  const gateways = place.addresses.filter(({ end, cidr }) => sharesAddresses(topology, end) && cidr.prefix > 0);
  if (gateways.length === 0) return [];
  const others = groupBy(place.addresses.filter(({ end }) => !sharesAddresses(topology, end) && gatewayOf(topology, end) === undefined), ({ end }) => end);
  return [...others].flatMap(([end, addresses]): Draft[] => {
    const astray = addresses.every(({ cidr }) => {
      const near = gateways.filter(({ cidr: subnet }) => subnet.family === cidr.family);
      return near.length > 0 && near.every(({ cidr: subnet }) => !rangeHas(subnet, { family: cidr.family, value: cidr.address }));
    });
    if (!astray) return [];
    const subnets = [...new Set(gateways.map(({ cidr }) => formatBlock(cidr)))];
    return [{
      key: end.id,
      title: `${end.id} has no address in a subnet of its segment's gateways`,
      subjects: [end.owner],
      detail: `${end.id} has ${listed(addresses.map(({ text }) => text))}, and the gateways of segment ${place.id} serve ${listed(subnets)}.`,
      fixes: () => gateways.slice(0, 1).flatMap(({ cidr }) => candidate(topology, `Give ${end.id} an address in ${formatBlock(cidr)}`, (board) => {
        const path = addressPath(topology, end);
        const free = freeAddress(board.topology, cidr, undefined);
        if (path === undefined || free === undefined) return false;
        board.set(path, [free]);
        return true;
      })),
    }];
  });
}

const MOST_SUBJECTS = 50;

/** Each block that lies in another, with the smallest that holds it and that `may` pair with it. The blocks are in order. */
function nested<T extends PlacedBlock>(blocks: readonly T[], may: (outer: T, inner: T) => boolean = () => true): [outer: T, inner: T][] {
  const open: T[] = [];
  return blocks.flatMap((inner): [T, T][] => {
    while (open.length > 0 && !rangeContains((open.at(-1) as T).cidr, inner.cidr)) open.pop();
    const outer = open.findLast((one) => may(one, inner));
    open.push(inner);
    return outer === undefined ? [] : [[outer, inner]];
  });
}

/** Subnets that appear on two segments of one routing domain, each with the nearest that holds it. */
function acrossSegments(places: readonly Place[]): Draft[] {
  return [...groupBy(places, ({ domain }) => domain).values()].flatMap((domain) => {
    const blocks = domain.flatMap((place) => place.blocks.map((block) => ({ place, ...block }))).sort((a, b) => compareBlocks(a.cidr, b.cidr) || compareIds(a.place.id, b.place.id));
    return nested(blocks, (outer, inner) => outer.place !== inner.place).map(([outer, inner]) => conflict(inner.cidr, inner, outer.cidr, outer));
  });
}

function conflict(a: Cidr, one: { place: Place; users: readonly PlacedAddress[] }, b: Cidr, other: { place: Place; users: readonly PlacedAddress[] }): Draft {
  const [blockA, blockB] = [formatBlock(a), formatBlock(b)];
  const owners = [...new Set([...one.users, ...other.users].map(({ end }) => end.owner))];
  return {
    key: `${blockA}@${[one.place.id, other.place.id].sort(compareIds).join("+")}`,
    title: blockA === blockB ? `${blockA} is on two segments that route to each other` : `${blockA} and ${blockB} overlap and route to each other`,
    subjects: owners,
    detail: `${blockA} is used in segment ${one.place.id} (${listed(one.users.map(({ end }) => end.id))}) and ${blockB} in ${other.place.id} (${listed(other.users.map(({ end }) => end.id))}); routers reach both and cannot tell them apart.${byHand("which of the two is renumbered is the choice of their owners, and guests have to be told")}`,
  };
}
