/**
 * A second opinion on reach: single packets, walked port by port from sender to receiver, every rule read as written.
 *
 * It shares nothing with the kernel but the document's model, and asks one service from one address to one address at a time. Slow and
 * simple on purpose; for tests only. Absent fields carry nothing: what they might mean is asked by filling them in.
 */
import { parseIp } from "../../model/ip";
import { entries, type Topology } from "../../model/topology";
import { buildPlant, type Assume, type End } from "./ends";
import { Filters, ruleList, type Packet, type RuleList } from "./filters";
import { Frames } from "./frames";
import { NextHop } from "./next-hop";
import { search, waysBetween, type Forwarder, type Hop, type Question } from "./search";
import { Selectors, type Station } from "./selectors";
import { protocolOf, servicesOf } from "./services";
import { forwardingVms, Stations, type Role } from "./stations";

export interface Settings {
  readonly assume: Assume;
  /** Whether guests take over addresses of their neighbours. */
  readonly forged: boolean;
}

export interface Delivery {
  readonly delivered: boolean;
  readonly answered: boolean;
  /** Without a router between. */
  readonly bridged: boolean;
}

const NOTHING: Delivery = { delivered: false, answered: false, bridged: false };

export class PacketWalker {
  /** Every kind of service that the document tells apart, numbered as service sets number them. */
  readonly services: readonly number[];
  /** How many (sender and its address, receiver and its address, service) were asked. */
  packets = 0;
  protected readonly ends: readonly End[];
  protected readonly frames: Frames;
  protected readonly filters: Filters;
  protected readonly forwarders: readonly Forwarder[];
  protected readonly stations: Stations;
  protected readonly nextHop: NextHop;
  protected readonly hostile: boolean;

  constructor(protected readonly topology: Topology, { assume, forged }: Settings) {
    this.hostile = assume === "hostile";
    const plant = buildPlant(topology, assume);
    const selectors = new Selectors(topology);
    this.ends = plant.ends;
    this.services = servicesOf(topology);
    this.frames = new Frames(topology, plant);
    this.filters = new Filters(topology, selectors);
    this.forwarders = [...appliances(topology, this.ends), ...forwardingVms(topology, assume, this.ends, this.frames)];
    this.stations = new Stations(topology, assume, forged, this.frames, selectors, this.forwarders);
    this.nextHop = new NextHop(topology, assume, this.frames, this.forwarders);
  }

  /** Whether a frame of some end of one party is heard by some end of the other. */
  hears(from: string, to: string): boolean {
    return this.endsOf(from).some((source) => this.endsOf(to).some((target) => this.frames.hears(source, target)));
  }

  /** Whether a service is delivered, and answered, between any stations of two parties. */
  reach(from: string, to: string, service: number): Delivery {
    let found = NOTHING;
    for (const source of this.stationsOf(from, "source")) {
      for (const target of this.stationsOf(to, "target")) {
        if (found.answered && found.bridged) return found;
        this.packets += 1;
        const one = this.walk({ from: source, to: target, service });
        found = { delivered: found.delivered || one.delivered, answered: found.answered || one.answered, bridged: found.bridged || one.bridged };
      }
    }
    return found;
  }

  /** Those that some end of a party may send from, or be sent to. */
  addressesOf(party: string): ReadonlySet<string | undefined> {
    return new Set((["source", "target"] as const).flatMap((role) => this.stationsOf(party, role).map(({ address }) => address)));
  }

  private endsOf(party: string): readonly End[] {
    return this.ends.filter(({ owner }) => owner === party);
  }

  private stationsOf(party: string, role: Role): readonly Station[] {
    return this.endsOf(party).flatMap((end) => this.stations.of(end, role));
  }

  protected walk(packet: Packet): Delivery {
    const { from, to, service } = packet;
    if (!this.couldMeet(from, to)) return NOTHING;
    if (!this.isJoined(from.end, to.end)) return NOTHING;
    const guards = this.filters.guardsAt(from.end, to.end);
    if (!guards.every((guard) => this.filters.passes(guard, packet)) || !this.filters.passesOwnFirewall(packet)) return NOTHING;
    const first = this.first(packet, guards);
    const bridged = this.isDirect(packet) || this.relays(packet, first);
    if (!bridged && !this.routes(packet, first)) return NOTHING;
    const clients = this.services.filter((client) => protocolOf(client) === protocolOf(service));
    return { delivered: true, bridged, answered: clients.some((client) => this.isAnswered(packet, { from: to, to: from, service: client }, guards)) };
  }

