import { describe, expect, it } from "vitest";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm002 } from "./VM-002-shared-folders";

const hosts = (): Drawing => draw().tenant("a").tenant("b").hypervisor("hv", "virtualbox").hypervisor("other", "virtualbox");
const sees = (tenant: string, hostPath: string, writable?: boolean) => ({ tenant, guest: { sharedFolders: [{ hostPath, ...(writable === undefined ? {} : { writable }) }] } });

describe("VM-002", () => {
  it("needs a shared folder", () => {
    expect(run(vm002, hosts().vm("a1", "hv", {}, { tenant: "a", guest: { sharedFolders: [] } }).vm("a2", "hv", {}, { tenant: "a" }).build())).toEqual([]);
  });

  it("is high where it is writable, or does not say that it is not, else medium", () => {
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/x", true)).build())).toEqual({ a1: "high" });
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/x")).build())).toEqual({ a1: "high" });
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/x", false)).build())).toEqual({ a1: "medium" });
  });

  it("is critical where another tenant on the host sees the same path, even read only", () => {
    const drawing = hosts().vm("a1", "hv", {}, sees("a", "/srv/x/", false)).vm("b1", "hv", {}, sees("b", "/srv//x", false));
    expect(severities(vm002, drawing.build())).toEqual({ a1: "critical", b1: "critical" });
    expect(run(vm002, drawing.build())[0]?.detail).toContain("b1 of b sees the same place");
  });

  it("knows one path inside another, and not one beside it", () => {
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv", false)).vm("b1", "hv", {}, sees("b", "/srv/x", false)).build())).toEqual({ a1: "critical", b1: "critical" });
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/xy", false)).vm("b1", "hv", {}, sees("b", "/srv/x", false)).build())).toEqual({ a1: "medium", b1: "medium" });
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "C:\\Share", false)).vm("b1", "hv", {}, sees("b", "c:/share/in", false)).build())).toEqual({ a1: "critical", b1: "critical" });
  });

  it("keeps hosts and tenants apart", () => {
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/x", false)).vm("b1", "other", {}, sees("b", "/srv/x", false)).build())).toEqual({ a1: "medium", b1: "medium" });
    expect(severities(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/x", false)).vm("a2", "hv", {}, sees("a", "/srv/x", false)).build())).toEqual({ a1: "medium", a2: "medium" });
  });

  it("offers a fix that closes it", () => {
    expect(closingFixes(vm002, hosts().vm("a1", "hv", {}, sees("a", "/srv/x")).build())).toEqual({ a1: ["Remove 1 shared folder of a1"] });
  });
});
