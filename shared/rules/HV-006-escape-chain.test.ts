import { describe, expect, it } from "vitest";
import type { ExternalNetwork } from "../model/kinds/external-network";
import { PLATFORMS } from "../model/kinds/hypervisor";
import type { Topology } from "../model/topology";
import { analyze } from "../analysis/analyze";
import { access, draw, type Drawing } from "../network/testing";

const drawing = (trust: ExternalNetwork["trust"] = "untrusted"): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("edge", "sw", access(10)).portGroup("inside", "sw", access(20)).external("net", { portGroup: "edge" }, trust)
    .vm("web", "hv", "edge", { tenant: "a", devices: ["floppy"] }).vm("b1", "hv", "inside", { tenant: "b" });
const found = (topology: Topology) => Object.fromEntries(analyze(topology, { today: "2026-11-23", verifyFixes: false }).findings.filter(({ rule }) => rule === "HV-006").map(({ id, severity }) => [id, severity]));

describe("HV-006", () => {
  it.each(PLATFORMS)("on %s joins an exposed VM, its surface and another tenant's VM", (platform) => {
    expect(found(drawing().put("hypervisors", "hv", { host: "hv-host", platform }).build())).toMatchObject({ "HV-006:web": "high" });
  });

  it("needs every link", () => {
    expect(found(drawing("corporate").build())).toEqual({});
    expect(found(drawing().vm("web", "hv", "inside", { tenant: "a", devices: ["floppy"] }).build())).toEqual({});
    expect(found(drawing().vm("web", "hv", "edge", { tenant: "a" }).build())).toEqual({});
    expect(found(drawing().vm("b1", "hv", "inside", { tenant: "a" }).build())).toEqual({});
  });

  it("counts a sensitive neighbour, and VMs that reach the hypervisor's management", () => {
    const alone = drawing().vm("b1", "hv", "inside", { tenant: "a" });
    expect(found(alone.vm("b1", "hv", "inside", { tenant: "a", sensitive: true }).build())).toEqual({ "HV-006:web": "high" });
    const managed = drawing().vm("b1", "hv", "inside", { tenant: "a" }).put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "inside", services: ["management"] });
    expect(found(managed.build())).toEqual({ "HV-006:web": "high" });
  });

  it("is critical on a hypervisor that is out of support, whatever the VM has", () => {
    expect(found(drawing().put("hypervisors", "hv", { host: "hv-host", platform: "esxi", patchLevel: "unsupported" }).vm("web", "hv", "edge", { tenant: "a" }).build())).toEqual({ "HV-006:web": "critical" });
  });

  it("names the links and closes with their fixes", () => {
    const [finding] = analyze(drawing().build(), { today: "2026-11-23" }).findings.filter(({ rule }) => rule === "HV-006");
    expect(finding?.detail).toContain("out of it lead VM-004:web; and hv also runs VMs of b");
    expect(finding?.fixes.map(({ title }) => title)).toEqual(["Remove a floppy drive from web"]);
    expect(finding?.path.length).toBeGreaterThan(0);
  });
});
