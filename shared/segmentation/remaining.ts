/** What still passes beyond the policy, or may: by who and to whom, with the reason and what would stop it. */
import type { Evaluation } from "../analysis/evaluate";
import type { Hop, Verdict } from "../analysis/result";
import { ownerOf } from "../model/ids";
import { ANY_SERVICE, equalServices, listServices, NO_SERVICES, unionServices, type ServiceSet } from "../model/services";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { PartyClass } from "../network/parties";
import type { Network } from "../network/compiled-network";
import type { Party } from "../network/types";
import { Enforcement, type Gap } from "../rules/enforcement";
import { listed } from "../rules/phrase";
import type { Remaining, Stop } from "./segmentation";

interface Group {
  readonly from: string;
  readonly to: string;
  readonly kind: "violating" | "unknown" | "frames";
  readonly example: { readonly from: Party; readonly to: Party };
  services: ServiceSet;
}

/** Sorted: violating, then unknown, then frames; each by from and to. */
export function remainingIn({ topology, network }: Evaluation): Remaining[] {
  const kinds = ["violating", "unknown", "frames"];
  return groupsIn(network).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareIds(a.from, b.from) || compareIds(a.to, b.to)).map((group) => describe(topology, network, group));
}

/** By who and to whom: what passed beyond the policy and does not pass any more. */
export function stoppedBetween(before: Network, after: Network): Stop[] {
  const still = new Set(groupsIn(after).map(({ from, to }) => `${from} ${to}`));
  return groupsIn(before).filter(({ from, to, kind }) => kind === "violating" && !still.has(`${from} ${to}`))
    .map(({ from, to, services }) => ({ from, to, services: listServices(services) })).sort((a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to));
}

function groupsIn(network: Network): Group[] {
  const classes = [...new Set(network.parties.map((party) => network.classOf(party)))];
  const met: { from: PartyClass; to: PartyClass; verdict: Verdict; frames: "both" | "one" | undefined; beyond: ServiceSet }[] = [];
  for (const from of classes) network.eachAnswer(from, (to, { verdict, frames, beyond }) => met.push({ from, to, verdict, frames, beyond }));
  const groups = new Map<string, Group>();
  for (const { from, to, verdict, frames, beyond } of met) {
    const source = from.members[0];
    const target = to.members.find((party) => party !== source);
    if (source === undefined || target === undefined) continue;
    const [a, b] = [labelOf(source), labelOf(target)];
    const kind: Group["kind"] | undefined = verdict === "violating" || (verdict === "unknown" && !isPermitted(source, target)) ? verdict : frames !== undefined && a !== b && framesMatter(network, source, target, frames) ? "frames" : undefined;
    if (kind === undefined) continue;
    const key = `${kind} ${a} ${b}`;
    const group = groups.get(key) ?? { from: a, to: b, kind, example: { from: source, to: target }, services: NO_SERVICES };
    groups.set(key, group);
    group.services = unionServices(group.services, beyond);
  }
  return [...groups.values()];
}

function labelOf({ id, kind, tenant }: Party): string {
  return kind === "vm" ? (tenant ?? "no tenant") : kind === "external" ? id : "management";
}

/** What needs no entry of the policy: whether it passes is unknown, but it may. */
function isPermitted(from: Party, to: Party): boolean {
  if (from.kind === "vm") return to.kind === "vm" && from.tenant !== undefined && from.tenant === to.tenant;
  return from.kind !== "external" && to.kind !== "external";
}

/** Frames of guests only, told of once where they pass both ways, and not where everything may pass anyway. */
function framesMatter(network: Network, from: Party, to: Party, frames: "both" | "one"): boolean {
  if (from.kind !== "vm" && (frames === "one" || to.kind !== "vm")) return false;
  if (frames === "both" && (to.kind === "vm" ? labelOf(from) > labelOf(to) : false)) return false;
  if (frames === "both" && from.kind !== "vm") return false;
  return !equalServices(network.allowed(from.id, to.id), ANY_SERVICE);
}

function describe(topology: Topology, network: Network, { from, to, kind, example, services }: Group): Remaining {
  const pair = network.pair(example.from.id, example.to.id);
  const reason = kind === "unknown" ? unknownReason(pair.missing ?? []) : kind === "frames" ? (looseReason(topology, network, example) ?? FRAMES) : violatingReason(topology, network, example, pair);
  return {
    from, to, verdict: kind === "frames" ? pair.verdict : kind, services: listServices(services), ...(kind === "frames" ? { frames: true as const } : {}),
    example: { from: example.from.id, to: example.to.id }, ...reason, ...(kind === "unknown" ? { missing: pair.missing ?? [] } : {}),
  };
}

