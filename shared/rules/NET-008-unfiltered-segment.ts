import { compareIds, record, type Topology } from "../model/topology";
import type { End, Layer2, Segment } from "../network/types";
import { deniesRest } from "./denies-rest";
import { Enforcement } from "./enforcement";
import { groupBy } from "./group-by";
import { counted, listed } from "./phrase";
import { Board } from "./remedy/board";
import { microsegment } from "./remedy/microsegment";
import { oneTitle } from "./remedy/one-title";
import { isSensitive } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { restsOn } from "./setting-words";
import { isWorkloadEnd, localOf, vmOf } from "./workload";

export const net008: IsolationRule = {
  id: "NET-008",
  title: "East-west traffic inside a segment is unfiltered",
  severity: "medium",
  threat: "A compromised VM reaches its neighbours on every port; between VMs of one host no physical firewall ever sees it.",
  condition: "Two workload VMs or more hear each other in a segment, and no distributed firewall that denies by default filters the vNICs of both. High where the VMs differ in zone or one of them, or its "
    + "tenant, is sensitive. Identified by the segment.",
  fix: "A distributed firewall over the switches of the segment that denies by default, with allow rules for the declared flows.",
  commands: [
    { platform: "proxmox", text: "cluster.fw: enable: 1; VMID.fw: enable: 1, policy_in: DROP; qm set VMID --net0 …,firewall=1" },
    { platform: "hyper-v", text: "Add-VMNetworkAdapterExtendedAcl -VMName X -Action Deny -Direction Inbound -Weight 1" },
  ],
  references: ["DISA STIG NDFW-4X-000016 (V-265619)", "NIST SP 800-53r5 SC-7(5), SC-7(12)", "PCI DSS 4.0.1 1.3.1", "NIST SP 800-125B (firewalls)"],
  caveats: "Clusters whose members must talk freely (storage, container nodes) may accept it. NSX allows by default, Proxmox VE's firewall is off until enabled for datacenter, VM and adapter.",
  root: () => "",
  check(context) {
    const byId = new Map<string, Segment[]>();
    for (const segment of context.network.layer2.segments) byId.set(segment.id, [...(byId.get(segment.id) ?? []), segment]);
    const guarded = guardedVnics(context.topology);
    const groups: ReadonlySet<End>[] = [];
    return [...byId].flatMap(([id, segments]) => {
      const ends = segments.flatMap((segment) => unfiltered(context, segment, guarded));
      // Ports that carry several VLANs meet in each of them: once is enough.
      if (groups.some((group) => ends.every((end) => group.has(end)))) return [];
      groups.push(new Set(ends));
      return inspect(context, id, segments, ends);
    });
  },
};

function inspect(context: RuleContext, id: string, segments: readonly Segment[], ends: readonly End[]): Draft[] {
  const { topology } = context;
  const vms = [...new Set(ends.map((end) => end.owner))].sort(compareIds);
  const pair = witness(context, ends, segments);
  if (vms.length < 2 || pair === undefined) return [];
  const records = vms.map((vm) => record(topology, "vms", vm)).filter((vm) => vm !== undefined);
  const zones = [...new Set(records.map((vm) => vm.zone).filter((zone) => zone !== undefined))].sort(compareIds);
  const sensitive = vms.filter((vm) => { const own = record(topology, "vms", vm); return own !== undefined && isSensitive(topology, own); });
  const sameHost = [...groupBy(records, (vm) => vm.hypervisor)].filter(([, own]) => own.length > 1).map(([hypervisor]) => hypervisor).sort(compareIds);
  return [{
    key: id,
    severity: zones.length > 1 || sensitive.length > 0 ? "high" : "medium",
    title: `Traffic between VMs of the segment ${id} is unfiltered`,
    subjects: [...vms.slice(0, 50), ...new Set(ends.map((end) => end.portGroup).filter((group) => group !== undefined))],
    detail: `${counted(vms.length, "workload VM")} (${listed(vms)}) exchange anything in the segment ${id}; no distributed firewall that denies by default filters both sides.`
      + (sameHost.length === 0 ? "" : ` On ${listed(sameHost)} several of them are neighbours: their traffic never leaves the host.`)
      + (zones.length > 1 ? ` They are of different zones: ${listed(zones)}.` : "") + (sensitive.length > 0 ? ` Sensitive: ${listed(sensitive)}.` : "")
      + restsOn(topology, ends.map(({ portGroup }) => portGroup)),
    services: ["any"],
    path: () => context.network.layer2.path(...pair) ?? [],
    fixes: () => [...microsegment(topology, ends, context.network.today), ...behindTheSwitch(topology, ends, context.network.today)],
  }];
}

