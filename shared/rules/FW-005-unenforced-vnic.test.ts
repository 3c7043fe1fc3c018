import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import type { RecordOf } from "../model/topology";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw005 } from "./FW-005-unenforced-vnic";

const drawing = (dfw?: Partial<RecordOf<"distributedFirewalls">>): Drawing => {
  const drawn = draw().tenant("a").hypervisor("hv").vswitch("sw", "distributed", "hv").vswitch("bare", "standard", "hv").portGroup("pg", "sw", access(10)).portGroup("pb", "bare", access(10)).vm("a1", "hv", "pg", { tenant: "a", tags: ["legacy"] });
  return dfw === undefined ? drawn : drawn.put("distributedFirewalls", "dfw", dfw);
};

describe("FW-005", () => {
  it("fires for a VM on the exclusion list", () => {
    expect(severities(fw005, drawing({ exclude: ["vm:a1"] }).build())).toEqual({ "a1/eth0": "high" });
    expect(severities(fw005, drawing({ exclude: ["tag:legacy"] }).build())).toEqual({ "a1/eth0": "high" });
  });

  it("fires for passthrough, and once for a switch that is in no scope", () => {
    expect(severities(fw005, drawing({}).vm("a1", "hv", { eth0: { portGroup: "pg", passthrough: "sriov" } }).build())).toEqual({ "a1/eth0": "high" });
    expect(severities(fw005, drawing({ virtualSwitches: ["sw"] }).vm("b1", "hv", "pb").vm("b2", "hv", "pb").build())).toEqual({ bare: "high" });
  });

  it("does not fire without a distributed firewall, where one filters, or for what is no workload or not connected", () => {
    expect(run(fw005, drawing().build())).toEqual([]);
    expect(run(fw005, drawing({ virtualSwitches: ["sw"] }).build())).toEqual([]);
    expect(run(fw005, drawing({ exclude: ["vm:a1"] }).put("distributedFirewalls", "second", {}).build())).toEqual([]);
    expect(run(fw005, drawing({ exclude: ["vm:a1"] }).vm("a1", "hv", "pg", { role: "infrastructure" }).build())).toEqual([]);
    expect(run(fw005, drawing({ exclude: ["vm:a1"] }).vm("a1", "hv", { eth0: { portGroup: "pg", connected: false } }).build())).toEqual([]);
  });

  it("closes by filtering", () => {
    expect(closingFixes(fw005, drawing({ exclude: ["vm:a1"] }).build())).toEqual({ "a1/eth0": ["Take a1 off the exclusion list"] });
    expect(closingFixes(fw005, drawing({ virtualSwitches: ["sw"] }).vm("b1", "hv", "pb").build())).toEqual({ bare: ["Let dfw cover bare"] });
    expect(closingFixes(fw005, drawing({}).vm("a1", "hv", { eth0: { portGroup: "pg", passthrough: "pci" } }).build())).toEqual({ "a1/eth0": ["Put eth0 of a1 behind the virtual switch"] });
  });

  it("mends every reason that a vNIC has", () => {
    const both = drawing({ virtualSwitches: [], exclude: ["vm:a1"] }).vm("a1", "hv", { eth0: { portGroup: "pg", passthrough: "pci" } });
    expect(closingFixes(fw005, both.build())).toEqual({ "a1/eth0": ["Put eth0 of a1 behind the virtual switch"] });
  });

  it("covers a switch with those on it who are on the exclusion list, beside covering the switch alone", () => {
    const some = drawing({ virtualSwitches: ["bare"], exclude: ["vm:a1"] }).vm("a2", "hv", "pg", { tenant: "a" });
    const draft = run(fw005, some.build()).find(({ key }) => key === "sw");
    expect(draft?.fixes?.().map(({ title }) => title)).toEqual(["Let dfw cover sw", "Let dfw cover sw, with every vNIC of a workload there"]);
    expect(run(fw005, applyEdits(some.build(), draft?.fixes?.()[1]?.edits ?? []))).toEqual([]);
  });

  it("keeps the others of a tag on the list", () => {
    const drawn = drawing({ exclude: ["tag:legacy"] }).vm("a2", "hv", "pg", { tags: ["legacy"] }).build();
    expect(run(fw005, drawn)[0]?.fixes?.()[0]?.edits).toEqual([{ op: "replace", path: "/distributedFirewalls/dfw/exclude/0", value: "vm:a2" }]);
  });
});
