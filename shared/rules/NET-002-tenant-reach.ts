import { ownerOf } from "../model/ids";
import { compareIds, record, type Topology } from "../model/topology";
import { intersectServices, listServices, NO_SERVICES, parseServices, unionServices, type ServiceSet } from "../model/services";
import type { Network } from "../network/compiled-network";
import type { Breach, End, Pair, Party, Segment } from "../network/types";
import { PFSENSE_FILTER, VYOS_BRIDGE } from "./no-command";
import { CROWD, counted, listed } from "./phrase";
import type { Hop } from "../analysis/result";
import { groupBy } from "./group-by";
import { once } from "../model/once";
import { closeWays, waysBetween } from "./remedy/close-ways";
import { denyApart, denyOnTheWay, type Denial } from "./remedy/deny";
import { microsegment } from "./remedy/microsegment";
import { moveApart } from "./remedy/move-apart";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { SideDoors } from "./side-doors";
import { tenantName } from "./workload";

/** Remote administration and file sharing: SSH, RPC, NetBIOS, SMB, RDP, WinRM. */
const ADMINISTRATION_PORTS = parseServices(["tcp/22", "tcp/135", "tcp/139", "tcp/445", "tcp/3389", "tcp/5985"]);

export const net002: IsolationRule = {
  id: "NET-002",
  title: "Tenant reaches another tenant at layer 3",
  severity: "high",
  threat: "The tenants have segments of their own, and routing undoes it: a compromised VM of one scans and attacks the other's.",
  condition: "A VM of one tenant reaches a VM of another through routers, firewalls, forwarding VMs or a one-way leak at layer 2, with services that policy.allow does not cover, judged through "
    + "every filter on the way. Pairs in one segment are NET-001. Critical where the target's tenant is sensitive or a service of remote administration is among them, and the flow is answered. "
    + "Identified by the directed pair of tenants; one finding for a tenant that reaches more than 50 others, t1>*.",
  fix: "Deny the one tenant to the other at the top of the nearest common firewall or of the distributed firewall, or remove the route.",
  commands: [
    { platform: "proxmox", text: "cluster.fw: [group tenant-b] IN DROP -source +tenant-a -log info" },
    { platform: "linux", text: "nft add rule inet filter forward ip saddr 10.10.0.0/24 ip daddr 10.20.0.0/24 drop" },
    { platform: "vyos", text: "set firewall ipv4 forward filter rule 10 action drop; set firewall ipv4 forward filter rule 10 source address 10.10.0.0/24; set firewall ipv4 forward filter rule 10 destination address 10.20.0.0/24" },
    { platform: "open-vswitch", text: "ovs-ofctl add-flow br0 'priority=40000,ip,nw_src=10.10.0.0/24,nw_dst=10.20.0.0/24,actions=drop'" },
    VYOS_BRIDGE,
    PFSENSE_FILTER,
    { platform: "hyper-v", text: "Add-VMNetworkAdapterExtendedAcl -VMName B1 -Action Deny -Direction Inbound -RemoteIPAddress 10.10.0.0/24 -Weight 100" },
  ],
  references: ["NIST SP 800-53r5 SC-7(5), SC-7(11), AC-4", "PCI DSS 4.0.1 1.3.1, 1.3.2, 1.4.2, A1.1.1, 11.4.5", "MITRE ATT&CK T1210, T1021, T1046"],
  caveats: "Answers to allowed flows are no finding. A service that one tenant publishes to the other needs a policy entry, not a deny.",
  root: ({ key }) => key.slice(0, key.indexOf(">")),
  check(context) {
    const crossings = groupBy(breachesOverRoutes(context.network), ({ from }) => from);
    const members = groupBy(context.network.parties, ({ tenant }) => tenant);
    return [...crossings].flatMap(([from, reached]) => (reached.length > CROWD ? [describeCrowd(context, members, from, reached)] : reached.map(({ to }) => describe(context, from, to))))
      .sort((a, b) => compareIds(a.key, b.key));
  },
};

type Crossing = Breach & { readonly routed: NonNullable<Breach["routed"]> };

