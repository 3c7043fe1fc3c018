/**
 * Which rules of a filter decide a packet, and why the rules before them do not. Asked of the filter alone: whether packets get there is
 * what a trace says. Addresses count as written; a packet with a forged address is asked for by that address.
 */
import { formatIp, parseIp } from "../model/ip";
import { listServices, type ServiceSet } from "../model/services";
import { record } from "../model/topology";
import type { Traits } from "./addresses";
import type { Filter, Outcome } from "./filters";
import type { Forwarder, Port } from "./forwarders";
import type { Kernel } from "./kernel";
import type { End } from "./types";

export interface HitQuestion {
  /** Id of a router, firewall or distributed firewall. */
  readonly filter: string;
  /** A VM, vNIC, management interface, BMC or external network by its id, or an address such as `10.1.0.10`. */
  readonly from: string;
  readonly to: string;
  readonly services: ServiceSet;
  /** Interfaces; absent: those that hear the ends, or every one. */
  readonly in?: string | undefined;
  readonly out?: string | undefined;
}

/** Packets that every rule treats alike. `from` and `to` are an id and the address used there, or an address. */
export interface HitPacket {
  readonly from: string;
  readonly to: string;
  /** Interfaces, where a rule names one. */
  readonly in?: string;
  readonly out?: string;
}

export interface HitCase {
  readonly packets: readonly HitPacket[];
  /** What decides, in order; the default action is last and has no rule. */
  readonly decisions: readonly { readonly rule?: string; readonly allows: boolean; readonly certain: boolean; readonly services: readonly string[] }[];
  /** What becomes of the packet at each rule, by place, up to the last that decides something. */
  readonly walk: readonly Outcome[];
}

export type HitAnswer =
  /** `sees` is false where a distributed firewall stands at neither end: then it decides nothing about these packets. */
  | { readonly ok: true; readonly cases: readonly HitCase[]; readonly sees: boolean }
  | { readonly ok: false; readonly wrong: "filter" | "from" | "to"; readonly reason: string };

export function testHit(kernel: Kernel, question: HitQuestion): HitAnswer {
  const appliance = kernel.fabric.forwarders.find(({ id, filter }) => id === question.filter && filter !== undefined);
  const guard = kernel.guards.all.find(({ filter: { id } }) => id === question.filter);
  const filter = appliance?.filter ?? guard?.filter;
  if (filter === undefined) return { ok: false, wrong: "filter", reason: `"${question.filter}" is no router, firewall or distributed firewall` };
  const [sources, targets] = [placesOf(kernel, question.from), placesOf(kernel, question.to)];
  if (sources.length === 0) return { ok: false, wrong: "from", reason: whyNowhere(kernel, question.from) };
  if (targets.length === 0) return { ok: false, wrong: "to", reason: whyNowhere(kernel, question.to) };
  const cases = new Cases(filter, question.services);
  for (const source of sources) for (const target of targets) {
    if (appliance === undefined) cases.add(source, target, undefined);
    else for (const way of waysThrough(kernel, appliance, source, target, question)) cases.add(source, target, way);
  }
  const sees = guard === undefined || [...sources, ...targets].some(({ end }) => end === undefined || kernel.guards.at(end).includes(guard));
  return { ok: true, cases: cases.all, sees };
}

/** Where a packet may come from or go to, with one address. */
interface Place {
  readonly label: string;
  /** Undefined for an address that nobody has. */
  readonly end: End | undefined;
  readonly traits: Traits;
}

function placesOf(kernel: Kernel, text: string): Place[] {
  const { layer2 } = kernel;
  const end = layer2.end(text);
  const ends = end === undefined ? layer2.endsOf(text) : [end];
  if (ends.length > 0) return ends.flatMap((each) => placesAt(kernel, each));
  const ip = parseIp(text);
  return ip === undefined ? [] : placesWith(kernel, formatIp(ip));
}

function placesAt(kernel: Kernel, end: End): Place[] {
  const { book, membership, topology } = kernel;
  const { identity, addresses } = membership.of(end);
  const place = (label: string, traits: Traits): Place => ({ label: `${end.id} ${label}`, end, traits });
  if (end.kind === "external") {
    const untrusted = record(topology, "externalNetworks", end.owner)?.trust === "untrusted";
    return book.external(identity, untrusted).map((address) => {
      const [example] = book.outside(address, identity, untrusted);
      return place(example ?? "any address", book.traits(identity, address));
    });
  }
  if (addresses === undefined) return [place("(address not written)", book.traits(identity, book.unknown(identity)))];
  const found = addresses.flatMap((text) => {
    const address = book.classOf(text);
    return address === undefined ? [] : [place(bare(text), book.traits(identity, address))];
  });
  return found.length > 0 ? found : [place("(no address)", book.traits(identity, book.other))];
}

