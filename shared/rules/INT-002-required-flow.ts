import { ownerOf } from "../model/ids";
import { listServices } from "../model/services";
import { compareIds } from "../model/topology";
import type { Intent } from "../model/policy";
import type { Network } from "../network/compiled-network";
import { once } from "../model/once";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { connect } from "./remedy/connect";
import { permit } from "./remedy/permit";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";

/** So many of the failing pairs of an entry are traced for the fix. */
const MOST_TRACED = 50;

type Required = Network["required"][number];

export const int002: IsolationRule = {
  id: "INT-002",
  title: "Required flow is blocked",
  severity: "medium",
  threat: "What must work does not: users will press for the remedy to be undone, or for a wider opening than the flow needs.",
  condition: "A policy.require entry that counts today does not hold: some member of its source does not reach some member of its target on all its services and get an answer. Not where the answer rests on "
    + "absent fields. Identified by the entry.",
  fix: "Allow exactly the flow at the filter that blocks it, or let its VLAN through the port that does not carry it.",
  commands: [],
  references: ["PCI DSS 4.0.1 1.2.5"],
  caveats: "A flow that only a proxy or NAT carries has to be drawn with the proxy.",
  check(context) {
    const { network, topology } = context;
    return network.required.filter((entry) => !entry.holds).flatMap((entry) => {
      const intent = topology.policy?.require?.find((one) => one.id === entry.id);
      // A pair whose verdict is unknown may well pass: MDL-005 names the field.
      const failing = entry.failing.filter(({ from, to }) => network.pair(from, to).verdict !== "unknown");
      return intent === undefined || failing.length === 0 ? [] : [describe(context, intent, { ...entry, failing })];
    });
  },
};

function describe(context: RuleContext, intent: Intent, { id, failing }: Required): Draft {
  const [first] = failing;
  const blockedBy = once(() => (first === undefined ? [] : context.network.trace([first.from], [first.to], first.services).blockedBy));
  const ends = [...new Set(failing.flatMap(({ from, to }) => [from, to]))].sort(compareIds);
  return {
    key: id,
    title: `Required flow ${intent.name ?? id} is blocked`,
    get subjects() {
      return [...new Set(blockedBy().map((hop) => ownerOf(hop.at))), ...ends.slice(0, 25)];
    },
    get detail() {
      const places = [...new Set(blockedBy().map((hop) => `${hop.at} ${hop.does}`))];
      return `${counted(failing.length, "pair")} of entry ${id}${intent.reason === undefined ? "" : ` (${intent.reason})`} ${failing.length === 1 ? "fails" : "fail"}: `
        + `${listed(failing.map(({ from, to, services }) => `${from} does not reach ${to} on ${listed(listServices(services))}`))}.`
        + (places.length === 0 ? " No router or firewall connects the two." : ` Stopped by: ${listed(places)}.`);
    },
    services: first === undefined ? [] : listServices(first.services),
    path: blockedBy,
    fixes: () => fixesFor(context, intent, failing),
  };
}

function fixesFor({ topology, network }: RuleContext, intent: Intent, failing: Required["failing"]): FixCandidate[] {
  const traced = failing.slice(0, MOST_TRACED).map((pair) => ({ ...pair, ...network.trace([pair.from], [pair.to], pair.services) }));
  const opened = candidate(topology, `Let the flow ${intent.id} through where it is stopped`, (board) => {
    for (const { blockedBy } of traced) permit(board, blockedBy, intent);
  });
  const connected = candidate(topology, `Route the flow ${intent.id} through a firewall`, (board) => traced.every(({ from, to }) => connect(board, network.layer2, from, to, intent)));
  // Where there is no way and the target's own firewall would not take it either.
  const both = candidate(topology, `Route the flow ${intent.id} through a firewall, and let the target's own take it`, (board) => traced.every(({ from, to, blockedBy }) => {
    permit(board, blockedBy.filter((hop) => hop.kind === "managementInterface"), intent);
    return connect(board, network.layer2, from, to, intent);
  }));
  const isShielded = traced.some(({ blockedBy }) => blockedBy.some((hop) => hop.kind === "managementInterface"));
  return [...opened, ...connected, ...(isShielded ? both : [])];
}
