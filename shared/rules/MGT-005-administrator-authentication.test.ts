import { describe, expect, it } from "vitest";
import type { Hypervisor, Platform } from "../model/kinds/hypervisor";
import { draw } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

const managed = (management: Hypervisor["management"], platform: Platform = "esxi") => check(draw().hypervisor("h1", platform).put("hypervisors", "h1", { host: "h1-host", platform, management }).build());

describe("MGT-005", () => {
  it("fires per hypervisor without a second factor, with weak authentication, or with shared accounts", () => {
    expect(found(managed({ mfa: false }), "MGT-005")).toEqual(["high MGT-005:h1"]);
    expect(idsOf(managed({ mfa: true, strongAuthentication: false }), "MGT-005")).toEqual(["MGT-005:h1"]);
    expect(idsOf(managed({ mfa: true, sharedAccounts: true }), "MGT-005")).toEqual(["MGT-005:h1"]);
  });

  it("is silent where all is well, and where nothing is said", () => {
    expect(idsOf(managed({ mfa: true, sharedAccounts: false }), "MGT-005")).toEqual([]);
    expect(idsOf(managed(undefined), "MGT-005")).toEqual([]);
    expect(idsOf(managed({}), "MGT-005")).toEqual([]);
  });

  it("fires for the default administrators' group of ESXi in both spellings, and on no other platform", () => {
    expect(idsOf(managed({ mfa: true, adminGroup: "ESX Admins" }), "MGT-005")).toEqual(["MGT-005:h1"]);
    expect(idsOf(managed({ mfa: true, adminGroup: "esxi admins" }), "MGT-005")).toEqual(["MGT-005:h1"]);
    expect(idsOf(managed({ mfa: true, adminGroup: "ESX Admins" }, "proxmox"), "MGT-005")).toEqual([]);
    for (const adminGroup of ["CORP\\ESX Admins", "corp.example\\esx^admins", "ESX Admins@corp.example"]) expect(idsOf(managed({ mfa: true, adminGroup }), "MGT-005")).toEqual(["MGT-005:h1"]);
    expect(idsOf(managed({ mfa: true, adminGroup: "CORP\\virtualization-administrators" }), "MGT-005")).toEqual([]);
  });

  it("offers to mend all of it", () => {
    const [fix] = fixesFor(managed({ mfa: false, sharedAccounts: true, strongAuthentication: false, adminGroup: "ESX Admins" }), "MGT-005:h1");
    expect(fix?.verified).toBe(true);
    expect(fix?.edits.map((edit) => edit.path).sort()).toEqual(["adminGroup", "mfa", "sharedAccounts", "strongAuthentication"].map((name) => `/hypervisors/h1/management/${name}`));
  });
});