/** Without those whose frames pass both ways: the two are in one segment. */
function breachesOverRoutes(network: Network): Crossing[] {
  const found: Crossing[] = [];
  for (const { from, to, routed } of network.eachBreach()) if (routed !== undefined) found.push({ from, to, routed });
  return found.sort((a, b) => compareIds(a.to, b.to));
}

function routedPairs(network: Network, from: string, to: string): Pair[] {
  return network.violations(from, to).filter(({ frames }) => frames !== "both");
}

/** Parties by tenant, sorted by id. */
type Members = ReadonlyMap<string | undefined, readonly Party[]>;

/** The first pair over routes that is answered beyond the policy. */
function answeredPair(network: Network, from: readonly Party[], to: readonly Party[]): Pair | undefined {
  for (const source of from) {
    for (const target of to) {
      const pair = network.pair(source.id, target.id);
      if (pair.verdict === "violating" && pair.frames !== "both" && pair.services.length > 0) return pair;
    }
  }
  return undefined;
}

function describe({ topology, network }: RuleContext, from: string, to: string): Draft {
  const pairs = routedPairs(network, from, to);
  const services = pairs.reduce<ServiceSet>((set, pair) => unionServices(set, pair.beyond), NO_SERVICES);
  const answered = pairs.filter((pair) => pair.services.length > 0);
  const witness = answered[0] ?? pairs[0];
  const path = once(() => (witness === undefined ? [] : network.firstPath(witness.from, witness.to)));
  const senders = [...new Set(pairs.map((pair) => pair.from))];
  const receivers = [...new Set(pairs.map((pair) => pair.to))];
  return {
    key: `${from}>${to}`,
    severity: severityOf(topology, to, answered.reduce<ServiceSet>((set, pair) => unionServices(set, pair.beyond), NO_SERVICES)),
    title: `${tenantName(topology, from)} ${answered.length > 0 ? "reaches" : "injects packets into"} ${tenantName(topology, to)}`,
    get subjects() {
      return [...deciding(path()).map(({ at }) => ownerOf(at)), ...senders.slice(0, MOST_SUBJECTS), ...receivers.slice(0, MOST_SUBJECTS)];
    },
    get detail() {
      return `${counted(senders.length, "VM")} of ${from} (${listed(senders)}) ${answered.length > 0 ? "reach" : "deliver packets, without an answer, to"} ${counted(receivers.length, "VM")} of ${to} (${listed(receivers)}) `
        + `on ${listed(listServices(services))} beyond the policy${deciding(path()).map(({ at, does }) => `; ${at} ${does}`).join("")}.`
        + (pairs.some((pair) => pair.forged === true) ? " The verdict rests on an address that the guest can take over from a neighbour." : "");
    },
    services: listServices(services),
    path,
    fixes: () => [
      ...denyOnTheWay(topology, network, pairs, denialOf(network, from, to, pairs)),
      ...bothWays(topology, network, from, to, pairs),
      // Where frames pass one way no filter stops them.
      ...moveApart(topology, network, pairs),
      ...aroundFilters(topology, network, pairs),
    ],
  };
}