type Reason = Pick<Remaining, "why" | "remedy">;

const FRAMES: Reason = {
  why: "they share a segment, and frames that are not IP (ARP and others) pass: a distributed firewall filters IP only, and a gateway sees nothing of it",
  remedy: "a VLAN for each (the fixes of NET-001 and MGT-001, or a template), or isolated ports",
};

function unknownReason(missing: readonly string[]): Reason {
  return { why: `the answer rests on ${listed(missing)}`, remedy: "say it in the document" };
}

function violatingReason(topology: Topology, network: Network, { from, to }: Group["example"], pair: ReturnType<Network["pair"]>): Reason {
  if (pair.layer === 2 && pair.frames !== undefined) return sharedSegment(topology, network, { from, to });
  if (pair.forged === true) return { why: "a neighbour's address that somebody takes over passes the rules", remedy: "spoofGuard on the port groups, or a segment for each" };
  const path = network.trace([from.id], [to.id]).paths[0] ?? [];
  const guest = path.find(({ at, kind }) => kind === "vm" && ![from.id, to.id].includes(ownerOf(at)));
  if (guest !== undefined) return { why: `${ownerOf(guest.at)} forwards between its vNICs, and no filter is on that way`, remedy: "forwarding off there, or a distributed firewall before its vNICs" };
  const last = [...path].reverse().find(isGateway);
  if (last !== undefined && last.rule === undefined) return { why: `${ownerOf(last.at)} ${last.does}`, remedy: "rules for what is required there, and a deny of the rest (allow only what is required)" };
  return { why: last === undefined ? "nothing on the way filters it" : `${ownerOf(last.at)} ${last.does}`, remedy: "another rule there, by hand" };
}

function looseReason(topology: Topology, network: Network, { from, to }: Group["example"]): Reason | undefined {
  const loose = looseGroup(topology, network, from) ?? looseGroup(topology, network, to);
  return loose === undefined ? undefined : { why: `in ${loose} guests choose the VLANs of their frames`, remedy: "an access VLAN there (the fixes of NET-003 and NET-005)" };
}

function sharedSegment(topology: Topology, network: Network, { from, to }: Group["example"]): Reason {
  const loose = looseReason(topology, network, { from, to });
  if (loose !== undefined) return loose;
  const enforcement = new Enforcement(topology);
  const vms = [from, to].filter(({ kind }) => kind === "vm");
  const gaps = vms.flatMap(({ id }) => Object.values(record(topology, "vms", id)?.nics ?? {}).flatMap((nic) => enforcement.gapOf(id, nic) ?? []));
  const [gap] = gaps;
  const where = "they share a segment, inside which no gateway sees anything";
  if (vms.length === 0) return { why: where, remedy: "a VLAN for each" };
  if (entries(topology, "distributedFirewalls").length === 0) return { why: `${where}, and there is no distributed firewall`, remedy: "a VLAN for each (the fixes of NET-001 and MGT-001, or a template), or a distributed firewall over both" };
  return gap === undefined ? { why: where, remedy: "a VLAN for each" } : { why: `${where}, and ${gapWords(gap)}`, remedy: "the fix of FW-005, or a VLAN for each" };
}

/** The port group of a VM through which tags pass that the guest put on: a guest trunk, an untagged one, a bridge without VLAN filtering. */
function looseGroup(topology: Topology, { layer2 }: Network, { id, kind }: Party): string | undefined {
  if (kind !== "vm") return undefined;
  return layer2.endsOf(id).map(({ portGroup }) => portGroup).find((portGroup) => {
    const group = record(topology, "portGroups", portGroup);
    const vswitch = record(topology, "virtualSwitches", group?.virtualSwitch);
    if (group === undefined || vswitch === undefined || vswitch.kind === "hyper-v") return group?.vlan?.mode === "trunk";
    if (vswitch.kind === "linux-bridge" && vswitch.vlanAware !== true) return true;
    return group.vlan?.mode === "trunk" || (group.vlan?.mode ?? "untagged") === "untagged";
  });
}

/** Why a vNIC is not filtered. */
export function gapWords(gap: Gap): string {
  if (gap.kind === "passthrough") return "a vNIC is passed through, past every distributed firewall";
  return gap.kind === "excluded" ? `a VM is on the exclusion list of ${gap.firewall}` : `no distributed firewall covers ${gap.virtualSwitch}`;
}

function isGateway({ kind }: Hop): boolean {
  return kind === "router" || kind === "firewall" || kind === "distributedFirewall";
}
