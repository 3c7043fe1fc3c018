import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { TODAY } from "../rules/testing";
import { attackPaths } from "./paths";

/** Tenants `ta`, `tb` and `tc` with a VLAN each, `a` and `b` on `h1`, `c` and `b2` on `h2`: nothing wrong with any of it. */
function site(): Drawing {
  const strict = { security: { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } } as const;
  const drawing = draw().tenant("ta").tenant("tb").tenant("tc").physicalSwitch("tor");
  for (const n of [1, 2]) {
    drawing.hypervisor(`h${n}`, "esxi").vswitch(`s${n}`, "standard", `h${n}`, strict).uplink(`u${n}`, `s${n}`, `h${n}`, "tor", trunkPort("10,20,30,40"));
    for (const [name, vlan] of [["pa", 10], ["pb", 20], ["pc", 30], ["pm", 40]] as const) drawing.portGroup(`${name}${n}`, `s${n}`, access(vlan));
    drawing.put("managementInterfaces", `m${n}`, { hypervisor: `h${n}`, portGroup: `pm${n}`, services: ["management"], firewall: { enabled: false } });
  }
  return drawing.vm("a", "h1", "pa1", { tenant: "ta" }).vm("b", "h1", "pb1", { tenant: "tb" }).vm("b2", "h2", "pb2", { tenant: "tb" }).vm("c", "h2", "pc2", { tenant: "tc" });
}

interface Answer {
  readonly cheapest: string;
  readonly radius: readonly string[];
  readonly cut: number;
}

function answer(drawing: Drawing, to: `vm:${string}` | `hypervisor:${string}`, from = ["a"]): Answer {
  const evaluation = evaluate(drawing.build(), { today: TODAY });
  const { paths, separate } = attackPaths(evaluation, { from, to: [to] });
  const [first] = [...paths].sort((x, y) => x.cost - y.cost);
  const { reached } = attackPaths(evaluation, { from, to: undefined });
  const line = first === undefined ? "none" : `${first.cost}: ${first.steps.reduce((text, step) => `${text} ${step.channel} ${step.to}`, from[0] ?? "")}`;
  return { cheapest: line, radius: reached, cut: separate.length };
}
const QUIET = { clipboard: false, dragAndDrop: false, tools: "minimal" as const, toolsCurrent: true, sharedFolders: [] };
/** What hangs on `m1` and `m2`, which share a VLAN: who has one hypervisor gets to the other. */
const EVERYTHING = ["b", "b2", "c", "h1", "h2", "m1", "m2"];

describe("paths that were drawn by hand first", () => {
  it("lead nowhere where nothing is wrong", () => {
    expect(answer(site(), "vm:b")).toEqual({ cheapest: "none", radius: [], cut: 0 });
  });

  it("lead by the clipboard before an unpatched hypervisor, and both have to go", () => {
    const drawing = site().vm("a", "h1", "pa1", { tenant: "ta", guest: { ...QUIET, clipboard: true } }).put("hypervisors", "h1", { host: "h1-host", platform: "esxi", patchLevel: "behind" });
    expect(answer(drawing, "vm:b")).toEqual({ cheapest: "3: a clipboard h1 control b", radius: EVERYTHING, cut: 2 });
  });

  it("lead straight to whoever sees the same folder", () => {
    const drawing = site().vm("a", "h1", "pa1", { tenant: "ta", guest: { ...QUIET, sharedFolders: [{ hostPath: "/srv/x" }] } }).vm("b", "h1", "pb1", { tenant: "tb", guest: { ...QUIET, sharedFolders: [{ hostPath: "/srv" }] } });
    expect(answer(drawing, "vm:b")).toEqual({ cheapest: "2: a shared-folder b", radius: EVERYTHING, cut: 1 });
  });

  it("lead over another host's management interface to what runs there", () => {
    expect(answer(site().portGroup("pm2", "s2", access(10)), "vm:c")).toEqual({ cheapest: "4: a network m2 management h2 control c", radius: ["b", "b2", "c", "h2", "m2"], cut: 1 });
  });

  it("lead over another host's BMC likewise, and moving it ends them", () => {
    const { cheapest, radius, cut } = answer(site().put("hosts", "h2-host", { bmc: { physicalSwitch: "tor", vlan: 10 } }), "vm:c");
    expect({ cheapest, cut }).toEqual({ cheapest: "4: a network h2-host/bmc management h2 control c", cut: 1 });
    expect(radius).toEqual([...EVERYTHING, "h2-host/bmc"].sort());
  });

  it("lead over shared memory, and on inside the tenant of whom it leaks", () => {
    expect(answer(site().put("hypervisors", "h1", { host: "h1-host", platform: "kvm", memorySharing: "inter-vm" }), "vm:b")).toEqual({ cheapest: "4: a memory b", radius: ["b", "b2"], cut: 1 });
  });

  it("lead over what a datastore keeps of deleted disks", () => {
    const disks = [{ datastore: "ds", encrypted: false }];
    const drawing = site().put("datastores", "ds", { hypervisors: ["h1"], secureErase: false, encrypted: false }).vm("a", "h1", "pa1", { tenant: "ta", disks }).vm("b", "h1", "pb1", { tenant: "tb", disks });
    expect(answer(drawing, "vm:b")).toEqual({ cheapest: "3: a storage b", radius: ["b", "b2"], cut: 1 });
  });

  it("lead through a third tenant, whom one change of two takes out", () => {
    const drawing = site().portGroup("pa1", "s1", access(20)).put("hypervisors", "h2", { host: "h2-host", platform: "kvm", memorySharing: "inter-vm" });
    expect(answer(drawing, "vm:c")).toEqual({ cheapest: "5: a network b2 memory c", radius: ["b", "b2", "c"], cut: 1 });
  });

  it("lead out of the tools, and from a neighbour by a flow that is permitted", () => {
    expect(answer(site().vm("a", "h1", "pa1", { tenant: "ta", guest: { ...QUIET, toolsCurrent: false } }), "vm:b2")).toEqual({ cheapest: "8: a tools h1 control b network b2", radius: EVERYTHING, cut: 1 });
  });

  it("lead to a hypervisor by two manners, and stop there where its management is alone", () => {
    const drawing = site().vm("a", "h1", "pa1", { tenant: "ta", guest: { ...QUIET, clipboard: true } }).portGroup("pm1", "s1", access(10));
    expect(answer(drawing, "hypervisor:h1")).toEqual({ cheapest: "2: a clipboard h1", radius: ["b", "b2", "h1", "m1"], cut: 2 });
  });

  it("lead over frames where a distributed firewall stops packets", () => {
    const drawing = site().portGroup("pa1", "s1", access(20)).put("distributedFirewalls", "dfw", { rules: [], defaultAction: "deny" });
    expect(answer(drawing, "vm:b")).toEqual({ cheapest: "2: a spoof b", radius: ["b", "b2"], cut: 1 });
  });
});