/** A passed-through adapter is out of every distributed firewall's reach: it is replaced first. */
function behindTheSwitch(topology: Topology, ends: readonly End[], today: string): FixCandidate[] {
  const passed = ends.filter((end) => (vmOf(topology, end)?.nics?.[localOf(end)]?.passthrough ?? "none") !== "none");
  if (passed.length === 0) return [];
  const board = new Board(topology);
  for (const end of passed) board.set(["vms", end.owner, "nics", localOf(end), "passthrough"], "none");
  const title = `Put ${listed(passed.map(({ id }) => id))} behind the virtual switch`;
  const edits = board.edits();
  return [{ title, edits }, ...microsegment(board.topology, ends, today).map((filtered) => ({ title: oneTitle([title, filtered.title]), edits: [...edits, ...filtered.edits] }))];
}

/** The workload vNICs that hear another VM's, where the two are not both filtered. Judged by class: what holds for one end holds for its like. */
function unfiltered({ topology, network: { layer2 } }: RuleContext, segment: Segment, isGuarded: (end: End) => boolean): End[] {
  const workloads = segment.ends.filter((end) => isWorkloadEnd(topology, end));
  const classes = [...groupBy(workloads, (end) => layer2.classOf(end).index).values()];
  const bare = classes.map((ends) => ends.filter((end) => !isGuarded(end)));
  if (bare.every((ends) => ends.length === 0)) return [];
  const near = nearClasses(layer2, classes, segment);
  return classes.flatMap((ends, index) => {
    const others = near[index] ?? [];
    if (others.some((at) => (bare[at]?.length ?? 0) > 0)) return ends;
    return others.length > 0 ? (bare[index] ?? []) : [];
  });
}

/** For every class the classes that it exchanges frames with here, perhaps itself. */
function nearClasses(layer2: Layer2, classes: readonly (readonly End[])[], segment: Segment): number[][] {
  const near = classes.map((): number[] => []);
  classes.forEach((as, index) => {
    for (let at = index; at < classes.length; at += 1) {
      const [a] = as;
      const b = classes[at]?.find((end) => end !== a);
      if (a === undefined || b === undefined || !layer2.sharedSegments(a, b).includes(segment)) continue;
      near[index]?.push(at);
      if (at !== index) near[at]?.push(index);
    }
  });
  return near;
}

/** So many ends are tried for a pair to show. */
const MOST_TRIED = 16;

/** Two of the ends that hear each other; on one hypervisor if there are such. */
function witness({ topology, network: { layer2 } }: RuleContext, ends: readonly End[], segments: readonly Segment[]): [End, End] | undefined {
  const host = (end: End): string => vmOf(topology, end)?.hypervisor ?? "";
  let found: [End, End] | undefined;
  for (const a of ends.slice(0, MOST_TRIED)) {
    for (const b of ends.slice(0, MOST_TRIED)) {
      if (a.owner === b.owner || !layer2.sharedSegments(a, b).some((segment) => segments.includes(segment))) continue;
      if (host(a) === host(b)) return [a, b];
      found ??= [a, b];
    }
  }
  return found;
}

/** Whether a distributed firewall that denies by default filters the vNIC. */
function guardedVnics(topology: Topology): (end: End) => boolean {
  const denying = new Enforcement(topology, (id) => deniesRest(topology, "distributedFirewalls", id));
  return ({ owner, nic }) => denying.exists && nic !== undefined && denying.gapOf(owner, nic) === undefined;
}
