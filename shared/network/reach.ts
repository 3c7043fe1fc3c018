/** Reach between hosts: the union over the addresses that both may use, with and without what is forged or unknown. Each is computed once. */
import { ANY_SERVICE, equalServices, unionServices } from "../model/services";
import { NO_FLOW, type Doubt, type Flow, type Flows } from "./flows";
import type { Candidate, Host } from "./hosts";
import type { Spots } from "./spots";

/** Which of the absent fields are taken at their worst, and whether guests take over addresses. */
export interface Question extends Doubt {
  readonly forged: boolean;
  /** Senders, and receivers, whose addresses are absent may have any. */
  readonly sources: boolean;
  readonly targets: boolean;
}

/** As written, with own addresses only. */
export const HONEST: Question = { links: "closed", shield: false, sources: false, targets: false, forged: false };
export const HOSTILE: Question = { ...HONEST, forged: true };
/** Everything that absent fields could mean. */
export const WORST: Question = { links: "open", shield: true, sources: true, targets: true, forged: true };

export class Reach {
  private readonly known = new Map<number, Flow>();

  constructor(private readonly flows: Flows, private readonly spots: Spots, private readonly unknownLinks: boolean) {}

  /** What was true before need not be now. */
  forget(): void {
    this.known.clear();
  }

  /** Whether frames of one host are heard by the other. */
  hears(from: Host, to: Host): boolean {
    return this.spots.hears(from.spot, to.spot, "closed");
  }

  /** Whether absent fields could change anything between the two. */
  isDoubtful(from: Host, to: Host): boolean {
    return this.unknownLinks || from.unknown !== undefined || to.unknown !== undefined || to.unknownElsewhere !== undefined || to.shield?.mayBeOpen === true;
  }

  /** With own addresses, where absent fields change nothing. Not kept: for pairs that are asked once. */
  honest(from: Host, to: Host): Flow {
    return this.compute(from, to, HONEST);
  }

  between(from: Host, to: Host, question: Question): Flow {
    const asked = this.relevant(from, to, question);
    const variant = (asked.links === "open" ? 16 : 0) + (asked.shield ? 8 : 0) + (asked.sources ? 4 : 0) + (asked.targets ? 2 : 0) + (asked.forged ? 1 : 0);
    const key = (from.index * 16777216 + to.index) * 32 + variant;
    let flow = this.known.get(key);
    if (flow === undefined) this.known.set(key, (flow = this.compute(from, to, asked)));
    return flow;
  }

  /** The same question without what makes no difference here. */
  private relevant(from: Host, to: Host, { links, shield, sources, targets, forged }: Question): Question {
    return {
      links: this.unknownLinks ? links : "closed",
      shield: shield && to.shield?.mayBeOpen === true,
      sources: sources && from.unknown !== undefined,
      targets: targets && (to.unknown !== undefined || to.unknownElsewhere !== undefined),
      forged: forged && [from, to].some((host) => host.forged.length > 0 || (links === "open" && host.perhapsForged.length > 0)),
    };
  }

  private compute(from: Host, to: Host, question: Question): Flow {
    const [source, target] = [onlyCandidate(from, from.sources), onlyCandidate(to, to.targets)];
    if (source !== undefined && target !== undefined) return this.flows.flow(from, source, to, target, question);
    let flow = NO_FLOW;
    const [sender, receiver] = [question.sources ? escaped(from) : from, question.targets ? escaped(to) : to];
    for (const source of candidates(from, from.sources, question.sources, question)) {
      for (const target of [...candidates(to, to.targets, question.targets, question), ...(question.targets && to.unknownElsewhere !== undefined ? [to.unknownElsewhere] : [])]) {
        flow = join(flow, this.flows.flow(sender, source, receiver, target, question));
        // Which layer passes it matters too: another address may get there without a router.
        if (equalServices(flow.services, ANY_SERVICE) && (flow.bridged || !this.flows.bridging)) return flow;
      }
    }
    return flow;
  }
}

/** The one address that the host could use, whatever the question; most have one. */
function onlyCandidate({ forged, perhapsForged, unknown, unknownElsewhere }: Host, own: readonly Candidate[]): Candidate | undefined {
  return own.length === 1 && forged.length === 0 && perhapsForged.length === 0 && unknown === undefined && unknownElsewhere === undefined ? own[0] : undefined;
}

/** The host without the distributed firewalls that its unknown address might be excluded from. */
function escaped(host: Host): Host {
  return host.mayEscape.length === 0 ? host : { ...host, guards: host.guards.filter((guard) => !host.mayEscape.includes(guard)) };
}

function candidates(host: Host, own: readonly Candidate[], unknown: boolean, { forged, links }: Question): readonly Candidate[] {
  return [...own, ...(unknown && host.unknown !== undefined ? [host.unknown] : []), ...(forged ? host.forged : []), ...(forged && links === "open" ? host.perhapsForged : [])];
}

/** What passes by either. */
export function join(a: Flow, b: Flow): Flow {
  if (a === NO_FLOW) return b;
  if (b === NO_FLOW) return a;
  return { services: unionServices(a.services, b.services), delivered: unionServices(a.delivered, b.delivered), bridged: a.bridged || b.bridged };
}
