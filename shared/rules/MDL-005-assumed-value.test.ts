import { describe, expect, it } from "vitest";
import type { Platform } from "../model/kinds/hypervisor";
import type { RecordOf } from "../model/topology";
import { access, draw, guestTrunk, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl005 } from "./MDL-005-assumed-value";

const REJECT = { security: { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } } as const;
const TOOLS = { tools: "minimal", toolsCurrent: true } as const;
const SAID = { ...TOOLS, clipboard: false, dragAndDrop: false };
/** What a VM says besides what it shares. */
const MADE = { tenant: "a", devices: [], image: { signed: true }, secureBoot: true } as const;
const SILENT = { ...MADE, devices: [...MADE.devices], guest: TOOLS };
const MANAGEMENT = {
  mfa: true, strongAuthentication: true, sharedAccounts: false, remoteLogging: true, lockdown: "normal", services: [], secureBoot: true, signedImagesOnly: true, escapeMonitoring: true,
} as const;
const SECURED = { ...MANAGEMENT, services: [...MANAGEMENT.services] };
const CPU = { hardwareVirtualization: true, smt: false, microcodeCurrent: true };

/** Everything that a rule rests on is said. */
function described(): Drawing {
  return draw().tenant("a").hypervisor("hv", "esxi", { cpu: CPU, bmc: { physicalSwitch: "tor", vlan: 99, addresses: [] } })
    .put("hypervisors", "hv", { host: "hv-host", platform: "esxi", patchLevel: "current", memorySharing: "off", management: SECURED })
    .vswitch("sw", "standard", "hv", REJECT).portGroup("pg", "sw", access(10)).physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10"))
    .vm("v1", "hv", "pg", { ...SILENT, guest: SAID });
}
const all = (drawing: Drawing): string => run(mdl005, drawing.build()).map((draft) => draft.detail).join("\n");
const keys = (drawing: Drawing): string[] => run(mdl005, drawing.build()).map(({ key }) => key);