  /** A hostile guest may set any address: where an end has none of the other's family, what is written stands for it. */
  protected couldMeet(from: Station, to: Station): boolean {
    const [left, right] = [familyOf(from.address), familyOf(to.address)];
    if (left === undefined || right === undefined || left === right) return true;
    return this.hostile && !(this.stations.has(from.end, "source", right) && this.stations.has(to.end, "target", left));
  }

  private readonly joined = new Map<number, boolean>();

  /** Whether anything would get from one to the other if no filter stopped it. Asked once, for most pairs of ends nothing would. */
  private isJoined(from: End, to: End): boolean {
    const key = from.index * this.ends.length + to.index;
    let joined = this.joined.get(key);
    if (joined === undefined) {
      const open = { from, to, passes: () => true, entry: () => true, exit: () => true, turns: true };
      joined = this.frames.hears(from, to) || search(this.forwarders, this.frames, { ...open, by: "bridges", mutual: false }) || search(this.forwarders, this.frames, { ...open, by: "routers", mutual: true });
      this.joined.set(key, joined);
    }
    return joined;
  }

  /** A flow is answered by the way it came, or by another. */
  protected isAnswered(packet: Packet, back: Packet, guards: readonly RuleList[]): boolean {
    if (!guards.every((guard) => guard.stateful || this.filters.passes(guard, back))) return false;
    const first = this.first(packet, guards);
    const both = (hop: Hop): boolean => first(hop) && this.letsAnswer(hop, back, guards);
    if (this.isDirect(packet) && this.isDirect(back)) return true;
    if (this.relays(packet, both, true) && this.nextHop.toItself(back.from, back.to)) return true;
    if (this.nextHop.byRouter(back.from, back.to) && this.routes(packet, both, { exit: (port) => this.nextHop.isGateway(back.from, port), turns: this.hostile })) return true;
    // By another way the answer is a first packet to what it meets, also at vNICs of firewalls that judged the flow at its ends.
    const anew = this.first(back, []);
    const untracked = (hop: Hop): boolean => this.keepersAt(hop).length === 0;
    if (protocolOf(packet.service) !== "tcp") {
      if (this.arrives(back, anew)) return true;
    } else if (this.arrives(back, (hop) => anew(hop) && untracked(hop)) && this.arrives(packet, (hop) => first(hop) && untracked(hop))) return true;
    return [...this.crossings(packet, first)].some((crossed) => this.returns(back, crossed));
  }

  /**
   * Whether the answer to a packet gets home that has crossed these filters which keep state. They let it through; to others it is a
   * first packet. TCP breaks where one sees a single direction only.
   */
  private returns(back: Packet, crossed: string): boolean {
    const known = new Set(crossed.split(" "));
    const isTcp = protocolOf(back.service) === "tcp";
    const passes = ({ forwarder: { list }, enter, leave }: Hop): boolean => {
      const decides = (own: RuleList, keeper: string, judge: () => boolean): boolean => {
        const keeps = own.stateful && own.denies;
        return keeps && known.has(keeper) ? true : !(keeps && isTcp) && judge();
      };
      if (list !== undefined) return decides(list, enter.owner, () => this.filters.passes(list, back, enter.local, leave.local));
      return [enter, leave].every((port) => this.filters.guardsAt(port).every((guard) => decides(guard, port.id, () => this.filters.passes(guard, back))));
    };
    const crossings = this.crossings(back, passes);
    return isTcp ? crossings.has(crossed) : crossings.size > 0;
  }

  /** The filters that keep state on each way on which the packet passes: their names, as one text. */
  private crossings(packet: Packet, passes: Question["passes"]): Set<string> {
    const found = new Set<string>();
    if (this.isDirect(packet)) found.add("");
    for (const way of this.waysOf(packet)) if (way.every(passes)) found.add([...new Set(way.flatMap((hop) => this.keepersAt(hop)))].sort().join(" "));
    return found;
  }

