import type { Edit } from "../analysis/result";
import { setField } from "../model/edit-builder";
import { describe } from "../model/field-defaults";
import { record, type Topology } from "../model/topology";
import { gapsOf } from "./assumptions";
import { fieldOf, type Gap } from "./gap";
import { groupBy } from "./group-by";
import { byHand } from "./phrase";
import { restrictOwnFirewall } from "./remedy/restrict-management";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

export const mdl005: IsolationRule = {
  id: "MDL-005",
  title: "Security property unknown; default assumed",
  severity: "info",
  threat: "A verdict that rests on an assumption is only as good as the assumption.",
  condition: "A field that a rule or a verdict rests on is not set: what a switch does with promiscuous mode, MAC changes and forged transmits, the VLAN of a port group, what an uplink or trunk "
    + "lets through, VLAN filtering of a Linux bridge, memory sharing on a multi-tenant hypervisor, patch level, authentication, logging, lockdown, services, integrity and monitoring of a hypervisor, what else the operating system below it runs (ESXi has none), processor "
    + "and BMC of its host, what encrypts and erases storage and migration, what a management interface serves and its own firewall, a firewall's default action, what guests share, their tools, devices, images and boot, whether a physical switch knows private VLANs; and, where a verdict is unknown for want of them, tenants and addresses. It names each field, what is assumed (or that it is unknown) and whose default that is. One finding per field of a kind of element, whoever leaves it out, identified by both: vms.guest.clipboard.",
  fix: "Write down what is configured. The offered values are the safe ones: check that they are true, or make them so.",
  commands: [],
  references: [],
  caveats: "Where sources disagree about a default the worse one is assumed, and the finding says so.",
  check({ topology, network }) {
    return [...groupBy(gapsOf(topology, network), fieldOf)].flatMap(([field, gaps]) => draft(topology, network.today, field, gaps));
  },
};

/** So many places are written out in a sentence; the others are among the subjects. */
const MOST_NAMED = 20;

function draft(topology: Topology, today: string, key: string, gaps: readonly Gap[]): Draft[] {
  const [first] = gaps;
  if (first === undefined) return [];
  const subjects = [...new Set(gaps.map(({ id }) => id))];
  const field = key.slice(first.collection.length + 1);
  const whose = subjects.length === 1 ? (record(topology, first.collection, first.id)?.name ?? first.id) : `${subjects.length} ${inWords(first.collection)}`;
  const alike = groupBy(gaps, ({ setting, usedBy }) => `${setting.source}\n${setting.basis}\n${described(setting.value)}\n${usedBy}`);
  return [{
    key,
    title: `${whose}: ${field} is not described`,
    subjects,
    detail: [...alike.values()].map(sentence).join(" ") + (ownersOnly(gaps) ? byHand("only the owner knows what is configured") : ""),
    fixes: () => fixesFor(topology, today, `${field} of ${whose}`, gaps),
  }];
}

/** No value is safe to write without knowing. */
function ownersOnly(gaps: readonly Gap[]): boolean {
  return gaps.some(({ safe }) => safe === undefined) && !(gaps[0]?.collection === "managementInterfaces" && gaps[0].path[0] === "firewall");
}

/** `physical switches`, `VMs`. */
function inWords(collection: string): string {
  return collection === "vms" ? "VMs" : collection.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** About gaps of which the same is assumed. */
function sentence(gaps: readonly Gap[]): string {
  const [{ setting: { source, value, basis }, usedBy }] = gaps as [Gap];
  const places = gaps.slice(0, MOST_NAMED).map(({ setting }) => setting.field).join(", ");
  const more = gaps.length > MOST_NAMED ? ` and ${gaps.length - MOST_NAMED} more` : "";
  const assumed = source === "unknown" ? "unknown" : `${describe(value)} is assumed`;
  return `${places}${more} ${gaps.length === 1 ? "is" : "are"} not set: ${assumed} (${basis}); ${usedBy} ${usedBy.includes(",") ? "rest" : "rests"} on it.`;
}

/** One candidate that sets the field everywhere, as the finding stands until the last one is set. */
function fixesFor(topology: Topology, today: string, what: string, gaps: readonly Gap[]): FixCandidate[] {
  const [first] = gaps;
  if (first?.collection === "managementInterfaces" && first.path[0] === "firewall") return restrictOwnFirewalls(topology, today, gaps);
  if (first === undefined || ownersOnly(gaps)) return [];
  const values = [...new Set(gaps.map(({ safe }) => described(safe)))];
  return [{
    title: `State ${what}, after checking: ${values.length > MOST_VALUES ? "what is in use" : values.join(", ")}`,
    edits: gaps.map(({ collection, id, path, safe }): Edit => setField(topology, [collection, id, ...path], safe)),
  }];
}

const MOST_VALUES = 4;

function restrictOwnFirewalls(topology: Topology, today: string, gaps: readonly Gap[]): FixCandidate[] {
  const each = gaps.flatMap(({ id }) => restrictOwnFirewall(topology, id, today));
  if (each.length < 2) return each;
  return [{ title: `Let the firewalls of ${each.length} management interfaces take only the sources that the policy names`, edits: each.flatMap(({ edits }) => edits) }];
}

function described(value: unknown): string {
  if (Array.isArray(value)) return "none";
  if (typeof value === "object" && value !== null && "allowed" in value) return `trunk ${String(value.allowed)}`;
  return describe(value);
}