describe("MDL-005", () => {
  it("is silent where everything is said", () => {
    expect(keys(described())).toEqual([]);
  });

  it("is one info finding per field of a kind of element, with each place, its default and whose it is", () => {
    const drawing = described().vswitch("sw", "standard", "hv").vm("v1", "hv", "pg", SILENT).vm("v2", "hv", "pg", { ...SILENT, guest: { ...TOOLS, clipboard: false } });
    expect(severities(mdl005, drawing.build())).toEqual({
      "virtualSwitches.security.promiscuous": "info", "virtualSwitches.security.macChanges": "info", "virtualSwitches.security.forgedTransmits": "info", "vms.guest.clipboard": "info", "vms.guest.dragAndDrop": "info",
    });
    expect(all(drawing)).toContain("$.virtualSwitches.sw.security.macChanges is not set: accept is assumed (sources disagree");
    expect(all(drawing)).toContain("$.virtualSwitches.sw.security.promiscuous is not set: reject is assumed (the default of a standard switch); SW-001 rests on it.");
    expect(all(drawing)).toContain("$.vms.v1.guest.clipboard is not set: off is assumed (ESXi's default");
    expect(all(drawing)).toContain("$.vms.v1.guest.dragAndDrop, $.vms.v2.guest.dragAndDrop are not set: off is assumed (ESXi's default");
    expect(run(mdl005, drawing.build()).map(({ title, subjects }) => [title, ...subjects])).toEqual(expect.arrayContaining([["v1: guest.clipboard is not described", "v1"], ["2 VMs: guest.dragAndDrop is not described", "v1", "v2"]]));
  });

  it("says apart what is assumed for some and for others", () => {
    const drawing = described().hypervisor("other", "virtualbox", { cpu: CPU, bmc: { physicalSwitch: "tor", vlan: 98, addresses: [] } }).put("hypervisors", "other", { host: "other-host", platform: "virtualbox", patchLevel: "current", management: SECURED }).vswitch("sw2", "linux-bridge", "other", { ...REJECT, vlanAware: true }).portGroup("pg2", "sw2", access(10)).vm("v1", "hv", "pg", SILENT).vm("v2", "other", "pg2", SILENT);
    const clipboard = run(mdl005, drawing.build()).find(({ key }) => key === "vms.guest.clipboard");
    expect(clipboard?.subjects).toEqual(["v1", "v2"]);
    expect(clipboard?.detail.match(/\$\.vms\.v[12]\.guest\.clipboard is not set/g)).toHaveLength(2);
  });

  it("names twenty places of very many, and has all of them as subjects", () => {
    let drawing = described();
    for (let i = 0; i < 30; i += 1) drawing = drawing.vm(`w${i}`, "hv", "pg", { ...SILENT, guest: { ...TOOLS, dragAndDrop: false } });
    const [only, ...others] = run(mdl005, drawing.build());
    expect([only?.title, only?.subjects.length, others]).toEqual(["30 VMs: guest.clipboard is not described", 30, []]);
    expect(only?.detail).toContain("guest.clipboard and 10 more are not set");
    expect(closingFixes(mdl005, drawing.build())).toEqual({ "vms.guest.clipboard": ["State guest.clipboard of 30 VMs, after checking: off"] });
  });

  it("does not ask for the switch's security where every port group sets its own, or no guest is there", () => {
    expect(keys(described().vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10), REJECT))).toEqual([]);
    expect(keys(described().vswitch("sw2", "standard", "hv").portGroup("idle", "sw2", access(10)))).toEqual([]);
  });

  it("asks for a port group's VLAN, but not on a bridge that ignores it", () => {
    expect(all(described().portGroup("pg", "sw"))).toContain("$.portGroups.pg.vlan is not set: untagged is assumed");
    const bridge = described().vswitch("sw", "linux-bridge", "hv", REJECT).portGroup("pg", "sw");
    expect(keys(bridge)).toEqual(["virtualSwitches.vlanAware", "uplinks.port.native"]);
    expect(all(bridge)).toContain("$.virtualSwitches.sw.vlanAware is not set: off is assumed (the Linux kernel's default");
    expect(all(described().vswitch("sw", "open-vswitch", "hv", REJECT).portGroup("pg", "sw"))).toContain("trunk of all VLANs is assumed");
    expect(all(described().portGroup("pg", "sw", guestTrunk()))).toContain("$.portGroups.pg.vlan.allowed is not set: unknown");
  });

  it("asks for the native VLAN of cables where a guest may tag its frames", () => {
    const cables = (group: Drawing): string[] => keys(group.physicalSwitch("tor2").trunk("t", "tor", trunkPort("10"), "tor2", trunkPort("10", 10))).filter((key) => key.endsWith("native"));
    expect(cables(described())).toEqual([]);
    expect(cables(described().portGroup("pg", "sw", guestTrunk("10,11")))).toEqual(["trunks.port.native", "uplinks.port.native"]);
    expect(cables(described().vm("v1", "hv", { eth0: { portGroup: "pg", passthrough: "sriov" } }, { ...SILENT, guest: SAID }))).toEqual(["trunks.port.native", "uplinks.port.native"]);
    expect(all(described().portGroup("pg", "sw", guestTrunk("10,11")))).toContain("$.uplinks.up.port.native is not set: none is assumed (a port without a native VLAN takes no untagged frame); NET-004 rests on it");
    expect(cables(described().portGroup("idle", "sw", guestTrunk("10,11")))).toEqual([]);
  });

  it("asks for the ports of uplinks and trunks", () => {
    expect(all(described().uplink("up", "sw", "hv", "tor"))).toContain("$.uplinks.up.port is not set: unknown");
    expect(all(described().uplink("up", "sw", "hv", "tor", trunkPort()))).toContain("$.uplinks.up.port.allowed is not set: unknown");
    const trunk = described().physicalSwitch("tor2").trunk("t", "tor", undefined, "tor2", trunkPort());
    expect(all(trunk)).toContain("$.trunks.t.a.port is not set");
    expect(all(trunk)).toContain("$.trunks.t.b.port.allowed is not set");
    expect(keys(trunk)).toEqual(["trunks.port", "trunks.port.allowed"]);
    expect(closingFixes(mdl005, trunk.build())).toEqual({ "trunks.port": ["State port of t, after checking: trunk 10"], "trunks.port.allowed": ["State port.allowed of t, after checking: 10"] });
  });

  it("asks for memory sharing only where it matters", () => {
    const drawing = described().put("hypervisors", "hv", { host: "hv-host", platform: "kvm", patchLevel: "current", hostOsServices: [], management: SECURED });
    expect(keys(drawing)).toEqual([]);
    drawing.tenant("b").vm("v2", "hv", "pg", { ...SILENT, tenant: "b", guest: SAID });
    expect(all(drawing)).toContain("$.hypervisors.hv.memorySharing is not set: unknown");
  });

  it("asks for patch level, authentication, own firewalls and default actions", () => {
    const drawing = described().put("hypervisors", "hv", { host: "hv-host", platform: "esxi", memorySharing: "off", patchLevel: "unknown" })
      .put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg", services: ["management"] }).put("managementInterfaces", "vmotion", { hypervisor: "hv", portGroup: "pg", services: ["migration"] })
      .put("distributedFirewalls", "dfw", {});
    expect(keys(drawing)).toEqual(["hypervisors.patchLevel", "hypervisors.management.mfa", "hypervisors.management.strongAuthentication", "hypervisors.management.sharedAccounts",
      "hypervisors.management.remoteLogging", "hypervisors.management.lockdown", "hypervisors.management.services", "hypervisors.management.secureBoot", "hypervisors.management.signedImagesOnly",
      "managementInterfaces.firewall", "managementInterfaces.encrypted", "distributedFirewalls.defaultAction"]);
    expect(all(drawing)).toContain("$.hypervisors.hv.patchLevel is not set: unknown");
    expect(all(drawing)).toContain("$.hypervisors.hv.management.mfa is not set: unknown");
    expect(all(drawing)).toContain("$.managementInterfaces.m.firewall is not set: unknown");
    expect(all(drawing.put("managementInterfaces", "silent", { hypervisor: "hv", portGroup: "pg" }))).toContain("$.managementInterfaces.silent.services is not set: management is assumed");
    expect(all(drawing)).toContain("allow is assumed (NSX's default");
  });

  it("asks for what hardening, processors, controllers and storage rest on", () => {
    const bare = described().put("hosts", "hv-host", {}).put("datastores", "ds", {}).vm("v1", "hv", "pg", { tenant: "a", sensitive: true, disks: [{ datastore: "ds" }] });
    expect(keys(bare)).toEqual(["hosts.cpu.hardwareVirtualization", "hosts.bmc", "datastores.secureErase", "datastores.encrypted", "vms.guest.clipboard", "vms.guest.dragAndDrop", "vms.guest.tools", "vms.guest.toolsCurrent",
      "vms.devices", "vms.image.signed", "vms.secureBoot", "vms.disks.encrypted"]);
    expect(all(bare)).toContain("$.vms.v1.disks[0].encrypted is not set: unknown");
    expect(keys(bare.vm("v2", "hv", "pg", { ...SILENT, guest: SAID }))).toEqual(expect.arrayContaining(["hosts.cpu.smt", "hosts.cpu.microcodeCurrent"]));
    const passed = described().put("hosts", "hv-host", { cpu: CPU }).vm("v1", "hv", { eth0: { portGroup: "pg", passthrough: "pci" } }, { ...SILENT, guest: SAID });
    expect(keys(passed)).toEqual(["uplinks.port.native", "hosts.cpu.iommu", "hosts.bmc"]);
    expect(all(described().hypervisor("p", "proxmox").vm("v2", "p", {}, { tenant: "a" }))).toContain("$.vms.v2.secureBoot is not set: off is assumed (Proxmox VE's default firmware");
  });

  it("asks whether disks are encrypted where several tenants share the datastore", () => {
    const shared = (other: boolean | undefined, datastore: boolean | undefined): string[] => keys(described().tenant("b").put("datastores", "ds", { secureErase: true, ...(datastore === undefined ? {} : { encrypted: datastore }) })
      .vm("v1", "hv", "pg", { ...SILENT, guest: SAID, disks: [{ datastore: "ds" }] }).vm("v2", "hv", "pg", { ...SILENT, tenant: "b", guest: SAID, disks: [{ datastore: "ds", ...(other === undefined ? {} : { encrypted: other }) }] }))
      .filter((key) => key.startsWith("vms.disks") || key.startsWith("datastores."));
    expect(shared(undefined, false)).toEqual(["vms.disks.encrypted"]);
    expect(shared(true, false)).toEqual(["vms.disks.encrypted"]);
    expect(shared(true, undefined)).toEqual(["datastores.encrypted", "vms.disks.encrypted"]);
    expect(shared(undefined, true)).toEqual([]);
    const alone = described().put("datastores", "ds", { secureErase: true, encrypted: false }).vm("v1", "hv", "pg", { ...SILENT, guest: SAID, disks: [{ datastore: "ds" }] });
    expect(keys(alone)).not.toContain("vms.disks.encrypted");
  });

  it("asks a sensitive VM which disks it has, and only its owner can say", () => {
    const sensitive = described().vm("v1", "hv", "pg", { ...SILENT, guest: SAID, sensitive: true });
    expect(keys(sensitive)).toContain("vms.disks");
    expect(all(sensitive)).toContain("$.vms.v1.disks is not set: unknown");
    expect(all(sensitive)).toContain("Only a person can mend it");
    expect(keys(described().vm("v1", "hv", "pg", { ...SILENT, guest: SAID }))).not.toContain("vms.disks");
  });

  it("asks what else a general-purpose operating system below the hypervisor runs; ESXi has none", () => {
    const on = (platform: Platform, more: Partial<RecordOf<"hypervisors">> = {}): string[] => keys(described().put("hypervisors", "hv", { host: "hv-host", platform, ...more }));
    for (const platform of ["hyper-v", "kvm", "proxmox", "xen", "virtualbox"] as const) expect(on(platform)).toContain("hypervisors.hostOsServices");
    expect(on("kvm", { hostOsServices: ["samba"] })).not.toContain("hypervisors.hostOsServices");
    expect(on("esxi")).not.toContain("hypervisors.hostOsServices");
  });

  it("asks for lockdown on ESXi only, for monitoring only with several tenants, for the scheduler only with SMT", () => {
    const on = (platform: Platform): Drawing => described().put("hypervisors", "hv", { host: "hv-host", platform, patchLevel: "current", memorySharing: "off" });
    expect(keys(on("kvm"))).not.toContain("hypervisors.management.lockdown");
    expect(keys(on("esxi"))).not.toContain("hypervisors.management.escapeMonitoring");
    const two = on("hyper-v").tenant("b").vm("v2", "hv", "pg", { ...SILENT, tenant: "b", guest: SAID });
    expect(keys(two)).toContain("hypervisors.management.escapeMonitoring");
    expect(keys(two)).not.toContain("hypervisors.sideChannelScheduler");
    expect(all(two.put("hosts", "hv-host", { cpu: { smt: true } }))).toContain("$.hypervisors.hv.sideChannelScheduler is not set: on is assumed (Hyper-V's default since Windows Server 2019");
  });

  it("offers the safe values, and nothing where only the owner can know", () => {
    const drawing = described().vswitch("sw", "standard", "hv").vm("v1", "hv", "pg", SILENT).uplink("up", "sw", "hv", "tor").put("hypervisors", "hv", { host: "hv-host", platform: "esxi", memorySharing: "off" })
      .put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg" }).put("distributedFirewalls", "dfw", {}).portGroup("p2", "sw").vm("v2", "hv", "p2", { ...SILENT, guest: SAID });
    const fixes = closingFixes(mdl005, drawing.build());
    expect(Object.entries(fixes).filter(([, titles]) => titles.length !== 1)).toEqual([["managementInterfaces.services", []], ["uplinks.port", []]]);
    expect(fixes["hypervisors.management.services"]).toEqual(["State management.services of hv, after checking: none"]);
    expect(fixes["vms.guest.dragAndDrop"]).toEqual(["State guest.dragAndDrop of v1, after checking: off"]);
    expect(closingFixes(mdl005, described().uplink("up", "sw", "hv", "tor").build())).toEqual({ "uplinks.port": ["State port of up, after checking: trunk 10"] });
  });

  it("lets the firewalls of several management interfaces take only whom the policy names, in one step", () => {
    const drawing = described().put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg" }).put("managementInterfaces", "n", { hypervisor: "hv", portGroup: "pg" });
    expect(closingFixes(mdl005, drawing.build())["managementInterfaces.firewall"]).toEqual(["Let the firewalls of 2 management interfaces take only the sources that the policy names"]);
  });
});