/** One finding for a tenant that reaches very many: most of them for one reason, such as a default that allows. */
function describeCrowd({ topology, network }: RuleContext, members: Members, from: string, reached: readonly Crossing[]): Draft {
  const [first] = reached as readonly [Crossing, ...Crossing[]];
  const services = [...new Set(reached.map(({ routed }) => routed.beyond))].reduce((set, beyond) => unionServices(set, beyond), NO_SERVICES);
  const answered = reached.filter(({ routed }) => routed.answered.length > 0);
  const others = reached.map(({ to }) => to);
  const shown = (answered[0] ?? first).to;
  const witness = answeredPair(network, members.get(from) ?? [], members.get(shown) ?? []) ?? routedPairs(network, from, shown)[0];
  const path = once(() => (witness === undefined ? [] : network.firstPath(witness.from, witness.to)));
  return {
    key: `${from}>*`,
    severity: answered.some(({ to, routed }) => severityOf(topology, to, routed.answered) === "critical") ? "critical" : "high",
    title: `${tenantName(topology, from)} ${answered.length > 0 ? "reaches" : "injects packets into"} ${others.length} tenants`,
    get subjects() {
      return [...deciding(path()).map(({ at }) => ownerOf(at)), from, ...others.slice(0, MOST_SUBJECTS)];
    },
    get detail() {
      return `VMs of ${from} ${answered.length > 0 ? "reach" : "deliver packets, without an answer, to"} VMs of ${counted(others.length, "tenant")} (${listed(others)}) on ${listed(listServices(services))} beyond the policy`
        + `${witness === undefined ? "" : `, such as ${witness.from} to ${witness.to}`}${deciding(path()).map(({ at, does }) => `; ${at} ${does}`).join("")}.`
        + (reached.some(({ routed }) => routed.forged) ? " Some of it rests on addresses that guests can take over from a neighbour." : "");
    },
    services: listServices(services),
    path,
    fixes: () => denyOnTheWay(topology, network, routedPairs(network, from, shown), { id: `deny-${from}-others`, from: [`tenant:${from}`], to: others.map((other) => `tenant:${other}`) }),
  };
}

/** Where the policy allows some of it, the deny is of the rest. */
function denialOf(network: Network, from: string, to: string, pairs: readonly Pair[]): Denial {
  const beyond = pairs.reduce<ServiceSet>((set, pair) => unionServices(set, pair.beyond), NO_SERVICES);
  return { id: `deny-${from}-${to}`, from: [`tenant:${from}`], to: [`tenant:${to}`], ...(pairs.some((pair) => network.allowed(pair.from, pair.to).length > 0) ? { services: listServices(beyond) } : {}) };
}

/** Where the other tenant reaches this one too, one change that keeps both apart. */
function bothWays(topology: Topology, network: Network, from: string, to: string, pairs: readonly Pair[]): FixCandidate[] {
  const back = routedPairs(network, to, from);
  return back.length === 0 ? [] : denyApart(topology, network, { pairs, denial: denialOf(network, from, to, pairs) }, { pairs: back, denial: denialOf(network, to, from, back) });
}

const MOST_SUBJECTS = 25;

/** The last router or firewall on the way, which lets the packet through; empty where there is none. */
function deciding(path: readonly Hop[]): readonly Hop[] {
  return path.filter(({ kind }) => kind === "router" || kind === "firewall" || kind === "distributedFirewall").slice(-1);
}

/** Where no router or firewall is on the way: the adapters of the machines that forward, or a distributed firewall. */
function aroundFilters(topology: Topology, network: Network, pairs: readonly Pair[]): FixCandidate[] {
  const endsOf = (some: readonly Pair[]): End[] => [...new Set(some.flatMap((pair) => [pair.from, pair.to]))].flatMap((party) => network.layer2.endsOf(party));
  if (pairs.every((pair) => pair.layer === 2)) return microsegment(topology, endsOf(pairs), network.today);
  const routed = pairs.filter((pair) => pair.layer === 3);
  const doors = new SideDoors(topology, network);
  const segments = (party: string): readonly Segment[] => network.layer2.endsOf(party).flatMap((end) => network.layer2.segmentsOf(end));
  const ways = waysBetween(doors, routed.slice(0, MOST_WAYS).flatMap((pair) => segments(pair.from).flatMap((from) => segments(pair.to).map((to) => [from, to] as const))));
  if (!ways.some((way) => way.doors.some((door) => door.kind === "vm"))) return [];
  return [...closeWays(topology, ways), ...microsegment(topology, endsOf(routed), network.today)];
}

/** So many pairs are looked at for machines that forward between them. */
const MOST_WAYS = 8;

/** @param answered what passes beyond the policy and is answered */
function severityOf(topology: Topology, to: string, answered: ServiceSet): "critical" | "high" {
  if (answered.length === 0) return "high";
  const sensitive = record(topology, "tenants", to)?.sensitive === true;
  return sensitive || intersectServices(answered, ADMINISTRATION_PORTS).length > 0 ? "critical" : "high";
}
