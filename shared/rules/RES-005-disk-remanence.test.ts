import { describe, expect, it } from "vitest";
import type { RecordOf } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { res005 } from "./RES-005-disk-remanence";

const store = (more: Partial<RecordOf<"datastores">>): Drawing => draw().tenant("a").tenant("b").hypervisor("hv").put("datastores", "ds", { hypervisors: ["hv"], ...more });
const of = (tenant: string, more: Partial<Vm> = {}, encrypted?: boolean): Partial<Vm> => ({ tenant, disks: [{ datastore: "ds", ...(encrypted === undefined ? {} : { encrypted }) }], ...more });

describe("RES-005", () => {
  it("fires where two tenants share a datastore that does not erase", () => {
    expect(severities(res005, store({ secureErase: false }).vm("a1", "hv", {}, of("a")).vm("b1", "hv", {}, of("b")).build())).toEqual({ ds: "medium" });
    expect(run(res005, store({ secureErase: false }).vm("a1", "hv", {}, of("a")).vm("a2", "hv", {}, of("a")).build())).toEqual([]);
  });

  it("says that encryption is not known where disks do not say", () => {
    const detail = (encrypted?: boolean) => run(res005, store({ secureErase: false }).vm("a1", "hv", {}, of("a", {}, encrypted)).vm("b1", "hv", {}, of("b", {}, encrypted)).build())[0]?.detail;
    expect(detail(false)).toContain("disks in clear of 2 VMs");
    expect(detail()).toContain("disks that nothing is known to encrypt of 2 VMs");
  });

  it("fires for a sensitive VM of one tenant", () => {
    expect(severities(res005, store({ secureErase: false }).vm("a1", "hv", {}, of("a", { sensitive: true })).build())).toEqual({ ds: "medium" });
  });

  it("does not fire where it erases, where nothing says, or where the key can be destroyed", () => {
    const two = (more: Partial<RecordOf<"datastores">>, encrypted?: boolean): Drawing => store(more).vm("a1", "hv", {}, of("a", {}, encrypted)).vm("b1", "hv", {}, of("b", {}, encrypted));
    expect(run(res005, two({ secureErase: true }).build())).toEqual([]);
    expect(run(res005, two({}).build())).toEqual([]);
    expect(run(res005, two({ secureErase: false, encrypted: true }).build())).toEqual([]);
    expect(run(res005, two({ secureErase: false }, true).build())).toEqual([]);
  });

  it("closes by erasing or encrypting", () => {
    expect(closingFixes(res005, store({ secureErase: false }).vm("a1", "hv", {}, of("a")).vm("b1", "hv", {}, of("b")).build())).toEqual({ ds: ["Erase disks on ds when they are deleted", "Encrypt ds"] });
  });
});
