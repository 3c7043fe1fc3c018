/** One question to an ACL of 5,000 rules against z3, with the same answers. */
import { z } from "zod";
import { parseCidr } from "../shared/model/address";
import type { Rule } from "../shared/model/kinds/forwarder";
import { parseService } from "../shared/model/services";
import type { Topology } from "../shared/model/topology";
import { AddressBook } from "../shared/network/addresses";
import { Filter } from "../shared/network/filters";
import { LabelTable } from "../shared/network/labels";
import { Membership } from "../shared/network/membership";
import { hasService } from "../shared/network/propagation";
import type { Results } from "./analysis-ratios";
import { generate } from "./generate";
import { askPython, hasModule } from "./python";
import { Random } from "./random";
import { median } from "./statistics";

const RULES = 5000;
const QUERIES = 10;
/** Groups of a pod of 2,500 VMs. */
const GROUPS = 625;

/** Whether a packet from one address to another may pass on a TCP port, coming in by the interface. */
interface Query {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly in: string;
  readonly out: string;
}

const answersSchema = z.array(z.object({ ms: z.number(), allowed: z.boolean() }));

/** The ratio of the medians of one query. Throws if an answer differs. */
export function againstZ3(script: string, rounds: number): Results {
  if (!hasModule("z3")) return {};
  const topology = generate({ vms: 4 * GROUPS, defaultAction: "deny", edgeRules: RULES });
  const rules = topology.firewalls?.["pod0-edge"]?.rules ?? [];
  if (rules.length !== RULES) throw new Error(`${rules.length} rules`);
  const queries = makeQueries(rules);
  const input = { rules: rules.map((rule) => forZ3(rule)), queries: queries.map(({ from, to, port, in: enter }) => ({ from: numeric(from), to: numeric(to), port, in: interfaceNumber(enter) })) };
  askFilter(topology, rules, queries);
  const [own, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const mine = askFilter(topology, rules, queries);
    const theirs = answersSchema.parse(askPython(script, input));
    if (theirs.length !== queries.length || theirs.some(({ allowed }, index) => allowed !== mine[index]?.allowed)) throw new Error("z3 and Bulkhead differ");
    if (!theirs.some(({ allowed }) => allowed) || theirs.every(({ allowed }) => allowed)) throw new Error("queries that all have one answer");
    own.push(...mine.map(({ ms }) => ms));
    other.push(...theirs.map(({ ms }) => ms));
  }
  return { z3OverQuery5k: median(other) / median(own) };
}

/** With a filter that nobody has asked anything yet; compiling it is not timed, as the formula's building is not. */
function askFilter(topology: Topology, rules: Rule[], queries: readonly Query[]): { ms: number; allowed: boolean }[] {
  const labels = new LabelTable(topology);
  const book = new AddressBook(labels, new Membership(topology, labels), false);
  const filter = new Filter({ id: "acl", kind: "firewall", stateful: true, rules, defaultAllow: false, byIdentity: false }, labels);
  const identity = labels.set([]);
  const traits = (address: string) => book.traits(identity, book.classOf(address) ?? book.other);
  return queries.map(({ from, to, port, in: enter, out }) => {
    const startedAt = performance.now();
    const allowed = hasService(filter.crossing(enter, out).passes(traits(from), traits(to)), port);
    return { ms: performance.now() - startedAt, allowed };
  });
}

/** Half of them between random subnets, half as some rule that allows something has it. */
function makeQueries(rules: readonly Rule[]): Query[] {
  const random = new Random(5);
  const allowing = rules.filter(({ action }) => action === "allow");
  return Array.from({ length: QUERIES }, (_, index) => {
    const rule = random.of(allowing);
    const [from, to] = index % 2 === 0 ? [random.below(GROUPS), random.below(GROUPS)] : [groupOf(rule.from), groupOf(rule.to)];
    const port = index % 2 === 0 ? 443 : portsOf(rule)[0];
    return { from: address(from), to: address(to), port, in: `net${from}`, out: `net${to}` };
  });
}

function forZ3(rule: Rule): object {
  return { allows: rule.action === "allow", from: block(rule.from), to: block(rule.to), ports: portsOf(rule), in: interfaceNumber(rule.in) };
}

function cidrOf(selectors: readonly string[] | undefined) {
  const cidr = parseCidr(selectors?.[0]?.replace("cidr:", "") ?? "");
  if (cidr?.family !== 4 || selectors?.length !== 1) throw new Error("not one IPv4 block");
  return cidr;
}

/** Network and mask. */
function block(selectors: readonly string[] | undefined): [number, number] {
  const { low, prefix } = cidrOf(selectors);
  return [Number(low), 2 ** 32 - 2 ** (32 - prefix)];
}

function portsOf({ services }: Rule): [number, number] {
  const [low, high, ...more] = parseService(services?.[0] ?? "") ?? [];
  if (low === undefined || high === undefined || more.length > 0 || high > 65535) throw new Error("not one range of TCP ports");
  return [low, high];
}

function groupOf(selectors: readonly string[] | undefined): number {
  return Number((cidrOf(selectors).low >> 8n) & 0xffffn);
}

function address(group: number): string {
  return `10.${group >> 8}.${group & 255}.10`;
}

function numeric(text: string): number {
  return text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
}

/** 0 for none. */
function interfaceNumber(local: string | undefined): number {
  return local === undefined ? 0 : Number(local.slice("net".length)) + 1;
}
