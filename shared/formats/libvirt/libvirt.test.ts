import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatTopology } from "../../model/canonical";
import { parseTopology } from "../../model/parse";
import type { ImportReport } from "../../analysis/result";
import type { Topology } from "../../model/topology";
import { importLibvirt } from "./libvirt";

function read(...texts: string[]): { topology: Topology; report: ImportReport } {
  const result = importLibvirt(texts.map((text, index) => ({ name: `source-${index}.xml`, text })));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(parseTopology(formatTopology(result.topology))).toMatchObject({ ok: true });
  return result;
}

const domain = (inner: string, name = "web"): string => `<domain type='kvm'>\n<name>${name}</name>\n<devices>\n${inner}\n</devices></domain>`;
const onBridge = (inner = "", bridge = "br0"): string => `<interface type='bridge'><source bridge='${bridge}'/>${inner}</interface>`;

describe("libvirt domains", () => {
  it("joins nics of one host bridge in one port group behind an unknown uplink", () => {
    const { topology } = read(domain(onBridge(), "a"), domain(onBridge(), "b"));
    expect(topology.vms?.a?.nics?.eth0?.portGroup).toBe("br0-ports");
    expect(topology.vms?.b?.nics?.eth0?.portGroup).toBe("br0-ports");
    expect(topology.uplinks?.["br0-uplink"]).toEqual({ virtualSwitch: "br0", hypervisor: "hypervisor", physicalSwitch: "physical-network" });
  });

  it("reads access and trunk VLANs of Open vSwitch nics", () => {
    const { topology } = read(
      domain(onBridge("<virtualport type='openvswitch'/><vlan><tag id='42'/></vlan>"), "a"),
      domain(onBridge("<virtualport type='openvswitch'/><vlan trunk='yes'><tag id='10'/><tag id='20' nativeMode='untagged'/></vlan>"), "b"),
    );
    expect(topology.virtualSwitches?.br0?.kind).toBe("open-vswitch");
    expect(topology.portGroups?.[topology.vms?.a?.nics?.eth0?.portGroup ?? ""]?.vlan).toEqual({ mode: "access", id: 42 });
    expect(topology.portGroups?.[topology.vms?.b?.nics?.eth0?.portGroup ?? ""]?.vlan).toEqual({ mode: "trunk", allowed: "10,20", native: 20 });
  });

  it("reads SPICE without a clipboard element as sharing the clipboard, and one that says no as not", () => {
    expect(read(domain("<graphics type='spice'/>")).topology.vms?.web?.guest).toMatchObject({ clipboard: true, dragAndDrop: true });
    expect(read(domain("<graphics type='spice'><clipboard copypaste='no'/><filetransfer enable='no'/></graphics>")).topology.vms?.web?.guest).toMatchObject({ clipboard: false, dragAndDrop: false });
    expect(read(domain("<graphics type='vnc'/>")).topology.vms?.web?.guest).toMatchObject({ clipboard: false });
  });

  it("reads shared folders, devices, link state and memory that is not shared", () => {
    const { topology } = read(
      `<domain type='kvm'><name>x</name><memoryBacking><nosharepages/></memoryBacking><devices><filesystem><source dir='/srv/a'/><target dir='a'/></filesystem>`
      + `<filesystem><source dir='/srv/b'/><readonly/></filesystem><disk device='floppy'/><redirdev bus='usb'/><shmem name='s'/>${onBridge("<link state='down'/>")}</devices></domain>`,
    );
    expect(topology.vms?.x).toMatchObject({
      guest: { sharedFolders: [{ hostPath: "/srv/a", writable: true }, { hostPath: "/srv/b", writable: false }] },
      devices: ["floppy", "shmem", "usb"],
      resources: { memorySharing: "off" },
      nics: { eth0: { connected: false } },
    });
  });

  it("keeps a MAC address that two nics claim on the first only, and reports the line", () => {
    const nic = `<interface type='bridge'><mac address='52:54:00:00:00:01'/>\n<source bridge='br0'/></interface>`;
    const { topology, report } = read(domain(nic, "a"), domain(nic, "b"));
    expect(topology.vms?.a?.nics?.eth0?.mac).toBe("52:54:00:00:00:01");
    expect(topology.vms?.b?.nics?.eth0?.mac).toBeUndefined();
    expect(report.notUnderstood).toContainEqual({ source: "source-1.xml:4", text: "MAC address 52:54:00:00:00:01 is already another nic's; left out here" });
  });

  it("says so where a network is in none of the sources", () => {
    const { report } = read(domain("<interface type='network'><source network='lan'/></interface>"));
    expect(report.notUnderstood[0]?.text).toMatch(/network lan is in none of the sources/);
  });

  it("marks SR-IOV nics as passing the virtual switch by", () => {
    expect(read(domain("<interface type='hostdev'/>")).topology.vms?.web?.nics?.eth0?.passthrough).toBe("sriov");
  });

  it("takes the tenant from Nova's metadata", () => {
    const { topology } = read(`<domain type='kvm'><name>x</name><metadata><nova:instance xmlns:nova='n'><nova:owner><nova:project uuid='1'>acme</nova:project></nova:owner></nova:instance></metadata></domain>`);
    expect(topology.tenants?.[topology.vms?.x?.tenant ?? ""]?.name).toBe("acme");
  });
});

