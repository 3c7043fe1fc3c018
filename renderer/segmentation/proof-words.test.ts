import { describe, expect, it } from "vitest";
import { evaluate } from "../../shared/analysis/evaluate";
import { flawedScenario, remediatedScenario, TODAY } from "../../shared/rules/testing";
import type { Segmentation } from "../../shared/segmentation/segmentation";
import type { Topology } from "../../shared/model/topology";
import { answerSegmentation } from "../analysis/answers";
import type { SegmentationWish } from "../analysis/protocol";
import { headline, lostFlows } from "./proof-words";

const REQUIRED: SegmentationWish = { kind: "required", inside: false, distributed: false };

function answered(topology: Topology, wish: SegmentationWish): Segmentation {
  const answer = answerSegmentation(evaluate(topology, { today: TODAY }), wish);
  if (!answer.ok) throw new Error(answer.problems.join());
  return answer.segmentation;
}

describe("a segmentation in the window", () => {
  it("says what it closes, opens and breaks", () => {
    const isolation = answered(flawedScenario(), { kind: "template", id: "tenant-isolation", values: {} });
    expect(isolation.verified).toBe(true);
    expect(headline(isolation)).toMatch(/^closes [1-9]\d* · opens \d+ · breaks 0$/);
    expect(isolation.closes.some((id) => id.startsWith("NET-001"))).toBe(true);
    expect(lostFlows(isolation)).toEqual(["admin (unknown): admins to esx-1-vmk0 rests on $.managementInterfaces.esx-1-vmk0.firewall"]);
  });

  it("says why it is not to be applied", () => {
    const { policy, ...document } = remediatedScenario();
    const locking = answered({ ...document, policy: { require: (policy?.require ?? []).filter(({ id }) => id === "web") } }, REQUIRED);
    expect(headline(locking)).toContain("Not to be applied: it locks admins out of management.");
  });

  it("says that there is nothing to change", () => {
    const once = answered(remediatedScenario(), REQUIRED);
    expect(headline({ ...once, edits: [] })).toBe("Nothing to change: the document is so already.");
  });

  it("is refused where the policy names nothing, or a parameter is wrong", () => {
    const { policy: _policy, ...document } = flawedScenario();
    expect(answerSegmentation(evaluate(document, { today: TODAY }), REQUIRED)).toMatchObject({ ok: false });
    expect(answerSegmentation(evaluate(flawedScenario(), { today: TODAY }), { kind: "template", id: "tenant-isolation", values: { tenants: ["x"] } }))
      .toEqual({ ok: false, problems: ['tenants: "x" names no tenant; did you mean "tenant-a"?'] });
  });
});
