import { describe, expect, it } from "vitest";
import { effectiveManagement, effectiveMemorySharing } from "../model/defaults";
import { access, draw } from "../network/testing";
import { restsOn, settingSays } from "./setting-words";

describe("settingSays", () => {
  it("says what is set, what is assumed and whose default that is, and what is unknown", () => {
    const topology = draw().hypervisor("a").hypervisor("b").put("hypervisors", "b", { host: "b-host", platform: "esxi", memorySharing: "off" }).build();
    expect(settingSays(effectiveMemorySharing(topology, "b"))).toBe("$.hypervisors.b.memorySharing is off");
    expect(settingSays(effectiveMemorySharing(topology, "a"))).toContain("$.hypervisors.a.memorySharing is not set and intra-vm is assumed: ESXi's default");
    expect(settingSays(effectiveManagement(topology, "a", "mfa"))).toContain("$.hypervisors.a.management.mfa is not set, so it is not known");
  });
});

describe("restsOn", () => {
  const drawing = draw().hypervisor("hv").vswitch("sw", "standard", "hv").vswitch("br", "linux-bridge", "hv").vswitch("ovs", "open-vswitch", "hv")
    .portGroup("said", "sw", access(10)).portGroup("unsaid", "sw").portGroup("bridged", "br", access(10)).portGroup("open", "ovs").build();

  it("names the fields whose defaults decide the network", () => {
    expect(restsOn(drawing, ["said", undefined])).toBe("");
    expect(restsOn(drawing, ["unsaid"])).toBe(" This rests on a default: $.portGroups.unsaid.vlan is not set and untagged is assumed: a port without a VLAN is untagged.");
    expect(restsOn(drawing, ["bridged"])).toContain("$.virtualSwitches.br.vlanAware is not set and off is assumed: the Linux kernel's default");
    expect(restsOn(drawing, ["open", "open"])).toContain("$.portGroups.open.vlan is not set and trunk of all VLANs is assumed");
  });
});
