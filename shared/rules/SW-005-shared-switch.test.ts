import { describe, expect, it } from "vitest";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { run } from "./fixtures/run-rule";
import type { Draft } from "./rule";
import { sw005 } from "./SW-005-shared-switch";

const SHAPED = { shaping: { averageMbps: 100 } };
const drawing = (more: object = SHAPED): Drawing =>
  draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("mgmt", "sw", access(10)).portGroup("guests", "sw", access(20), more)
    .physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20")).put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "mgmt", services: ["management"] }).vm("a1", "hv", "guests", { tenant: "a" });
const severity = (drawn: Drawing, earlier: Record<string, Draft[]> = {}) => run(sw005, drawn.build(), new Map(Object.entries(earlier))).map((draft) => draft.severity);
const said = (subjects: string[]): Draft => ({ key: "k", title: "", detail: "", subjects });

describe("SW-005", () => {
  it("is info where VLANs keep the two apart", () => {
    expect(severity(drawing())).toEqual(["info"]);
  });

  it("is medium with a guest trunk on the switch or without limits of bandwidth, low without VLANs of their own", () => {
    expect(severity(drawing(), { "NET-005": [said(["guests"])] })).toEqual(["medium"]);
    expect(severity(drawing(), { "NET-005": [said(["elsewhere"])] })).toEqual(["info"]);
    expect(severity(drawing({}))).toEqual(["medium"]);
    expect(severity(drawing(), { "MGT-001": [said(["vmk0"])] })).toEqual(["low"]);
  });

  it("does not fire with uplinks of their own, without an uplink, or without workloads", () => {
    expect(severity(drawing().uplink("up", "sw", "hv", "tor", trunkPort("10")).uplink("up2", "sw", "hv", "tor", trunkPort("20")))).toEqual([]);
    expect(severity(drawing().vswitch("other", "standard", "hv").uplink("up", "other", "hv", "tor", trunkPort("10,20")))).toEqual([]);
    expect(severity(drawing().vm("a1", "hv", "guests", { role: "infrastructure" }))).toEqual([]);
    expect(severity(drawing().vswitch("sw2", "standard", "hv").portGroup("mgmt", "sw2", access(10)))).toEqual([]);
  });

  it("counts an uplink whose port is not described, and says why only a person can mend it", () => {
    expect(severity(drawing().uplink("up", "sw", "hv", "tor"))).toEqual(["info"]);
    expect(run(sw005, drawing().build())[0]?.detail).toContain("Only a person can mend it: whether the hosts have another adapter");
  });
});
