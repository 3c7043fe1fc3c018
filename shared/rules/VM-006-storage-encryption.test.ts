import { describe, expect, it } from "vitest";
import type { Vm } from "../model/kinds/vm";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm006 } from "./VM-006-storage-encryption";

const store = (encrypted?: boolean): Drawing => draw().tenant("a").tenant("b").hypervisor("hv").put("datastores", "ds", { hypervisors: ["hv"], ...(encrypted === undefined ? {} : { encrypted }) });
const withDisk = (encrypted?: boolean): Pick<Vm, "disks"> => ({ disks: [{ datastore: "ds", ...(encrypted === undefined ? {} : { encrypted }) }] });
const sensitive = (encrypted?: boolean): Partial<Vm> => ({ tenant: "a", sensitive: true, ...withDisk(encrypted) });

describe("VM-006", () => {
  it("fires for a sensitive VM with a disk in clear", () => {
    expect(severities(vm006, store(false).vm("a1", "hv", {}, sensitive(false)).build())).toEqual({ a1: "medium" });
    expect(severities(vm006, store(false).put("tenants", "a", { sensitive: true }).vm("a1", "hv", {}, { tenant: "a", disks: [{ encrypted: false }] }).build())).toEqual({ a1: "medium" });
  });

  it("takes a datastore that does not say for one in clear, and says so", () => {
    const [draft] = run(vm006, store().vm("a1", "hv", {}, sensitive(false)).build());
    expect(draft?.detail).toContain("$.datastores.ds.encrypted is not set and off is assumed");
  });

  it("does not fire where some layer encrypts, or where the disk does not say", () => {
    expect(run(vm006, store(false).vm("a1", "hv", {}, sensitive(true)).build())).toEqual([]);
    expect(run(vm006, store(true).vm("a1", "hv", {}, sensitive(false)).build())).toEqual([]);
    expect(run(vm006, store(false).vm("a1", "hv", {}, sensitive()).build())).toEqual([]);
    expect(run(vm006, store(false).vm("gold", "hv", {}, { role: "template", sensitive: true, ...withDisk(false) }).build())).toEqual([]);
  });

  it("is low, once per datastore, for other VMs of several tenants", () => {
    const drawing = store(false).vm("a1", "hv", {}, { tenant: "a", ...withDisk(false) });
    expect(run(vm006, drawing.build())).toEqual([]);
    expect(severities(vm006, drawing.vm("b1", "hv", {}, { tenant: "b", ...withDisk(false) }).build())).toEqual({ ds: "low" });
  });

  it("counts the other tenants of the datastore also where their own disks are encrypted, or theirs is a sensitive VM", () => {
    const drawing = store(false).vm("a1", "hv", {}, { tenant: "a", ...withDisk(false) });
    expect(severities(vm006, drawing.vm("b1", "hv", {}, { tenant: "b", ...withDisk(true) }).build())).toEqual({ ds: "low" });
    expect(severities(vm006, drawing.vm("b1", "hv", {}, { tenant: "b", sensitive: true, ...withDisk(false) }).build())).toEqual({ ds: "low", b1: "medium" });
    expect(severities(vm006, store(false).vm("a1", "hv", {}, { tenant: "a", ...withDisk(true) }).vm("b1", "hv", {}, { tenant: "b", sensitive: true, ...withDisk(false) }).build())).toEqual({ b1: "medium" });
  });

  it("closes by encrypting the disks or the datastore", () => {
    expect(closingFixes(vm006, store(false).vm("a1", "hv", {}, sensitive(false)).build())).toEqual({ a1: ["Encrypt the disks of a1", "Encrypt ds"] });
    expect(closingFixes(vm006, store().vm("a1", "hv", {}, { tenant: "a", ...withDisk(false) }).vm("b1", "hv", {}, { tenant: "b", ...withDisk(false) }).build())).toEqual({ ds: ["Encrypt ds"] });
  });
});