/** Everyone who has the address; else the external networks that may hold it; else nobody. */
function placesWith(kernel: Kernel, address: string): Place[] {
  const { book, labels, layer2, membership, topology } = kernel;
  const isIt = (text: string): boolean => {
    const ip = parseIp(bare(text));
    return ip !== undefined && formatIp(ip) === address;
  };
  const written = layer2.ends.filter(({ addresses }) => addresses.some(isIt)).flatMap((end): Place[] => {
    const found = book.classOf(address);
    return found === undefined ? [] : [{ label: `${end.id} ${address}`, end, traits: book.traits(membership.of(end).identity, found) }];
  });
  if (written.length > 0) return written;
  const held = layer2.ends.filter(({ kind }) => kind === "external").flatMap((end): Place[] => {
    const { identity } = membership.of(end);
    const found = book.heldBy(address, identity, record(topology, "externalNetworks", end.owner)?.trust === "untrusted");
    return found === undefined ? [] : [{ label: `${end.id} ${address}`, end, traits: book.traits(identity, found) }];
  });
  const found = book.classOf(address);
  return held.length > 0 || found === undefined ? held : [{ label: address, end: undefined, traits: book.traits(labels.set([]), found) }];
}

function bare(text: string): string {
  return text.split("/")[0] ?? text;
}

function whyNowhere({ topology }: Kernel, text: string): string {
  if (record(topology, "vms", text) !== undefined) return `${text} has no connected vNIC`;
  if (record(topology, "externalNetworks", text) !== undefined) return `${text} is attached to nothing`;
  return `"${text}" is neither a VM, management interface, BMC or external network, nor an address`;
}

interface Way {
  readonly enter: string | undefined;
  readonly leave: string | undefined;
}

/** By which interfaces the packet may come and go, as far as rules name any; the nearest to each end where one hears it. */
function waysThrough(kernel: Kernel, { ports, filter }: Forwarder, source: Place, target: Place, asked: HitQuestion): Way[] {
  if (filter === undefined || !ports.some(({ local }) => filter.names(local))) return [{ enter: asked.in, leave: asked.out }];
  const near = (hears: (port: Port) => boolean): readonly Port[] => {
    const found = ports.filter(hears);
    return found.length > 0 ? found : ports;
  };
  const { layer2 } = kernel;
  const into = asked.in === undefined ? near(({ end }) => source.end !== undefined && layer2.hears(source.end, end)).map(({ local }) => local) : [asked.in];
  const out = asked.out === undefined ? near(({ end }) => target.end !== undefined && layer2.hears(end, target.end)).map(({ local }) => local) : [asked.out];
  const ways = into.flatMap((enter) => out.filter((leave) => leave !== enter || (asked.in !== undefined && asked.out !== undefined)).map((leave) => ({ enter, leave })));
  // Both ends at one interface: a packet between them need not come by here, and if it does, it turns round.
  return ways.length > 0 ? ways : into.map((enter) => ({ enter, leave: out[0] }));
}

/** Packets that differ in nothing that a rule asks for are one case. */
class Cases {
  private readonly found = new Map<string, HitCase & { readonly packets: HitPacket[] }>();

  constructor(private readonly filter: Filter, private readonly asked: ServiceSet) {}

  get all(): readonly HitCase[] {
    return [...this.found.values()];
  }

  add(source: Place, target: Place, way: Way | undefined): void {
    const { steps, left } = this.filter.crossing(way?.enter, way?.leave).walk(source.traits, target.traits, this.asked);
    const decisions: HitCase["decisions"][number][] = steps.flatMap(({ outcome, services }, index) => {
      const rule = services.length === 0 ? undefined : this.filter.rules[index];
      return rule === undefined ? [] : [{ rule: rule.id, allows: rule.allows, certain: outcome === "decides", services: listServices(services) }];
    });
    if (left.length > 0) decisions.push({ allows: this.filter.defaultAllow, certain: decisions.every(({ certain }) => certain), services: listServices(left) });
    const walk = steps.map(({ outcome }) => outcome);
    const packet: HitPacket = { from: source.label, to: target.label, ...(way?.enter === undefined ? {} : { in: way.enter }), ...(way?.leave === undefined ? {} : { out: way.leave }) };
    const key = JSON.stringify([decisions, walk]);
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { packets: [packet], decisions, walk });
    else known.packets.push(packet);
  }
}
