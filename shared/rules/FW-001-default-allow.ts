import { effectiveDefaultAction, effectiveStateful } from "../model/defaults";
import { resolveSelector } from "../model/members";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import { partiesBehind } from "./behind";
import { boundaryIn, crowdOf } from "./crowd";
import { deniesRest } from "./denies-rest";
import { guardedBy } from "./guarded";
import { currentIntents } from "./intents";
import { PFSENSE_FILTER, VYOS_BRIDGE } from "./no-command";
import { candidate } from "./remedy/board";
import { policyRules } from "./remedy/policy-rules";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";

type Collection = "firewalls" | "distributedFirewalls";

export const fw001: IsolationRule = {
  id: "FW-001",
  title: "Default action is allow",
  severity: "high",
  threat: "A firewall that lets through what no rule mentions protects only against what somebody thought of.",
  condition: "The effective default action of a firewall or distributed firewall is allow (unset: firewalls deny; distributed firewalls allow, as NSX does after host preparation; a rule that denies everything is a default, too), and it "
    + "stands between two tenants or zones, between workloads and an external network, or before management. Routers forward by nature and are left to NET-002. Identified by the firewall.",
  fix: "Write rules for what the policy allows, then deny the rest.",
  commands: [
    { platform: "nsx", text: "Default Layer3 Section, default rule: Drop or Reject (allow DHCP first)" },
    { platform: "proxmox", text: "policy_in: DROP, policy_forward: DROP (nftables)" },
    { platform: "linux", text: "nft chain inet filter forward '{ policy drop; }'" },
    { platform: "vyos", text: "set firewall ipv4 forward filter default-action drop" },
    { platform: "open-vswitch", text: "ovs-ofctl add-flow br0 'priority=100,ip,actions=drop' (below the flows of the rules)" },
    VYOS_BRIDGE,
    PFSENSE_FILTER,
  ],
  references: ["DISA STIG NDFW-4X-000016 (V-265619), NT0F-4X-000016 (V-265368), NT1F-4X-000016 (V-265494)", "NIST SP 800-53r5 SC-7(5)", "PCI DSS 4.0.1 1.3.1, 1.3.2"],
  caveats: "While a distributed firewall is rolled out in monitor mode it allows by design: accept the risk with a date.",
  root: () => "",
  check(context) {
    return (["firewalls", "distributedFirewalls"] as const).flatMap((collection) =>
      entries(context.topology, collection).flatMap(([id]) => inspect(context, collection, id)));
  },
};

function inspect({ topology, network }: RuleContext, collection: Collection, id: string): Draft[] {
  const action = effectiveDefaultAction(topology, collection, id);
  if (deniesRest(topology, collection, id)) return [];
  const parties = collection === "firewalls" ? partiesBehind(network.layer2, id) : guardedBy(topology, id);
  const crowd = crowdOf(topology, network, parties);
  const boundary = boundaryIn(crowd);
  if (boundary === undefined) return [];
  const name = record(topology, collection, id)?.name ?? id;
  const tenants = [...crowd.tenants].sort(compareIds);
  return [{
    key: id,
    title: `${name} allows what no rule denies`,
    subjects: [id],
    detail: `${name} stands between ${boundary}. ${action.source === "set" ? `${action.field} is allow.` : `${action.field} is not set and allow is assumed: ${action.basis}.`} Everything that no rule mentions passes.`,
    fixes: () => fixesFor(topology, network, collection, id, { tenants, parties }),
  }];
}

function fixesFor(topology: Topology, network: Network, collection: Collection, id: string, { tenants, parties }: { readonly tenants: readonly string[]; readonly parties: ReadonlySet<string> }): FixCandidate[] {
  const own = record(topology, collection, id);
  const name = own?.name ?? id;
  const rules = own?.rules ?? [];
  const holds = (selectors: readonly string[] = ["any"]): boolean => selectors.some((selector) => selector === "any" || selector.startsWith("cidr:") || [...resolveSelector(topology, selector)].some((party) => parties.has(party)));
  // What never comes by needs no rule: a distributed firewall sees a flow at either end.
  const seen = currentIntents(topology, network.today).filter(({ from, to }) => (collection === "firewalls" ? holds(from) && holds(to) : holds(from) || holds(to)));
  const allowed = policyRules(seen, tenants, rules);
  const isStateless = effectiveStateful(topology, collection, id).value === false;
  const withRules = (title: string, keepsState: boolean): FixCandidate[] => candidate(topology, title, (board) => {
    board.set([collection, id, "rules"], [...rules, ...allowed]);
    board.set([collection, id, "defaultAction"], "deny");
    if (keepsState) board.set([collection, id, "stateful"], true);
  });
  return [
    ...(allowed.length > 0 ? withRules(`Deny by default at ${name}, after rules for what the policy allows`, false) : []),
    // Else the answers need rules too, and most of those would let more in than the flows.
    ...(allowed.length > 0 && isStateless ? withRules(`Deny by default at ${name}, after rules for what the policy allows, and keep state for the answers`, true) : []),
    ...candidate(topology, `Deny by default at ${name}`, (board) => board.set([collection, id, "defaultAction"], "deny")),
  ];
}
