import { entries, record, type Topology } from "../../model/topology";
import type { Intent } from "../../model/policy";
import { resolveSelector } from "../../model/members";
import type { Network } from "../../network/compiled-network";
import { currentIntents } from "../../rules/intents";
import type { Board } from "../../rules/remedy/board";
import { restrictOwnFirewall } from "../../rules/remedy/restrict-management";
import { applyEdits } from "../../model/edit";
import { isManagementsOwn, servesManagement } from "../../rules/workload";
import { administratorsOf } from "../administrators";
import { enclose } from "../enclave";
import { moveApart, reconnect } from "../relocate";
import type { SegmentationTemplate } from "./template";

/** Hypervisors and BMCs in a network of their own, to which administrators have the only way. */
export const managementPlane: SegmentationTemplate = {
  id: "management-plane",
  title: "Management plane",
  what: "Management interfaces and BMCs that share a segment get a management VLAN, with whoever is there only to administer, and so do administrators elsewhere; the interfaces' own firewalls take administrators only, whose way becomes required in the policy; at every filter the rest is denied.",
  parameters: [
    { name: "administrators", kind: "selectors", what: "who administers" },
    { name: "services", kind: "services", what: "on what, unless the policy says so already" },
    { name: "vlan", kind: "vlans", what: "the management VLAN; absent: a free one" },
  ],
  suggest: ({ network }) => ({ administrators: administratorsOf(network).map((id) => (network.party(id)?.kind === "vm" ? `vm:${id}` : `external:${id}`)), services: ["tcp/443"] }),
  build({ before, board, values }) {
    const { administrators = [], services = [], vlan: [vlan] = [] } = values;
    const { topology, network, today } = before;
    const targets = targetsOf(topology);
    if (targets.size === 0) return "there is no management interface and no BMC";
    if (administrators.length === 0) return "there is no external network of trust admin and no jump host, so nobody could administer; name administrators";
    const people = new Set(administrators.flatMap((selector) => [...resolveSelector(topology, selector)]).filter((id) => isApart(topology, id)));
    const plane = planeOf(network, targets, people);
    const others = new Set([...people].filter((id) => !plane.has(id)));
    // Whoever shares a segment with administrators can take their addresses, and with them their way in.
    const moved = moveApart(board, before, { id: "management", name: "Management", members: plane, vlan: vlan === undefined ? undefined : Number(vlan) }, "management")
      && moveApart(board, before, { id: "administrators", name: "Administrators", members: others }, "management");
    if (!moved) return "no VLAN is free";
    requireAdministration(board, administrators, services, today);
    reconnect(board, before, targets);
    for (const [id, adapter] of entries(topology, "managementInterfaces")) {
      if (servesManagement(adapter)) for (const { edits } of restrictOwnFirewall(board.topology, id, today)) board.topology = applyEdits(board.topology, edits);
    }
    enclose(board, before, [{ id: "management", name: "Management", selectors: ["management", "bmc"], members: targets, inside: true, management: true }], false);
    return undefined;
  },
};

/** As in the matrix: every management interface, and every BMC. */
function targetsOf(topology: Topology): Set<string> {
  return new Set([...resolveSelector(topology, "management"), ...resolveSelector(topology, "bmc")]);
}

/** Interfaces that serve management, BMCs, and who is with them in a segment only to administer or to manage. */
function planeOf({ topology, layer2 }: Network, targets: ReadonlySet<string>, people: ReadonlySet<string>): Set<string> {
  const own = [...targets].filter((id) => { const adapter = record(topology, "managementInterfaces", id); return adapter === undefined || servesManagement(adapter); });
  const beside = own.flatMap((id) => layer2.endsOf(id)).flatMap((end) => layer2.segmentsOf(end)).flatMap(({ ends }) => ends.map(({ owner }) => owner));
  const managers = beside.filter((id) => { const vm = record(topology, "vms", id); return people.has(id) || (vm !== undefined && isManagementsOwn(vm)); });
  return new Set([...own, ...managers]);
}

/** A tenant's machine administers from where it is. */
function isApart(topology: Topology, id: string): boolean {
  return record(topology, "externalNetworks", id)?.trust === "admin" || (record(topology, "vms", id) !== undefined && record(topology, "vms", id)?.tenant === undefined);
}

/** Administrators that no entry leads to every management interface get one. */
function requireAdministration(board: Board, administrators: readonly string[], services: readonly string[], today: string): void {
  const { topology } = board;
  const management = resolveSelector(topology, "management");
  const named = (selector: string): boolean => currentIntents(topology, today).some(({ from = ["any"], to = ["any"] }) => {
    const [sources, targets] = [from, to].map((selectors) => new Set(selectors.flatMap((one) => [...resolveSelector(topology, one)])));
    return [...resolveSelector(topology, selector)].every((id) => sources?.has(id)) && [...management].every((id) => targets?.has(id));
  });
  const missing = administrators.filter((selector) => !named(selector));
  if (missing.length === 0 || management.size === 0) return;
  const { require: entriesNow = [], allow = [] } = topology.policy ?? {};
  const taken = new Set([...entriesNow, ...allow].map(({ id }) => id));
  let id = "administration";
  for (let count = 2; taken.has(id); count += 1) id = `administration-${count}`;
  const entry: Intent = { id, from: missing, to: ["management"], services: [...services], reason: "Hypervisor administration" };
  board.set(["policy", "require"], [...entriesNow, entry]);
}
