import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { Vm } from "../model/kinds/vm";
import type { Topology } from "../model/topology";
import { draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm001 } from "./VM-001-clipboard";

function on(platform: Platform, guest?: Vm["guest"], neighbour?: string): Topology {
  const drawing = draw().tenant("a").tenant("b").hypervisor("hv", platform).vm("a1", "hv", {}, { tenant: "a", ...(guest === undefined ? {} : { guest }) });
  if (neighbour !== undefined) drawing.vm("b1", "hv", {}, { tenant: neighbour, guest: { clipboard: false, dragAndDrop: false } });
  return drawing.build();
}

describe("VM-001", () => {
  it("where nothing is set fires on VMware Workstation alone", () => {
    expect(PLATFORMS.filter((platform) => run(vm001, on(platform)).length > 0)).toEqual(["vmware-workstation"]);
  });

  it("fires on every platform where either is on", () => {
    for (const platform of PLATFORMS) {
      expect(severities(vm001, on(platform, { clipboard: true, dragAndDrop: false }))).toEqual({ a1: "medium" });
      expect(severities(vm001, on(platform, { clipboard: false, dragAndDrop: true }))).toEqual({ a1: "medium" });
      expect(run(vm001, on(platform, { clipboard: false, dragAndDrop: false }))).toEqual([]);
    }
  });

  it("is high where the hypervisor runs another tenant's VMs", () => {
    expect(severities(vm001, on("esxi", { clipboard: true }, "b"))).toEqual({ a1: "high" });
    expect(severities(vm001, on("esxi", { clipboard: true }, "a"))).toEqual({ a1: "medium" });
  });

  it("names what is shared and whose default it is", () => {
    const [draft] = run(vm001, on("vmware-workstation", { clipboard: true }));
    expect(draft?.title).toBe("a1 shares the clipboard and drag and drop with its console");
    expect(draft?.detail).toContain("$.vms.a1.guest.clipboard is true; $.vms.a1.guest.dragAndDrop is not set and on is assumed");
  });

  it("leaves templates alone", () => {
    expect(run(vm001, draw().hypervisor("hv").vm("gold", "hv", {}, { role: "template", guest: { clipboard: true } }).build())).toEqual([]);
  });

  it("offers a fix that closes it", () => {
    expect(closingFixes(vm001, on("vmware-workstation"))).toEqual({ a1: ["Disable clipboard and drag-and-drop sharing of a1"] });
  });
});
