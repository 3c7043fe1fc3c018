import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import type { Edit } from "../analysis/result";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort } from "../network/testing";
import { check } from "../rules/testing";
import { keepRequired } from "./keep-required";
import { brokenBetween, requiredStates } from "./required-flows";

const policy = { require: [{ id: "q1", from: ["external:net"], to: ["vm:v1"], services: ["tcp/443"] }] };

/** `v1` and the Internet in VLAN 20. */
function together(): Topology {
  return {
    ...draw().hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("20")).portGroup("pg", "s1", access(20))
      .vm("v1", "h1", { eth0: { portGroup: "pg", addresses: ["203.0.113.5/24"] } }).external("net", { physicalSwitch: "tor-1", vlan: 20 }).build(),
    policy,
  };
}

const retag: Edit = { op: "replace", path: "/portGroups/pg/vlan/id", value: 110 };

describe("keepRequired", () => {
  it("adds the way that a move cut off, for exactly the required flow", () => {
    const before = together();
    const cut = check(applyEdits(before, [retag]));
    expect(brokenBetween(check(before).network, cut.network)).toEqual(["q1"]);
    const edits = keepRequired(before, cut, ["q1"]) ?? [];
    expect(edits).toContainEqual(retag);
    const { network } = check(applyEdits(before, edits));
    expect(network.required).toMatchObject([{ id: "q1", holds: true }]);
    expect(network.trace(["net"], ["v1"]).services).toEqual(["tcp/443"]);
  });

  it("opens a filter that the fix put in the way", () => {
    const before = together();
    const filtered = check(applyEdits(before, [{ op: "add", path: "/distributedFirewalls", value: { dfw: { name: "DFW", defaultAction: "deny" } } }]));
    const edits = keepRequired(before, filtered, ["q1"]) ?? [];
    expect(check(applyEdits(before, edits)).network.required).toMatchObject([{ holds: true }]);
  });

  it("gives up where nothing can be added", () => {
    const before = together();
    const gone = check(applyEdits(before, [{ op: "add", path: "/vms/v1/nics/eth0/connected", value: false }]));
    expect(keepRequired(before, gone, ["q1"])).toBeUndefined();
  });
});

describe("requiredStates", () => {
  it("tells what fails from what rests on an absent field, and counts cutting the latter as breaking it", () => {
    const drawing = draw().hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10)).external("admins", { portGroup: "pg" }, "admin")
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg" }).portGroup("else", "s1", access(20)).build();
    const unknown = { ...drawing, policy: { require: [{ id: "q", from: ["external:admins"], to: ["management"], services: ["tcp/443"] }] } };
    expect([...requiredStates(check(unknown).network)]).toEqual([["q", "unknown"]]);
    const cut = applyEdits(unknown, [{ op: "replace", path: "/managementInterfaces/vmk0/portGroup", value: "else" }]);
    expect([...requiredStates(check(cut).network)]).toEqual([["q", "fails"]]);
    expect(brokenBetween(check(unknown).network, check(cut).network)).toEqual(["q"]);
  });
});
