import { describe, expect, it } from "vitest";
import type { Hypervisor } from "../model/kinds/hypervisor";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv002 } from "./HV-002-patch-level";

function host(patchLevel?: Hypervisor["patchLevel"]): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("hv").put("hypervisors", "hv", { host: "hv-host", platform: "esxi", version: "7.0.1", ...(patchLevel === undefined ? {} : { patchLevel }) })
    .vm("a1", "hv", {}, { tenant: "a" });
}

describe("HV-002", () => {
  it("is high behind and out of support", () => {
    expect(severities(hv002, host("behind").build())).toEqual({ hv: "high" });
    expect(severities(hv002, host("unsupported").build())).toEqual({ hv: "high" });
  });

  it("is critical out of support with two tenants, not behind", () => {
    expect(severities(hv002, host("unsupported").vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "critical" });
    expect(severities(hv002, host("behind").vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "high" });
  });

  it("leaves the unknown to MDL-005", () => {
    for (const level of [undefined, "unknown", "current"] as const) expect(run(hv002, host(level).build())).toEqual([]);
  });

  it("offers to mark it once it is updated", () => {
    expect(closingFixes(hv002, host("behind").build())).toEqual({ hv: ["After updating hv: mark its patch level as current"] });
  });
});