  private keepersAt({ forwarder: { list }, enter, leave }: Hop): string[] {
    if (list !== undefined) return list.stateful && list.denies ? [enter.owner] : [];
    return [enter, leave].filter((port) => this.filters.guardsAt(port).some(({ stateful, denies }) => stateful && denies)).map(({ id }) => id);
  }

  private readonly knownWays = new Map<string, Hop[][]>();

  private waysOf({ from, to }: Packet): Hop[][] {
    const key = `${from.end.index} ${from.written ?? ""} ${to.end.index} ${to.written ?? ""}`;
    let found = this.knownWays.get(key);
    if (found === undefined) {
      const ways = (question: Pick<Question, "by" | "mutual" | "entry">): Hop[][] =>
        waysBetween(this.forwarders, this.frames, { from: from.end, to: to.end, ...question }, this.hostile || from.end.kind === "external", !this.hostile);
      found = [
        ...(this.nextHop.toItself(from, to) ? ways({ by: "bridges", mutual: !this.hostile, entry: () => true }) : []),
        ...(this.nextHop.byRouter(from, to) ? ways({ by: "routers", mutual: true, entry: (port) => this.nextHop.isGateway(from, port) }) : []),
      ];
      this.knownWays.set(key, found);
    }
    return found;
  }

  protected arrives(packet: Packet, passes: Question["passes"]): boolean {
    return this.isDirect(packet) || this.relays(packet, passes) || this.routes(packet, passes);
  }

  protected isDirect({ from, to }: Packet): boolean {
    return this.hostile ? this.frames.hears(from.end, to.end) : this.frames.mutual(from.end, to.end) && this.nextHop.toItself(from, to);
  }

  protected relays({ from, to }: Packet, passes: Question["passes"], mutual = !this.hostile): boolean {
    if (!this.nextHop.toItself(from, to)) return false;
    return search(this.forwarders, this.frames, { from: from.end, to: to.end, by: "bridges", mutual, passes, entry: () => true, exit: () => true, turns: true });
  }

  protected routes({ from, to }: Packet, passes: Question["passes"], more: Partial<Question> = {}): boolean {
    if (!this.nextHop.byRouter(from, to)) return false;
    const entry = (port: End): boolean => this.nextHop.isGateway(from, port);
    return search(this.forwarders, this.frames, { from: from.end, to: to.end, by: "routers", mutual: true, passes, entry, exit: () => true, turns: true, ...more });
  }

  /** What a forwarder does to the first packet of a flow. Firewalls that have judged it at its ends do not judge it again. */
  protected first(packet: Packet, judged: readonly RuleList[]): Question["passes"] {
    return ({ forwarder: { list }, enter, leave }) => {
      if (list !== undefined) return this.filters.passes(list, packet, enter.local, leave.local);
      return this.filters.guardsAt(enter, leave).every((guard) => judged.includes(guard) || this.filters.passes(guard, packet));
    };
  }

  /** Whether the answer to a packet that took the hop may take it the other way. */
  private letsAnswer({ forwarder: { list }, enter, leave }: Hop, back: Packet, judged: readonly RuleList[]): boolean {
    if (list !== undefined) return list.stateful || !list.denies || this.filters.passes(list, back, leave.local, enter.local);
    return this.filters.guardsAt(enter, leave).every((guard) => guard.stateful || judged.includes(guard) || this.filters.passes(guard, back));
  }
}

function appliances(topology: Topology, ends: readonly End[]): Forwarder[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).map(([id, appliance]) => ({
    id,
    transparent: appliance.mode === "transparent",
    list: ruleList(appliance, collection === "routers" ? "allow" : "deny", false),
    ports: ends.filter(({ kind, owner }) => kind === "interface" && owner === id),
  })));
}

/** An address that nobody wrote is of either family. */
function familyOf(address: string | undefined): 4 | 6 | undefined {
  return address === undefined ? undefined : parseIp(address)?.family;
}
