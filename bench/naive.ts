/**
 * The same question without any of the thought: for every ordered pair of VMs read every rule in order. Knows what generated documents have:
 * one vNIC and one address a VM, one VLAN a port group, stateful firewalls, gateways that are the edges.
 */
import type { Rule } from "../shared/model/kinds/forwarder";
import { ANY_SERVICE, NO_SERVICES, equalServices, intersectServices, parseServices, subtractServices, unionServices, type ServiceSet } from "../shared/model/services";
import type { Topology } from "../shared/model/topology";
import type { Verdict } from "../shared/analysis/result";
import { SIZES, type Results } from "./analysis-ratios";
import { parse, textOf } from "./documents";
import { analyseFully } from "./full-analysis";
import { Random } from "./random";
import { always, interleave, medianRatio, work } from "./statistics";

const SAMPLE = 4000;

interface Vm { id: string; tenant: string; tags: readonly string[]; portGroup: string; address: number; vlan: string; edge: string; interface: string }
interface Line { allows: boolean; from: (vm: Vm) => boolean; to: (vm: Vm) => boolean; services: ServiceSet; in: string | undefined }
interface Rules { lines: readonly Line[]; byDefault: boolean }

export class Naive {
  readonly vms: readonly Vm[];
  private readonly distributed: Rules;
  private readonly edges: ReadonlyMap<string, Rules>;
  private readonly policy: readonly Line[];

  constructor(topology: Topology) {
    const { firewalls = {}, distributedFirewalls: { dfw } = {}, policy: { allow = [] } = {} } = topology;
    this.vms = vmsOf(topology);
    this.distributed = { lines: lines(dfw?.rules ?? []), byDefault: dfw?.defaultAction === "allow" };
    this.edges = new Map(Object.entries(firewalls).map(([id, { rules = [], defaultAction }]) => [id, { lines: lines(rules), byDefault: defaultAction === "allow" }]));
    this.policy = lines(allow.map((entry) => ({ ...entry, action: "allow" as const })));
  }

  judge(from: Vm, to: Vm): { services: ServiceSet; verdict: Verdict } {
    let services = firstMatch(this.distributed, from, to, "");
    if (from.vlan !== to.vlan) {
      services = intersectServices(services, this.edge(from.edge, from, to, from.interface));
      if (to.edge !== from.edge) services = intersectServices(services, this.edge(to.edge, from, to, "core"));
    }
    if (services.length === 0) return { services, verdict: "isolated" };
    const permitted = from.tenant === to.tenant ? ANY_SERVICE : firstMatch({ lines: this.policy, byDefault: false }, from, to, "");
    return { services, verdict: subtractServices(services, permitted).length === 0 ? "permitted" : "violating" };
  }

  private edge(id: string, from: Vm, to: Vm, enter: string): ServiceSet {
    const rules = this.edges.get(id);
    return rules === undefined ? NO_SERVICES : firstMatch(rules, from, to, enter);
  }
}

/** What passes, service by service: the first rule that matches decides. */
function firstMatch({ lines: all, byDefault }: Rules, from: Vm, to: Vm, enter: string): ServiceSet {
  let undecided = ANY_SERVICE;
  let passing = NO_SERVICES;
  for (const line of all) {
    if (!line.from(from) || !line.to(to) || (line.in !== undefined && line.in !== enter)) continue;
    const decided = intersectServices(undecided, line.services);
    if (line.allows) passing = unionServices(passing, decided);
    undecided = subtractServices(undecided, decided);
    if (undecided.length === 0) return passing;
  }
  return byDefault ? unionServices(passing, undecided) : passing;
}

function lines(rules: readonly Pick<Rule, "action" | "from" | "to" | "services" | "in">[]): Line[] {
  return rules.map(({ action, from, to, services, in: enter }) => ({ allows: action === "allow", from: matcher(from), to: matcher(to), services: parseServices(services), in: enter }));
}

function matcher(selectors: readonly string[] | undefined): (vm: Vm) => boolean {
  if (selectors === undefined) return () => true;
  const tests = selectors.map((text): ((vm: Vm) => boolean) => {
    const [kind, rest = ""] = text.split(/:(.*)/s);
    switch (kind) {
      case "workloads": return () => true;
      case "vm": return ({ id }) => id === rest;
      case "tenant": return ({ tenant }) => tenant === rest;
      case "portgroup": return ({ portGroup }) => portGroup === rest;
      case "tag": return ({ tags }) => tags.includes(rest);
      case "cidr": {
        const [network = "", length = ""] = rest.split("/");
        const size = 2 ** (32 - Number(length));
        const block = Math.floor(numeric(network) / size);
        return ({ address }) => Math.floor(address / size) === block;
      }
      default: throw new Error(`${text}: not in generated documents`);
    }
  });
  return (vm) => tests.some((test) => test(vm));
}

function vmsOf(topology: Topology): Vm[] {
  const gateways = new Map(Object.entries(topology.firewalls ?? {}).flatMap(([edge, { interfaces = {} }]) =>
    Object.entries(interfaces).map(([local, { addresses }]) => [addresses?.[0]?.split("/")[0] ?? "", { edge, interface: local }] as const)));
  return Object.entries(topology.vms ?? {}).map(([id, { tenant = "", tags = [], nics }]) => {
    const { portGroup = "", addresses, gateway = "" } = nics?.["eth0"] ?? {};
    const group = topology.portGroups?.[portGroup];
    const way = gateways.get(gateway);
    if (group?.vlan?.mode !== "access" || way === undefined) throw new Error(`${id}: not as generated`);
    return { id, tenant, tags, portGroup, address: numeric(addresses?.[0]?.split("/")[0] ?? ""), vlan: `${group.virtualSwitch} ${group.vlan.id}`, ...way };
  });
}

function numeric(text: string): number {
  return text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
}

/** The naive search's time for all pairs, extrapolated from a sample, over the full analysis. Throws if they differ on a pair. */
export function againstNaive(rounds: number): Results {
  const text = textOf({ vms: SIZES["1k"], defaultAction: "deny" });
  const naive = new Naive(parse(text));
  const random = new Random(3);
  const sample = Array.from({ length: SAMPLE }, () => [random.of(naive.vms), random.of(naive.vms)] as const).filter(([from, to]) => from !== to);
  compareVerdicts(parse(text), naive, [...sample, ...pairsOfTenant(naive, "t1"), ...pairsOfTenant(naive, "t2")]);
  const times = interleave(rounds, {
    sample: always(() => sample.forEach(([from, to]) => naive.judge(from, to))),
    full: work(() => parse(text), analyseFully),
  });
  const pairs = naive.vms.length * (naive.vms.length - 1);
  return { naiveOverFull1k: (medianRatio(times.sample, times.full) * pairs) / sample.length };
}

function pairsOfTenant({ vms }: Naive, tenant: string): (readonly [Vm, Vm])[] {
  const own = vms.filter((vm) => vm.tenant === tenant);
  return own.flatMap((from) => own.filter((to) => to !== from).map((to) => [from, to] as const));
}

function compareVerdicts(topology: Topology, naive: Naive, pairs: readonly (readonly [Vm, Vm])[]): void {
  const network = analyseFully(topology);
  let reaching = 0;
  for (const [from, to] of pairs) {
    const [own, theirs] = [network.pair(from.id, to.id), naive.judge(from, to)];
    if (own.verdict !== theirs.verdict || !equalServices(own.services, theirs.services)) throw new Error(`${from.id} to ${to.id}: the naive search and Bulkhead differ`);
    if (own.services.length > 0) reaching += 1;
  }
  if (reaching === 0) throw new Error("no pair of the sample reaches anything");
}