describe("libvirt networks", () => {
  it("routes a NAT network outwards and refuses what comes in", () => {
    const { topology } = read(
      "<network><name>default</name><forward mode='nat'/><bridge name='virbr0'/><ip address='192.168.122.1' netmask='255.255.255.0'><dhcp><host mac='52:54:00:00:00:01' ip='192.168.122.9'/></dhcp></ip></network>",
      domain("<interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>"),
    );
    expect(topology.vms?.web?.nics?.eth0?.addresses).toEqual(["192.168.122.9/24"]);
    expect(topology.routers?.["host-routing"]?.interfaces?.["default-leg"]).toEqual({ portGroup: "default-ports", addresses: ["192.168.122.1/24"] });
    expect(topology.routers?.["host-routing"]?.rules).toEqual([{ id: "into-default-leg", action: "reject", out: "default-leg" }]);
    expect(topology.managementInterfaces?.["host-in-default"]?.portGroup).toBe("default-ports");
  });

  it("draws no route for an isolated network, only the host's address", () => {
    const { topology } = read("<network><name>lab</name><ip address='10.9.0.1' prefix='24'/></network>");
    expect(topology.routers).toBeUndefined();
    expect(topology.managementInterfaces?.["host-in-lab"]?.addresses).toEqual(["10.9.0.1/24"]);
  });

  it("gives nics the default port group of their network", () => {
    const { topology } = read(
      "<network><name>ovs</name><forward mode='bridge'/><bridge name='ovsbr'/><virtualport type='openvswitch'/><portgroup name='a' default='yes'><vlan><tag id='10'/></vlan></portgroup><portgroup name='b'><vlan><tag id='20'/></vlan></portgroup></network>",
      domain("<interface type='network'><source network='ovs'/></interface>", "one"),
      domain("<interface type='network'><source network='ovs' portgroup='b'/></interface>", "two"),
    );
    expect(topology.portGroups?.[topology.vms?.one?.nics?.eth0?.portGroup ?? ""]?.vlan).toEqual({ mode: "access", id: 10 });
    expect(topology.portGroups?.[topology.vms?.two?.nics?.eth0?.portGroup ?? ""]?.vlan).toEqual({ mode: "access", id: 20 });
  });
});

