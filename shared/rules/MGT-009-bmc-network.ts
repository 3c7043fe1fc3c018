import { compareIds, entries, record, type Topology } from "../model/topology";
import type { End, Pair } from "../network/types";
import { intrusionsInto, isForeign } from "./intruders";
import { neighboursIn } from "./neighbours";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { denyOnTheWay } from "./remedy/deny";
import { freeVlan } from "./remedy/free-vlan";
import { moveToVlan } from "./remedy/move";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { servesManagement, vmOf } from "./workload";

const MOST_SUBJECTS = 50;

export const mgt009: IsolationRule = {
  id: "MGT-009",
  title: "Out-of-band controller (BMC, iLO, iDRAC) outside the management network",
  severity: "high",
  threat: "Who has the controller has the machine below the hypervisor: power, console, firmware, a virtual drive to boot from.",
  condition: "A host's BMC is in a broadcast domain with a workload, with an external network that is not the administrators' or with an interface that serves something else than management, and the two hear each other; or a VM or "
    + "such a network reaches it beyond policy.allow. Alone, among other BMCs, management interfaces, jump hosts and administrators it is where it belongs. Identified by the BMC (host-1/bmc).",
  fix: "An out-of-band segment for BMCs alone, which only administrators reach; the controller's virtual adapter in the operating system off.",
  commands: [],
  references: ["VMware SCG esx-9.hardware-management-security, esxi-8.hw-virtual-nic", "DISA STIG ESXI-80-000250 (V-265977)", "NIST SP 800-53r5 SC-7(15)"],
  caveats: "Judged only where a BMC is drawn: a host without one is unknown, which MDL-005 reports. Whether the controller shows an adapter to the operating system is not in the document. How a controller gets an address, a VLAN and a "
    + "list of allowed sources is each vendor's own.",
  check(context) {
    return entries(context.topology, "hosts").flatMap(([id, { name, bmc }]) => (bmc === undefined ? [] : inspect(context, id, name)));
  },
};

function inspect(context: RuleContext, host: string, name: string): Draft[] {
  const { topology, network } = context;
  const key = `${host}/bmc`;
  const end = network.layer2.end(key);
  if (end === undefined) return [];
  const beside = intrudersBeside(context, end);
  const reached = intrusionsInto(topology, network, key);
  if (beside.length + reached.length === 0) return [];
  const near = [...new Set(beside.map((other) => other.owner))].sort(compareIds);
  const far = [...new Set(reached.map((pair) => pair.from))].filter((party) => !near.includes(party)).sort(compareIds);
  const [nearest] = beside;
  const [first] = reached;
  return [{
    key,
    title: `The BMC of ${name} is ${near.length > 0 ? "outside the management network" : "within reach"}`,
    subjects: [host, ...[...near, ...far].slice(0, MOST_SUBJECTS)],
    detail: [
      ...(near.length === 0 ? [] : [`The BMC of ${name} is in one broadcast domain with ${listed(near)}.`]),
      ...(far.length === 0 ? [] : [`${listed(far)} ${far.length === 1 ? "reaches" : "reach"} the BMC of ${name}, which the policy does not allow.`]),
    ].join(" "),
    services: ["any"],
    path: () => (nearest !== undefined ? (network.layer2.path(nearest, end) ?? []) : first === undefined ? [] : network.firstPath(first.from, first.to)),
    fixes: () => fixesFor(context, host, reached),
  }];
}

function intrudersBeside({ topology, network: { layer2 } }: RuleContext, end: End): End[] {
  return layer2.segmentsOf(end).flatMap((segment) => neighboursIn(layer2, segment, end, "intruders", (other) => isIntruder(topology, other)));
}

function isIntruder(topology: Topology, end: End): boolean {
  const adapter = end.kind === "managementInterface" ? record(topology, "managementInterfaces", end.id) : undefined;
  return adapter !== undefined ? !servesManagement(adapter) : (vmOf(topology, end) !== undefined || end.kind === "external") && isForeign(topology, end.owner);
}

/** All BMCs that have intruders beside them move together. */
function fixesFor(context: RuleContext, host: string, reached: readonly Pair[]): FixCandidate[] {
  const { topology, network } = context;
  const ends = entries(topology, "hosts").map(([id]) => network.layer2.end(`${id}/bmc`)).filter((end) => end !== undefined);
  const crowded = ends.filter((end) => intrudersBeside(context, end).length > 0);
  const own = ends.filter((end) => end.owner === `${host}/bmc`);
  const move = (moved: readonly End[], title: string): FixCandidate[] => candidate(topology, title, (board) => {
    const vlan = freeVlan(board.topology, "management");
    if (vlan === undefined || moved.length === 0) return false;
    moveToVlan(board, { ends: moved, vlan, stem: "oob", name: "Out-of-band" });
    return true;
  });
  const sources = [...new Set(reached.filter((pair) => pair.layer === 3).map((pair) => pair.from))];
  const denial = { id: `deny-${host}-bmc`, from: sources.map((party) => (record(topology, "vms", party) === undefined ? `external:${party}` : `vm:${party}`)), to: ["bmc"] };
  return [
    ...(crowded.length > 1 ? move(crowded, `Move ${crowded.length} BMCs into an out-of-band VLAN`) : []),
    ...move(own, `Move the BMC of ${record(topology, "hosts", host)?.name ?? host} into an out-of-band VLAN`),
    ...(sources.length === 0 ? [] : denyOnTheWay(topology, network, reached, denial)),
  ];
}
