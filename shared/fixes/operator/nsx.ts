/** The distributed firewall of ESXi hosts, by the policy interface of NSX: a security policy of the firewall's name, a rule for each of its rules. */
import { entries, record, type Topology } from "../../model/topology";
import { partiesOf, protocolsOf, type Protocol } from "./addresses";
import { blank, shell, type Change, type OperatorCommand } from "./command";
import { filterEdits, type FilterEdits, type RuleEdit } from "./rule-edits";

/** Room between the rules of a new policy. */
const STEP = 10;

export function nsxCommands(change: Change): OperatorCommand[] {
  return filterEdits(change, "distributedFirewalls").flatMap((filter) => {
    if (!standsOnEsxi(change.after, filter.now.virtualSwitches)) return [];
    const policy = `domains/default/security-policies/${filter.id}`;
    const texts = [
      ...(filter.isNew ? [nsxCall("PATCH", policy, { display_name: filter.now.name, category: "Application" })] : []),
      ...filter.edits.map((edit) => (edit.kind === "remove" ? nsxCall("DELETE", `${policy}/rules/${edit.rule.id}`) : nsxCall("PATCH", `${policy}/rules/${edit.rule.id}`, bodyOf(change.after, filter, edit)))),
      ...(filter.defaultAction === undefined || (filter.isNew && filter.defaultAction === "allow") ? [] : [
        nsxCall("PATCH", "domains/default/security-policies/default-layer3-section/rules/default-layer3-rule", {
          display_name: "Default Layer3 Rule", sequence_number: 2147483647, ...EVERYTHING, action: ACTIONS[filter.defaultAction],
        }),
      ]),
    ];
    return texts.map((text) => ({ platform: "esxi", on: filter.id, text }));
  });
}

function standsOnEsxi(topology: Topology, scope: readonly string[] | undefined): boolean {
  return entries(topology, "virtualSwitches").some(([id, { kind, hypervisors }]) =>
    (kind === "standard" || kind === "distributed") && (scope === undefined || scope.includes(id)) && hypervisors.some((hypervisor) => record(topology, "hypervisors", hypervisor)?.platform === "esxi"));
}

/** A call of the policy interface; the path is below `infra`. */
export function nsxCall(method: "PATCH" | "DELETE", path: string, body?: object): string {
  const data = body === undefined ? "" : ` -H 'Content-Type: application/json' -d ${shell(JSON.stringify(body))}`;
  return `curl -u ${blank("user")} -X ${method} https://${blank("NSX manager")}/policy/api/v1/infra/${path}${data}`;
}

const EVERYTHING = { source_groups: ["ANY"], destination_groups: ["ANY"], services: ["ANY"], scope: ["ANY"] };
const ACTIONS = { allow: "ALLOW", deny: "DROP", reject: "REJECT" } as const;

function bodyOf(topology: Topology, filter: FilterEdits, edit: Exclude<RuleEdit, { kind: "remove" }>): object {
  const { rule } = edit;
  const parties = partiesOf(topology, rule);
  const side = (which: "from" | "to"): string[] => {
    const lists = parties.map((one) => one[which]);
    return lists.includes(undefined) ? ["ANY"] : [...new Set(lists.flatMap((list) => list ?? []))];
  };
  const protocols = protocolsOf(rule.services);
  return {
    display_name: rule.name ?? rule.id,
    sequence_number: edit.kind === "add" ? numberFor(filter, edit) : blank("the number that it has"),
    source_groups: side("from"), destination_groups: side("to"), scope: ["ANY"],
    ...(protocols === undefined ? { services: ["ANY"] } : { service_entries: protocols.flatMap(entryOf) }),
    action: ACTIONS[rule.action], logged: rule.log === true,
  };
}

/** Rules are read by their sequence numbers; those of rules that are there already the operator looks up. */
function numberFor({ isNew, now }: FilterEdits, edit: Extract<RuleEdit, { kind: "add" }>): number | string {
  if (isNew) return ((now.rules ?? []).findIndex(({ id }) => id === edit.rule.id) + 1) * STEP;
  return blank(edit.place === "before" ? `number just below that of ${edit.before}` : edit.place === "top" ? "number below all others" : "number above all others");
}

function entryOf({ name, ports }: Protocol): object[] {
  if (name === "icmp") return ["ICMPv4", "ICMPv6"].map((protocol) => ({ resource_type: "ICMPTypeServiceEntry", protocol }));
  return [{ resource_type: "L4PortSetServiceEntry", l4_protocol: name.toUpperCase(), ...(ports === undefined ? {} : { destination_ports: ports }) }];
}