describe("libvirt nwfilters", () => {
  const filtered = (filter: string): string => domain(onBridge(`<filterref filter='${filter}'/>`));

  it("binds addresses for clean-traffic and MAC addresses for no-mac-spoofing", () => {
    expect(Object.values(read(filtered("clean-traffic")).topology.portGroups ?? {})[0]?.spoofGuard).toBe(true);
    expect(Object.values(read(filtered("no-mac-spoofing")).topology.portGroups ?? {})[0]?.security).toEqual({ macChanges: "reject", forgedTransmits: "reject" });
  });

  it("turns rules into a distributed firewall on the filter's own ports, in priority order", () => {
    const { topology } = read(filtered("web"), "<filter name='web'><rule action='drop' direction='in' priority='900'><all/></rule><rule action='accept' direction='in'><tcp dstportstart='443' srcipaddr='10.0.0.0' srcipmask='8'/></rule></filter>");
    const firewall = topology.distributedFirewalls?.["nwfilter-web"];
    const ports = `portgroup:${topology.vms?.web?.nics?.eth0?.portGroup}`;
    expect(firewall?.rules).toEqual([
      { id: "rule-1", action: "allow", from: ["cidr:10.0.0.0/8"], to: [ports], services: ["tcp/443"] },
      { id: "rule-2", action: "deny", to: [ports], services: ["any"] },
    ]);
    expect(firewall?.defaultAction).toBe("allow");
  });

  it("never isolates by a criterion it cannot express: such a drop is left out, such an accept widened", () => {
    const { topology, report } = read(filtered("odd"), "<filter name='odd'><rule action='drop' direction='in'><tcp srcportstart='20'/></rule><rule action='accept' direction='in'><tcp flags='SYN/ALL'/></rule></filter>");
    expect(topology.distributedFirewalls?.["nwfilter-odd"]?.rules).toEqual([{ id: "rule-1", action: "allow", to: [expect.stringMatching(/^portgroup:/)], services: ["tcp"] }]);
    expect(report.notUnderstood.map(({ text }) => text)).toEqual([expect.stringMatching(/srcportstart; the rule is left out/), expect.stringMatching(/flags; accepted without it/)]);
  });
});

describe("libvirt sources", () => {
  it("reads several documents in one file, with their own line numbers", () => {
    const { topology, report } = read(`<?xml version='1.0'?>\n<domain type='kvm'><name>a</name></domain>\n<?xml version='1.0'?>\n<domain type='kvm'><name>b</name>\n<strange/></domain>`);
    expect(Object.keys(topology.vms ?? {})).toEqual(["a", "b"]);
    expect(report.notUnderstood).toEqual([{ source: "source-0.xml:5", text: "domain/strange" }]);
  });

  it.each([
    ["text that is not XML", "<domain><name>", /./],
    ["a document type", "<!DOCTYPE d [<!ENTITY x 'y'>]><domain/>", /document type/],
    ["XML that holds nothing of libvirt", "<a/>", /no <domain>, <network> or <filter>/],
  ])("refuses %s", (_what, text, message) => {
    const result = importLibvirt([{ name: "x.xml", text }]);
    expect(result.ok ? [] : result.problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });

  it("makes ids out of any name", () => {
    const { topology } = read(domain("", "Ünïcode & <b> 名前".replace("<b>", "b").replace("&", "&amp;")), domain("", "__proto__"), domain("", "constructor"));
    expect(Object.keys(topology.vms ?? {}).sort()).toEqual(["constructor", "n-code-b", "proto__"]);
  });
});

const corpus = join(import.meta.dirname, "../../../../shared/corpus/libvirt");
describe.skipIf(!existsSync(corpus))("real libvirt XML of the corpus (skipped where it is absent)", () => {
  const files = existsSync(corpus) ? readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".xml")).sort() : [];
  it.each(files)("%s becomes a valid document and a report", (name) => {
    const { topology, report } = read(readFileSync(join(corpus, name), "utf8"));
    expect(Object.keys(report.mapped).length).toBeGreaterThan(0);
    expect(topology.hypervisors?.hypervisor).toBeDefined();
  });
});
