import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import { acceptRisk, untilFault, withdrawAcceptance } from "./accept";
import { describeEdit } from "../ui/edit-words";

const empty: Topology = { format: "bulkhead/1", name: "x" };

describe("accepting a risk", () => {
  it("adds an entry to a document without policy, replaces one for the same finding, and takes it back", () => {
    const accepted = applyEdits(empty, acceptRisk(empty, { finding: "SW-001:pg", reason: "sensor", until: "2027-01-01" }).edits);
    expect(accepted.policy?.accept).toEqual([{ finding: "SW-001:pg", reason: "sensor", until: "2027-01-01" }]);
    const renewed = applyEdits(accepted, acceptRisk(accepted, { finding: "SW-001:pg", by: "me" }).edits);
    expect(renewed.policy?.accept).toEqual([{ finding: "SW-001:pg", by: "me" }]);
    expect(applyEdits(renewed, withdrawAcceptance(renewed, "SW-001:pg").edits).policy?.accept).toEqual([]);
    expect(withdrawAcceptance(empty, "SW-001:pg").edits).toEqual([]);
    const twice: Topology = { ...empty, policy: { accept: [{ finding: "SW-001:pg" }, { finding: "other" }, { finding: "SW-001:pg", until: "2027-01-01" }] } };
    expect(applyEdits(twice, withdrawAcceptance(twice, "SW-001:pg").edits).policy?.accept).toEqual([{ finding: "other" }]);
  });

  it("asks for a last day that exists and is still to come", () => {
    const fault = (text: string) => untilFault(text, "2026-11-23");
    expect([fault(""), fault("2026-11-23"), fault(" 2027-06-30 ")]).toEqual([undefined, undefined, undefined]);
    expect([fault("tomorrow"), fault("2027-02-30"), fault("2026-11-22")]).toEqual(["A day such as 2027-06-30", "A day such as 2027-06-30", "That day has passed: the finding would stay open"]);
  });
});

describe("an edit in words", () => {
  it("names the place and the value", () => {
    expect(describeEdit({ op: "replace", path: "/portGroups/a~1b/vlan", value: { mode: "access", id: 10 } })).toBe('set portGroups / a/b / vlan to {"mode":"access","id":10}');
    expect(describeEdit({ op: "remove", path: "/vms/x" })).toBe("remove vms / x");
  });
});
