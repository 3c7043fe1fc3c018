import { describe, expect, it } from "vitest";
import { access, draw, guestTrunk, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl005 } from "./MDL-005-assumed-value";

const REJECT = { security: { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } } as const;
const SAID = { clipboard: false, dragAndDrop: false };

/** Everything that a rule rests on is said. */
function described(): Drawing {
  return draw().tenant("a").hypervisor("hv")
    .put("hypervisors", "hv", { host: "hv-host", platform: "esxi", patchLevel: "current", memorySharing: "off", management: { mfa: true, strongAuthentication: true, sharedAccounts: false } })
    .vswitch("sw", "standard", "hv", REJECT).portGroup("pg", "sw", access(10)).physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10"))
    .vm("v1", "hv", "pg", { tenant: "a", guest: SAID });
}
const detail = (drawing: Drawing, key: string): string => run(mdl005, drawing.build()).find((draft) => draft.key === key)?.detail ?? "";
const keys = (drawing: Drawing): string[] => run(mdl005, drawing.build()).map(({ key }) => key);

describe("MDL-005", () => {
  it("is silent where everything is said", () => {
    expect(keys(described())).toEqual([]);
  });

  it("is one info finding per element, with each field, its default and whose it is", () => {
    const drawing = described().vswitch("sw", "standard", "hv").vm("v1", "hv", "pg", { tenant: "a" });
    expect(severities(mdl005, drawing.build())).toEqual({ sw: "info", v1: "info" });
    expect(detail(drawing, "sw")).toContain("$.virtualSwitches.sw.security.macChanges is not set: accept is assumed (sources disagree");
    expect(detail(drawing, "sw")).toContain("$.virtualSwitches.sw.security.promiscuous is not set: reject is assumed (the default of a standard switch); SW-001 rests on it.");
    expect(detail(drawing, "v1")).toContain("$.vms.v1.guest.clipboard is not set: off is assumed (ESXi's default");
  });

  it("does not ask for the switch's security where every port group sets its own, or no guest is there", () => {
    expect(keys(described().vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10), REJECT))).toEqual([]);
    expect(keys(described().vswitch("sw2", "standard", "hv").portGroup("idle", "sw2", access(10)))).toEqual([]);
  });

  it("asks for a port group's VLAN, but not on a bridge that ignores it", () => {
    expect(detail(described().portGroup("pg", "sw"), "pg")).toContain("$.portGroups.pg.vlan is not set: untagged is assumed");
    const bridge = described().vswitch("sw", "linux-bridge", "hv", REJECT).portGroup("pg", "sw");
    expect(keys(bridge)).toEqual(["sw", "up"]);
    expect(detail(bridge, "sw")).toContain("$.virtualSwitches.sw.vlanAware is not set: off is assumed (the Linux kernel's default");
    expect(detail(described().vswitch("sw", "open-vswitch", "hv", REJECT).portGroup("pg", "sw"), "pg")).toContain("trunk of all VLANs is assumed");
    expect(detail(described().portGroup("pg", "sw", guestTrunk()), "pg")).toContain("$.portGroups.pg.vlan.allowed is not set: unknown");
  });

  it("asks for the ports of uplinks and trunks", () => {
    expect(detail(described().uplink("up", "sw", "hv", "tor"), "up")).toContain("$.uplinks.up.port is not set: unknown");
    expect(detail(described().uplink("up", "sw", "hv", "tor", trunkPort()), "up")).toContain("$.uplinks.up.port.allowed is not set: unknown");
    const trunk = described().physicalSwitch("tor2").trunk("t", "tor", undefined, "tor2", trunkPort());
    expect(detail(trunk, "t")).toContain("$.trunks.t.a.port is not set");
    expect(detail(trunk, "t")).toContain("$.trunks.t.b.port.allowed is not set");
    expect(closingFixes(mdl005, trunk.build()).t).toHaveLength(1);
  });

  it("asks for memory sharing only where it matters", () => {
    const drawing = described().put("hypervisors", "hv", { host: "hv-host", platform: "kvm", patchLevel: "current", management: { mfa: true, strongAuthentication: true, sharedAccounts: false } });
    expect(keys(drawing)).toEqual([]);
    drawing.tenant("b").vm("v2", "hv", "pg", { tenant: "b", guest: SAID });
    expect(detail(drawing, "hv")).toContain("$.hypervisors.hv.memorySharing is not set: unknown");
  });

  it("asks for patch level, authentication, own firewalls and default actions", () => {
    const drawing = described().put("hypervisors", "hv", { host: "hv-host", platform: "esxi", memorySharing: "off", patchLevel: "unknown" })
      .put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg", services: ["management"] }).put("managementInterfaces", "vmotion", { hypervisor: "hv", portGroup: "pg", services: ["migration"] })
      .put("distributedFirewalls", "dfw", {});
    expect(keys(drawing)).toEqual(["hv", "m", "dfw"]);
    expect(detail(drawing, "hv")).toContain("$.hypervisors.hv.patchLevel is not set: unknown");
    expect(detail(drawing, "hv")).toContain("$.hypervisors.hv.management.mfa is not set: unknown");
    expect(detail(drawing, "m")).toContain("$.managementInterfaces.m.firewall is not set: unknown");
    expect(detail(drawing, "dfw")).toContain("allow is assumed (NSX's default");
  });

  it("offers the safe values, and nothing where only the owner can know", () => {
    const drawing = described().vswitch("sw", "standard", "hv").vm("v1", "hv", "pg", { tenant: "a" }).uplink("up", "sw", "hv", "tor").put("hypervisors", "hv", { host: "hv-host", platform: "esxi", memorySharing: "off" })
      .put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg" }).put("distributedFirewalls", "dfw", {}).portGroup("p2", "sw").vm("v2", "hv", "p2", { tenant: "a", guest: SAID });
    const fixes = closingFixes(mdl005, drawing.build());
    expect(Object.fromEntries(Object.entries(fixes).map(([key, titles]) => [key, titles.length]))).toEqual({ hv: 1, m: 1, sw: 1, up: 0, p2: 1, v1: 1, dfw: 1 });
    expect(fixes.v1).toEqual(["State 2 settings of v1, after checking: clipboard off, dragAndDrop off"]);
    expect(closingFixes(mdl005, described().uplink("up", "sw", "hv", "tor").build())).toEqual({ up: ["State port of up, after checking: port trunk 10"] });
  });
});
