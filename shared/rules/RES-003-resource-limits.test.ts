import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { Vm } from "../model/kinds/vm";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { res003 } from "./RES-003-resource-limits";

type Resources = NonNullable<Vm["resources"]>;
const LIMITED: Resources = { memoryLimitMb: 1024 };

const host = (memoryMb?: number, platform: Platform = "esxi"): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, memorySharing: "off", ...(memoryMb === undefined ? {} : { memoryMb }) });
const two = (a: Resources | undefined, b: Resources | undefined, drawing = host(), more: Partial<Vm> = {}): Drawing =>
  drawing.vm("a1", "hv", {}, { tenant: "a", ...(a === undefined ? {} : { resources: a }), ...more }).vm("b1", "hv", {}, { tenant: "b", ...(b === undefined ? {} : { resources: b }) });

describe("RES-003", () => {
  it.each(PLATFORMS)("on %s fires for a VM without limits, which is the default", (platform) => {
    expect(severities(res003, two(undefined, LIMITED, host(undefined, platform)).build())).toEqual({ hv: "low" });
    expect(run(res003, two({ cpuLimitMhz: 2000 }, LIMITED, host(undefined, platform)).build())).toEqual([]);
    expect(run(res003, two({ cpuLimitMhz: 0 }, LIMITED, host(undefined, platform)).build())[0]?.subjects).toEqual(["hv", "a1"]);
  });

  it("does not fire with one tenant", () => {
    expect(run(res003, host().vm("a1", "hv", {}, { tenant: "a" }).vm("a2", "hv", {}, { tenant: "a" }).build())).toEqual([]);
  });

  it("wants a reservation for sensitive VMs", () => {
    expect(severities(res003, two(LIMITED, LIMITED, host(), { sensitive: true }).build())).toEqual({ hv: "low" });
    expect(run(res003, two({ ...LIMITED, memoryReservationMb: 512 }, LIMITED, host(), { sensitive: true }).build())).toEqual([]);
  });

  it("adds memory up", () => {
    expect(run(res003, two({ memoryLimitMb: 3000 }, { memoryLimitMb: 3000 }, host(4096)).build())[0]?.detail).toContain("6000 MB of memory are allowed of 4096");
    expect(run(res003, two({ memoryLimitMb: 3000, memoryReservationMb: 3000 }, { memoryLimitMb: 3000, memoryReservationMb: 2000 }, host(4096)).build())[0]?.detail).toContain("5000 MB of memory are reserved of 4096");
    expect(run(res003, two({ memoryLimitMb: 2000 }, { memoryLimitMb: 2000 }, host(4096)).build())).toEqual([]);
  });

  it("closes with equal shares where the memory is known, and says why it cannot where it is not", () => {
    expect(closingFixes(res003, two(undefined, undefined, host(4096), { sensitive: true }).build())).toEqual({ hv: ["Limit 2 VMs on hv to 2048 MB each, an equal share of its memory"] });
    expect(closingFixes(res003, two(LIMITED, LIMITED, host(4096), { sensitive: true }).build())).toEqual({ hv: ["Reserve 2048 MB for each sensitive VM on hv"] });
    const [draft] = run(res003, two(undefined, undefined).build());
    expect(draft?.fixes?.()).toEqual([]);
    expect(draft?.detail).toContain("Only a person can mend it: the memory of hv is not in the document");
  });
});
