import { describe, expect, it } from "vitest";
import { formatTopology } from "../../shared/model/canonical";
import { applyEdits } from "../../shared/model/edit";
import { parseTopology } from "../../shared/model/parse";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { analyze } from "../../shared/analysis/analyze";
import { buildScene } from "../../shared/diagram/scene";
import { outsideTheirParent, siblingsThatOverlap } from "../../shared/diagram/testing";
import { TEMPLATES } from "./templates";

const empty: Topology = { format: FORMAT, name: "t" };

function build(topology: Topology, id: string): Topology {
  const outcome = TEMPLATES.find((template) => template.id === id)?.build(topology, { x: 0, y: 0 });
  if (outcome?.ok !== true) throw new Error("refused");
  return applyEdits(topology, outcome.change.edits);
}

describe("templates", () => {
  it.each(TEMPLATES.map((template) => template.id))("%s makes a valid document, on an empty canvas and twice over", (id) => {
    const once = build(empty, id);
    expect(parseTopology(formatTopology(once))).toMatchObject({ ok: true });
    const twice = build(once, id);
    expect(parseTopology(formatTopology(twice))).toMatchObject({ ok: true });
  });

  it.each(TEMPLATES.map((template) => template.id))("%s is drawn without one thing on another, and nobody finds anything critical or high in it", (id) => {
    const once = build(empty, id);
    expect(siblingsThatOverlap(buildScene(once))).toEqual([]);
    expect(outsideTheirParent(buildScene(once))).toEqual([]);
    expect(analyze(once).findings.filter(({ severity }) => severity === "critical" || severity === "high").map((finding) => finding.id)).toEqual([]);
  });

  it("gives a second ESXi host the port groups and VLANs of the first, on the same physical switch", () => {
    const two = build(build(empty, "esxi-host"), "esxi-host");
    const groups = Object.values(two.portGroups ?? {}).map((group) => `${group.name} ${group.vlan?.mode === "access" ? group.vlan.id : ""}`);
    expect(groups.sort()).toEqual(["Management 10", "Management 10", "Production 100", "Production 100", "vMotion 30", "vMotion 30"]);
    expect(Object.keys(two.physicalSwitches ?? {})).toEqual(["tor-1"]);
  });

  it("puts every tier and every tenant into a VLAN and a network of its own", () => {
    const two = build(build(empty, "three-tier"), "three-tier");
    const vlans = Object.values(two.portGroups ?? {}).map((group) => (group.vlan?.mode === "access" ? group.vlan.id : 0));
    expect(new Set(vlans).size).toBe(6);
    const addresses = Object.values(two.vms ?? {}).flatMap((vm) => vm.nics?.["eth0"]?.addresses ?? []);
    expect(new Set(addresses).size).toBe(6);
    expect(two.policy?.require).toHaveLength(4);
  });
});
