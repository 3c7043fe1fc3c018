import { describe, expect, it } from "vitest";
import { add, complaints } from "../testing";

describe("a virtual switch", () => {
  it.each(["standard", "linux-bridge", "hyper-v"])("of kind %s is on one hypervisor", (kind) => {
    expect(complaints(add("/virtualSwitches/vs-2", { name: "x", kind, hypervisors: ["hv-1", "hv-2"] }))).toEqual([
      `$.virtualSwitches.vs-2.hypervisors: a ${kind} switch on 2 hypervisors: ["hv-1","hv-2"]; one hypervisor; only distributed and open-vswitch switches span several`,
    ]);
  });

  it.each(["distributed", "open-vswitch"])("of kind %s may span several", (kind) => {
    expect(complaints(add("/virtualSwitches/vs-2", { name: "x", kind, hypervisors: ["hv-1", "hv-2"] }))).toEqual([]);
  });
});

it("refuses an uplink on a hypervisor that its switch is not on", () => {
  expect(complaints(add("/uplinks/up-1/virtualSwitch", "vs-2"))).toEqual([
    '$.uplinks.up-1.hypervisor: a hypervisor that vs-2 is not on: "hv-1"; one of $.virtualSwitches.vs-2.hypervisors',
  ]);
});
