import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm004 } from "./VM-004-emulated-devices";

const vm = (devices: string[] | undefined, platform: Platform = "esxi") => draw().hypervisor("hv", platform).vm("a1", "hv", {}, devices === undefined ? {} : { devices }).build();

describe("VM-004", () => {
  it.each(PLATFORMS)("on %s is medium for floppy, USB, serial and 3D, low for the rest", (platform) => {
    for (const device of ["floppy", "USB", "usb-xhci", "serial", "serial0", "3d"]) expect(severities(vm004, vm([device], platform)), device).toEqual({ a1: "medium" });
    for (const device of ["parallel", "sound", "audio0", "cdrom", "nested-virtualization"]) expect(severities(vm004, vm([device], platform)), device).toEqual({ a1: "low" });
    expect(severities(vm004, vm(["cdrom", "floppy"], platform))).toEqual({ a1: "medium" });
  });

  it("leaves devices alone that are none of these, and what is not described", () => {
    expect(run(vm004, vm(["tpm", "rng", "sriov-vf"]))).toEqual([]);
    expect(run(vm004, vm([]))).toEqual([]);
    expect(run(vm004, vm(undefined))).toEqual([]);
    expect(run(vm004, draw().hypervisor("hv").vm("gold", "hv", {}, { role: "template", devices: ["floppy"] }).build())).toEqual([]);
  });

  it("closes by removing them and keeps the others", () => {
    expect(closingFixes(vm004, vm(["floppy", "tpm", "serial"]))).toEqual({ a1: ["Remove a floppy drive and a serial port from a1"] });
  });
});
