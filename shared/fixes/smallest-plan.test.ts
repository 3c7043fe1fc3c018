import { describe, expect, it } from "vitest";
import { evaluate, type Evaluation } from "../analysis/evaluate";
import type { Finding } from "../analysis/result";
import type { Topology } from "../model/topology";
import { remediatedScenario, TODAY } from "../rules/testing";
import { effectOf, evaluateWith } from "./effect";
import { planFixes } from "./plan";
import { brokenBetween } from "./required-flows";

const options = { today: TODAY };
/** Milliseconds; a busy machine is slow, not wrong. */
const PATIENCE = 120_000;

function grave({ findings }: Evaluation): Finding[] {
  return findings.filter(({ accepted, severity }) => !accepted && (severity === "critical" || severity === "high"));
}

/** Every document that one fix of a critical or high finding, or of its causes, leads to. */
function* oneStepOn(start: Evaluation, now: Evaluation): Generator<Evaluation> {
  const wanted = new Set(grave(now).flatMap(({ id }) => [id, ...(now.drafts.get(id)?.causes ?? [])]));
  for (const candidate of [...wanted].flatMap((id) => now.drafts.get(id)?.fixes?.() ?? [])) {
    const effect = effectOf(now, candidate);
    const after = effect === undefined ? undefined : evaluateWith(now, effect.edits);
    if (after !== undefined && brokenBetween(start.network, after.network).length === 0) yield after;
  }
}

/** Whether so many fixes in a row, whichever, close everything critical and high without cutting a required flow. */
function canBeDoneIn(steps: number, start: Evaluation): boolean {
  let level: Evaluation[] = [start];
  const seen = new Set<Evaluation>(level);
  for (let depth = 1; depth <= steps; depth += 1) {
    const next: Evaluation[] = [];
    for (const now of level) {
      for (const after of oneStepOn(start, now)) {
        if (seen.has(after)) continue;
        if (grave(after).length === 0) return true;
        seen.add(after);
        next.push(after);
      }
    }
    level = next;
  }
  return false;
}

type Fault = (document: Topology) => Topology;

function changed<C extends "vms" | "hypervisors" | "portGroups" | "managementInterfaces" | "distributedFirewalls">(collection: C, ids: readonly string[] | undefined, more: object): Fault {
  return (document) => ({ ...document, [collection]: Object.fromEntries(Object.entries(document[collection] ?? {}).map(([id, own]) => [id, ids === undefined || ids.includes(id) ? { ...(own as object), ...more } : own])) });
}

const FAULTS: Readonly<Record<string, Fault>> = {
  clipboard: changed("vms", ["a-web"], { guest: { tools: "minimal", toolsCurrent: true, clipboard: true, dragAndDrop: false, sharedFolders: [] } }),
  folder: changed("vms", ["b-db"], { guest: { tools: "minimal", toolsCurrent: true, clipboard: false, dragAndDrop: false, sharedFolders: [{ hostPath: "/srv/x", writable: true }] } }),
  "old hypervisor": changed("hypervisors", ["esx-1"], { patchLevel: "behind" }),
  "firewall that allows by default": changed("distributedFirewalls", undefined, { defaultAction: "allow" }),
  "one VLAN for everybody": (document) => ({ ...document, portGroups: Object.fromEntries(Object.entries(document.portGroups ?? {}).map(([id, group]) => [id, { ...group, vlan: { mode: "access", id: 110 } }])) }),
};

const PAIRS = Object.keys(FAULTS).flatMap((one, index) => Object.keys(FAULTS).slice(index + 1).map((other) => [one, other] as const));

describe("of an isolated network with two faults", () => {
  it.each(PAIRS)("%s and %s, the plan has as few changes as any that closes all that is critical or high", (...names) => {
    const document = names.reduce((topology, name) => FAULTS[name]?.(topology) ?? topology, remediatedScenario());
    const start = evaluate(document, options, { paths: false });
    const { plan, after } = planFixes(document, options);
    const changes = plan.reduce((sum, { findings }) => sum + findings.length, 0);
    expect([after.critical, after.high]).toEqual([0, 0]);
    expect(changes).toBeGreaterThan(1);
    expect(canBeDoneIn(changes - 1, start), plan.map(({ title }) => title).join("; ")).toBe(false);
  }, PATIENCE);
});
