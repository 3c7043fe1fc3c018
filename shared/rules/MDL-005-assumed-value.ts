import { describe } from "../model/field-defaults";
import { record, type Topology } from "../model/topology";
import { gapsOf, type Gap } from "./assumptions";
import { groupBy } from "./group-by";
import { candidate } from "./remedy/board";
import { restrictOwnFirewall } from "./remedy/restrict-management";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

export const mdl005: IsolationRule = {
  id: "MDL-005",
  title: "Security property unknown; default assumed",
  severity: "info",
  threat: "A verdict that rests on an assumption is only as good as the assumption.",
  condition: "A field that a rule or a verdict rests on is not set: what a switch does with promiscuous mode, MAC changes and forged transmits, the VLAN of a port group, what an uplink or trunk "
    + "lets through, VLAN filtering of a Linux bridge, memory sharing on a multi-tenant hypervisor, clipboard and drag and drop, patch level, authentication, a management interface's own "
    + "firewall, a firewall's default action, whether a physical switch knows private VLANs; and, where a verdict is unknown for want of them, tenants and addresses. It names each field, what is assumed (or that it is unknown) and whose default that is. One finding per element, identified by it.",
  fix: "Write down what is configured. The offered values are the safe ones: check that they are true, or make them so.",
  commands: [],
  references: [],
  caveats: "Where sources disagree about a default the worse one is assumed, and the finding says so.",
  check({ topology, network }) {
    return [...groupBy(gapsOf(topology, network), ({ id }) => id).values()].flatMap((gaps) => draft(topology, network.today, gaps));
  },
};

function draft(topology: Topology, today: string, gaps: readonly Gap[]): Draft[] {
  const first = gaps[0];
  if (first === undefined) return [];
  const own = record(topology, first.collection, first.id);
  const name = own?.name ?? first.id;
  const fields = gaps.map(({ path }) => path.join("."));
  return [{
    key: first.id,
    title: fields.length === 1 ? `${name}: ${fields[0] ?? ""} is not described` : `${name}: ${fields.length} settings are not described`,
    subjects: [first.id],
    detail: gaps.map(sentence).join(" "),
    fixes: () => fixesFor(topology, today, name, gaps),
  }];
}

function sentence({ setting, usedBy }: Gap): string {
  const assumed = setting.source === "unknown" ? "unknown" : `${describe(setting.value)} is assumed`;
  return `${setting.field} is not set: ${assumed} (${setting.basis}); ${usedBy} ${usedBy.includes(",") ? "rest" : "rests"} on it.`;
}

/** One candidate that sets every field, as the finding stands until the last one is set. */
function fixesFor(topology: Topology, today: string, name: string, gaps: readonly Gap[]): FixCandidate[] {
  const first = gaps[0];
  if (first?.collection === "managementInterfaces") return restrictOwnFirewall(topology, first.id, today);
  if (gaps.some(({ safe }) => safe === undefined)) return [];
  const what = gaps.length === 1 ? (gaps[0]?.path.join(".") ?? "") : `${gaps.length} settings`;
  return candidate(topology, `State ${what} of ${name}, after checking: ${gaps.map(({ path, safe }) => `${String(path.at(-1))} ${value(safe)}`).join(", ")}`, (board) => {
    for (const { collection, id, path, safe } of gaps) board.set([collection, id, ...path], safe);
  });
}

function value(safe: unknown): string {
  if (typeof safe === "object" && safe !== null && "allowed" in safe) return `trunk ${String(safe.allowed)}`;
  return describe(safe);
}
