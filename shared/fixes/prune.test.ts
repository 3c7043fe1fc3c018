import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import { access, draw, guestTrunk, trunkPort } from "../network/testing";
import { TODAY } from "../rules/testing";
import { effectOf, evaluateWith } from "./effect";
import { pruned } from "./prune";
import { sequence, withoutPause, type Step } from "./sequence";

/** Tenants a and b, of whom b's machine chooses its VLAN, so that they share one. */
const start = evaluate(draw().tenant("a").tenant("b").hypervisor("hv").physicalSwitch("tor").vswitch("sw", "standard", "hv").uplink("up", "sw", "hv", "tor", trunkPort("10-30"))
  .portGroup("one", "sw", access(10)).portGroup("any", "sw", guestTrunk("10-30")).vm("a1", "hv", "one", { tenant: "a" }).vm("b1", "hv", "any", { tenant: "b" }).build(), { today: TODAY }, { paths: false });
const wanted = ({ severity }: { severity: string }): boolean => severity === "critical" || severity === "high";

function stepFor(id: string, path: string, value: unknown, now = start): Step {
  const effect = effectOf(now, { title: path, edits: [{ op: "replace", path, value }] });
  const after = effect === undefined ? undefined : evaluateWith(now, effect.edits);
  const finding = now.findings.find((one) => one.id === id);
  if (effect === undefined || after === undefined || finding === undefined) throw new Error(id);
  return { effect, finding, before: now.topology, after: after.topology, open: new Set(after.findings.map((one) => one.id)) };
}

describe("pruned", () => {
  const shared = start.findings.find(({ rule }) => rule === "NET-001")?.id ?? "";
  const first = stepFor(shared, "/portGroups/one/vlan/id", 40);
  const middle = evaluate(first.after, { today: TODAY }, { paths: false });
  const second = stepFor("NET-005:any", "/portGroups/any/vlan", access(20), evaluate(start.topology, { today: TODAY }, { paths: false }));

  it("leaves out a step that another has made needless", () => {
    expect(middle.findings.map(({ id }) => id)).not.toContain(shared);
    const end = evaluateWith(middle, second.effect.edits);
    if (end === undefined) throw new Error("no end");
    const { steps } = withoutPause(pruned(start, { steps: [first, second], end }, wanted));
    expect(steps.map(({ effect }) => effect.title)).toEqual(["/portGroups/any/vlan"]);
  });

  it("leaves steps that are all needed as they are", () => {
    const whole = sequence(start, wanted);
    expect(withoutPause(pruned(start, whole, wanted)).steps.length).toBe(whole.steps.length);
    expect(withoutPause(pruned(start, { steps: [first], end: middle }, wanted)).steps).toEqual([first]);
  });
});
