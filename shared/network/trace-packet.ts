/** One packet out of all that pass: what a reader sends to see for himself. */
import { bareAddress } from "../model/address";
import { parseIp, type AddressFamily } from "../model/ip";
import { ICMP_SERVICE, intersectServices, coversServices, type ServiceSet } from "../model/services";
import { record } from "../model/topology";
import type { Hop, TracePacket } from "../analysis/result";
import type { Candidate, Host } from "./hosts";
import type { Kernel } from "./kernel";
import { hasService, protocolsOf } from "./propagation";
import type { Answers } from "./trace-answer";
import type { Journey, Path } from "./trace-walk";
import type { End } from "./types";

/** A path with what it passes, and one packet that goes by it. */
export interface FoundPath {
  readonly journey: Journey;
  readonly path: Path;
  /** Of what is asked for: what it delivers, and where answers are asked for, what of that is answered. */
  readonly services: ServiceSet;
  readonly answers: Answers;
}

const UDP = 65536;
/** TCP first, by ports that something is likely to listen on. */
const USUAL = [443, 22, 80, 3389, UDP + 53];
const EPHEMERAL = 49152;

/** One of the services: the wanted one if it is among them, else a usual port, else the lowest of TCP, UDP or ICMP. */
export function chosenService(services: ServiceSet, wanted?: number): number {
  const found = [...(wanted === undefined ? [] : [wanted]), ...USUAL].find((service) => hasService(services, service));
  if (found !== undefined) return found;
  const lows = services.filter((_, index) => index % 2 === 0);
  return lows.find((low) => low > 0) ?? lows[0] ?? 0;
}

/** The packet of a path whose hops are given. */
export function packetOf(kernel: Kernel, { journey, services, answers }: FoundPath, hops: readonly Hop[]): TracePacket {
  const { from, to } = journey;
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const { source, destination } = addressesOf(kernel, { receives: false, end: from, host: sender, candidate: journey.source }, { receives: true, end: to, host: receiver, candidate: journey.target });
  const service = chosenService(services);
  const sourcePort = clientPort(service, answers.ports);
  const first = hops.find(({ kind }) => kind === "virtualSwitch" || kind === "physicalSwitch");
  return {
    from: from.id, to: to.id,
    ...(source === undefined ? {} : { source }), ...(destination === undefined ? {} : { destination }),
    vlan: first?.vlan ?? 0, ...(hops[0]?.does.startsWith("sends tagged") === true ? { tagged: true as const } : {}),
    ...(service === -1 ? { protocol: "icmp" as const } : { protocol: service > UDP ? ("udp" as const) : ("tcp" as const), port: service > UDP ? service - UDP : service }),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(sender.forged.includes(journey.source) || receiver.forged.includes(journey.target) ? { forged: true as const } : {}),
  };
}

/** A client port to which the answer comes back; undefined where any will do. */
function clientPort(service: number, ports: ServiceSet): number | undefined {
  const protocol = protocolsOf([service, service]);
  const open = intersectServices(ports, protocol);
  if (service === ICMP_SERVICE[0] || coversServices(open, protocol)) return undefined;
  const base = service > UDP ? UDP : 0;
  const high = hasService(open, base + EPHEMERAL) ? base + EPHEMERAL : open.at(-1);
  return high === undefined ? undefined : high - base;
}

interface Holder {
  readonly receives: boolean;
  readonly end: End;
  readonly host: Host;
  readonly candidate: Candidate;
}

/** Of one family where both have such addresses. */
function addressesOf(kernel: Kernel, from: Holder, to: Holder): { source: string | undefined; destination: string | undefined } {
  const families: readonly AddressFamily[] = [4, 6];
  const held = (holder: Holder): (readonly [AddressFamily, string])[] => families.flatMap((family) => {
    const text = addressOf(kernel, holder, family);
    return text !== undefined && parseIp(text)?.family === family ? [[family, text] as const] : [];
  });
  const [sources, targets] = [held(from), held(to)];
  const both = families.find((family) => sources.some(([own]) => own === family) && targets.some(([own]) => own === family));
  const pick = (of: typeof sources): string | undefined => (of.find(([family]) => family === both) ?? of[0])?.[1];
  return { source: pick(sources), destination: pick(targets) };
}

/** An address of the candidate's class that the end may use, of the family if there is one. */
function addressOf(kernel: Kernel, holder: Holder, family: AddressFamily): string | undefined {
  const found = addressesIn(kernel, holder, family).map(bareAddress);
  return found.find((text) => parseIp(text)?.family === family) ?? found[0];
}

function addressesIn(kernel: Kernel, { receives, end, host, candidate: { address, written } }: Holder, family: AddressFamily): string[] {
  if (written !== undefined) return [written];
  // Sender and receiver get different ones where neither address is written.
  const example = receives ? 2 : 0;
  if (end.kind === "external") {
    const untrusted = record(kernel.topology, "externalNetworks", end.owner)?.trust === "untrusted";
    return [...kernel.book.outside(address, host.identity, untrusted, example)];
  }
  const inClass = (texts: readonly string[]): string[] => texts.filter((text) => kernel.book.classOf(text) === address);
  const own = inClass(end.addresses);
  if (own.length > 0) return own;
  // A VM has the addresses of all its vNICs, connected or not; as a sender, unless the port binds it to the vNIC's own.
  const others = end.kind === "vnic" && (receives || !isBound(kernel, end)) ? inClass(Object.values(record(kernel.topology, "vms", end.owner)?.nics ?? {}).flatMap(({ addresses = [] }) => addresses)) : [];
  if (others.length > 0) return others;
  const neighbour = host.forged.some((candidate) => candidate.address === address) ? kernel.neighbourhoods.written(host.spot, address, family) : undefined;
  return neighbour === undefined ? [...kernel.book.outside(address, undefined, false, example)] : [neighbour];
}

function isBound({ topology }: Kernel, end: End): boolean {
  const { passthrough = "none" } = record(topology, "vms", end.owner)?.nics?.[end.id.slice(end.owner.length + 1)] ?? {};
  return passthrough === "none" && record(topology, "portGroups", end.portGroup)?.spoofGuard === true;
}
