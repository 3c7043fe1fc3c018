/** Changes of a document that a compiled network can follow: vNICs that are plugged in elsewhere, VLANs of port groups, and rules in their places. */
import { equalJson, isObject } from "../model/json";
import type { RecordChange } from "../model/record-changes";
import type { Rule } from "../model/kinds/forwarder";
import type { PortGroup } from "../model/kinds/port-group";
import type { Vm, Vnic } from "../model/kinds/vm";

/** One rule that has another action or other services now. */
export interface RuleChange {
  readonly collection: "routers" | "firewalls" | "distributedFirewalls";
  /** Of the router or firewall. */
  readonly id: string;
  readonly index: number;
  readonly rule: Rule;
}

export interface SmallChange {
  /** VMs of which a vNIC is plugged into another port group. */
  readonly vms: readonly string[];
  /** With another VLAN or isolation. */
  readonly portGroups: readonly string[];
  readonly rules: readonly RuleChange[];
}

/** Fields that no packet feels. */
const SILENT: Partial<Record<RecordChange["collection"], ReadonlySet<string>>> = {
  vms: new Set(["name", "description", "zone", "sensitive", "guest", "devices", "resources", "disks", "encryption", "image", "secureBoot"]),
  portGroups: new Set(["name", "description", "dhcpGuard", "raGuard", "shaping", "encryption", "security"]),
};
const NAMES: ReadonlySet<string> = new Set(["name", "description"]);
const OF_RULE: ReadonlySet<string> = new Set(["id", "name", "description", "log", "action", "services"]);
const OF_VNIC: ReadonlySet<string> = new Set(["name", "description", "mac", "gateway", "portGroup"]);

/** What the changes come to; undefined where they are more than small. */
export function smallChange(changes: readonly RecordChange[]): SmallChange | undefined {
  const found = { vms: [] as string[], portGroups: [] as string[], rules: [] as RuleChange[] };
  return changes.every((change) => add(change, found)) ? found : undefined;
}

function add({ collection, id, before, after }: RecordChange, found: { vms: string[]; portGroups: string[]; rules: RuleChange[] }): boolean {
  if (collection === "layout" || collection === "document") return true;
  if (!isObject(before) || !isObject(after)) return false;
  const fields = changedFields(before, after).filter((field) => !(SILENT[collection] ?? NAMES).has(field));
  if (fields.length === 0) return true;
  const [field, ...others] = fields;
  switch (collection) {
    case "vms":
      found.vms.push(id);
      return field === "nics" && others.length === 0 && isReplugged(before as Vm, after as Vm);
    case "portGroups":
      found.portGroups.push(id);
      return fields.every((own) => own === "vlan" || own === "isolatedPorts") && isAccess(before as PortGroup) && isAccess(after as PortGroup);
    case "routers":
    case "firewalls":
    case "distributedFirewalls":
      return field === "rules" && others.length === 0 && Array.isArray(before["rules"]) && Array.isArray(after["rules"]) && changedRules(before as Ruled, after as Ruled, (index, rule) => found.rules.push({ collection, id, index, rule }));
    default:
      return false;
  }
}

interface Ruled {
  readonly rules?: readonly Rule[];
}

function changedRules({ rules: before = [] }: Ruled, { rules: after = [] }: Ruled, visit: (index: number, rule: Rule) => void): boolean {
  if (before.length !== after.length) return false;
  // Of 100,000 rules nearly all are the same objects.
  for (let index = 0; index < after.length; index += 1) {
    const [old, rule] = [before[index], after[index]];
    if (rule === old || old === undefined || rule === undefined) continue;
    if (changedFields(old, rule).some((field) => !OF_RULE.has(field))) return false;
    visit(index, rule);
  }
  return true;
}

/** Whether the VM has one connected vNIC, behind its virtual switch, which is plugged into one port group before and after. */
function isReplugged({ nics: before = {} }: Vm, { nics: after = {} }: Vm): boolean {
  const [local, ...others] = Object.keys(before);
  if (local === undefined || others.length > 0 || Object.keys(after).join() !== local) return false;
  const [old, now] = [before[local], after[local]];
  return old !== undefined && now !== undefined && isPluggedIn(old) && isPluggedIn(now) && changedFields(old, now).every((field) => OF_VNIC.has(field));
}

function isPluggedIn({ portGroup, connected, passthrough }: Vnic): boolean {
  return portGroup !== undefined && connected !== false && (passthrough === undefined || passthrough === "none");
}

function isAccess({ vlan }: PortGroup): boolean {
  return vlan?.mode === "access";
}

/** The fields that are not equal; rules, of which there may be many, where they are not the same list. */
function changedFields(before: object, after: object): string[] {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const differs = (field: string): boolean => old[field] !== now[field] && (field === "rules" || !equalJson(old[field], now[field]));
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(differs);
}
