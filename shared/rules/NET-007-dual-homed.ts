import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import type { End, Layer2, Segment } from "../network/types";
import type { Hop } from "../analysis/result";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { isForwardingAppliance, localOf, vmOf } from "./workload";

export const net007: IsolationRule = {
  id: "NET-007",
  title: "Dual-homed VM bridges two zones",
  severity: "high",
  threat: "One compromised guest becomes an unfiltered router past every control of the network: it only has to switch forwarding on.",
  condition: "A VM that is no virtual router or firewall (role infrastructure with forwarding) has connected vNICs in segments whose other members differ in tenant, zone, external network or purpose "
    + "(management, storage, migration). Where nothing is known of the others in a segment it is the VM's own: of its tenant and zone. High where one side is management, storage, migration or another tenant; else medium, "
    + "and medium for a jump host, whose purpose it is. Identified by the VM.",
  fix: "Disconnect the adapter in the less trusted zone and reach that zone through a firewall; or make the VM a firewall with rules.",
  commands: [{ platform: "proxmox", text: "qm set 201 --delete net1" }],
  references: ["NIST SP 800-53r5 SC-7(21), AC-4(21)", "PCI DSS 4.0.1 1.5.1, 2.2.3", "MITRE ATT&CK T1599, T1572"],
  caveats: "Backup, monitoring and jump hosts may need it: accept the risk by name and filter both adapters. Whether the guest forwards today does not matter, an attacker can enable it.",
  check(context) {
    return entries(context.topology, "vms").flatMap(([id, vm]) => (vm.role === "template" || isForwardingAppliance(vm) ? [] : inspect(context, id, vm)));
  },
};

/** What the others in a segment are: `tenant a`, `zone dmz`, `network internet`, `management`. */
type Labels = ReadonlySet<string>;

interface Leg {
  readonly end: End;
  readonly segments: readonly Segment[];
  readonly labels: Labels;
}

function inspect(context: RuleContext, id: string, vm: Vm): Draft[] {
  const { layer2 } = context.network;
  const ends = layer2.endsOf(id);
  if (ends.length < 2) return [];
  const legs = ends.map((end): Leg => {
    const segments = layer2.segmentsOf(end);
    const labels = labelsOf(context, id, segments);
    return { end, segments, labels: labels.size > 0 ? labels : ownLabels(vm) };
  });
  const bridged = legs.flatMap((a, index) => legs.slice(index + 1).map((b): [Leg, Leg] => [a, b])).find(([a, b]) => apart(a, b));
  if (bridged === undefined) return [];
  const [a, b] = bridged;
  const sides = [...a.labels, ...b.labels];
  const grave = sides.some((label) => INFRASTRUCTURE.has(label) || (label.startsWith("tenant ") && vm.tenant !== undefined && label !== `tenant ${vm.tenant}`));
  return [{
    key: id,
    severity: grave && vm.role !== "jump-host" ? "high" : "medium",
    title: `${vm.name} stands in two zones`,
    subjects: [id, ...[a, b].map((leg) => leg.end.portGroup).filter((portGroup) => portGroup !== undefined)],
    detail: `${localOf(a.end)} of ${vm.name} is in ${place(a)}, ${localOf(b.end)} in ${place(b)}. A compromised guest forwards between them past every firewall.`,
    path: () => crossing(layer2, a, b),
    fixes: () => disconnect(context.topology, id, vm, legs, [a, b]),
  }];
}

const INFRASTRUCTURE = new Set(["management", "migration", "storage", "replication", "fault-tolerance", "out-of-band management"]);

/** The two legs are in different segments, of both something is known, and it is not the same. */
function apart(a: Leg, b: Leg): boolean {
  if (a.segments.some((segment) => b.segments.includes(segment)) || a.labels.size === 0 || b.labels.size === 0) return false;
  // A side of which one aspect is unknown does not differ in it: only what is said of both is compared.
  return ["tenant", "zone"].some((aspect) => differ(a.labels, b.labels, aspect)) || [...a.labels, ...b.labels].some((label) => !/^(tenant|zone) /.test(label) && a.labels.has(label) !== b.labels.has(label));
}

function differ(a: Labels, b: Labels, aspect: string): boolean {
  const of = (labels: Labels): string[] => [...labels].filter((label) => label.startsWith(`${aspect} `)).sort(compareIds);
  const [own, other] = [of(a), of(b)];
  return own.length > 0 && other.length > 0 && own.join() !== other.join();
}

function labelsOf({ topology }: RuleContext, id: string, segments: readonly Segment[]): Labels {
  return new Set(segments.flatMap((segment) => segment.ends).filter((end) => end.owner !== id).flatMap((end) => labelsOfEnd(topology, end)));
}

function ownLabels({ tenant, zone }: Vm): Labels {
  return new Set([...(tenant === undefined ? [] : [`tenant ${tenant}`]), ...(zone === undefined ? [] : [`zone ${zone}`])]);
}

function labelsOfEnd(topology: Topology, end: End): string[] {
  const vm = vmOf(topology, end);
  if (vm !== undefined) return [...ownLabels(vm)];
  if (end.kind === "managementInterface") return record(topology, "managementInterfaces", end.id)?.services ?? ["management"];
  if (end.kind === "bmc") return ["out-of-band management"];
  return end.kind === "external" ? [`network ${end.id}`] : [];
}

function place({ segments, labels }: Leg): string {
  return `${listed(segments.map((segment) => segment.id))} with ${listed([...labels].sort(compareIds))}`;
}

/** From a neighbour on one side to the VM and on to a neighbour on the other. */
function crossing(layer2: Layer2, a: Leg, b: Leg): readonly Hop[] {
  const neighbour = (leg: Leg): End | undefined => leg.segments.flatMap((segment) => segment.ends).find((end) => end.owner !== leg.end.owner && end.kind !== "interface");
  const [from, to] = [neighbour(a), neighbour(b)];
  const into = from === undefined ? [] : (layer2.path(from, a.end) ?? []);
  const out = to === undefined ? [] : (layer2.path(b.end, to) ?? []);
  return [...into, ...out];
}

/** The less trusted side first: untrusted networks, then others; then the other adapter. */
function disconnect(topology: Topology, id: string, vm: Vm, legs: readonly Leg[], [a, b]: readonly [Leg, Leg]): ReturnType<typeof candidate> {
  const distrust = ({ labels }: Leg): number => (vm.tenant !== undefined && labels.has(`tenant ${vm.tenant}`) ? 0 : 1) + ([...labels].some((label) => label.startsWith("network ")) ? 2 : 0);
  const order = [a, b].sort((x, y) => distrust(y) - distrust(x));
  const single = order.flatMap((leg) => candidate(topology, `Disconnect ${localOf(leg.end)} of ${vm.name}`, (board) => board.set(["vms", id, "nics", localOf(leg.end), "connected"], false)));
  const kept = order[1];
  if (legs.length < 3 || kept === undefined) return single;
  const others = legs.filter((leg) => leg !== kept);
  return [...single, ...candidate(topology, `Keep only ${localOf(kept.end)} of ${vm.name}`, (board) => {
    for (const leg of others) board.set(["vms", id, "nics", localOf(leg.end), "connected"], false);
  })];
}
