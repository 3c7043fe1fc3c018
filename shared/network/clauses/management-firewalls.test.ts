/** Semantics, sections 3 to 5: a management interface's own firewall is the last filter of every path to it. */
import { describe, expect, it } from "vitest";
import { compileNetwork } from "../network";
import { analyze } from "../../analysis/analyze";
import { interfaces, nic, pairOf, TODAY, twoTenants } from "../fixtures/two-tenants";
import type { Drawing } from "../testing";
import { pairsOf } from "./asking";

type Firewall = { enabled?: boolean; allowedSources?: string[]; ports?: string[] };
const managed = (firewall?: Firewall): Drawing => twoTenants().put("routers", "r", { interfaces: interfaces(10, 20, 30) })
  .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p30", addresses: ["10.3.0.5/24"], ...(firewall === undefined ? {} : { firewall }) });
const fromA = (firewall?: Firewall): string | undefined => pairsOf(managed(firewall), "a")["vmk0"];

describe("a management interface's own firewall", () => {
  it("absent: unknown, naming the field", () => {
    expect(fromA()).toBe("3 - - - unknown $.managementInterfaces.vmk0.firewall");
  });

  it("enabled false: open, whatever else it says", () => {
    expect(fromA({ enabled: false })).toBe("3 - any - violating");
    expect(fromA({ enabled: false, allowedSources: [], ports: [] })).toBe("3 - any - violating");
  });

  it("allowedSources absent: any; ports absent: every port", () => {
    expect(fromA({ enabled: true })).toBe("3 - any - violating");
    expect(fromA({ enabled: true, ports: ["tcp/443"] })).toBe("3 - tcp/443 - violating");
    expect(fromA({ enabled: true, allowedSources: ["vm:a"] })).toBe("3 - any - violating");
  });

  it("an empty list matches nothing", () => {
    expect(fromA({ enabled: true, ports: [] })).toBeUndefined();
    expect(fromA({ enabled: true, allowedSources: [] })).toBeUndefined();
  });

  it("enabled absent: what it allows is certain, the rest unknown", () => {
    expect(fromA({ allowedSources: ["cidr:10.9.0.0/24"] })).toBe("3 - - - unknown $.managementInterfaces.vmk0.firewall.enabled");
    expect(fromA({ ports: ["tcp/443"] })).toBe("3 - tcp/443 - violating");
  });

  it("matches by address, which a neighbour of an allowed source can take over", () => {
    expect(fromA({ enabled: true, allowedSources: ["vm:b"] })).toBeUndefined();
    const near = managed({ enabled: true, allowedSources: ["vm:n"] }).vm("n", "h1", nic("p10", "10.1.0.9/24"), { tenant: "ta" });
    expect(pairsOf(near, "a")["vmk0"]).toBe("3 - any - violating");
  });

  it("filters within the segment too, where frames pass all the same", () => {
    const near = managed({ enabled: true, allowedSources: [] }).vm("a", "h1", nic("p30", "10.3.0.9/24"), { tenant: "ta" });
    expect(pairsOf(near, "a")["vmk0"]).toBe("2 both - - isolated");
  });

  it("does not filter what management opens, nor its answers", () => {
    expect(pairOf(managed({ enabled: true, allowedSources: [] }), "vmk0", "a")).toBe("any / - / permitted / 3 / -");
  });

  it("stands behind the firewalls on the way: the meet of both", () => {
    const both = managed({ enabled: true, ports: ["tcp/443", "tcp/902"] }).put("routers", "r", { interfaces: interfaces(10, 30), defaultAction: "deny", rules: [{ id: "x", action: "allow", services: ["tcp/902-1000"] }] });
    expect(pairOf(both, "a", "vmk0")).toBe("tcp/902 / - / violating / 3 / -");
  });
});

describe("management in the summary", () => {
  const exposedTo = (drawing: Drawing): readonly string[] => analyze(drawing.build(), { assume: "hostile", today: TODAY }).summary.managementExposedTo;

  it("names tenants and externals that reach it beyond the policy, sorted", () => {
    expect(exposedTo(managed({ enabled: false }).external("an-outside", { physicalSwitch: "tor-1", vlan: 30 }))).toEqual(["an-outside", "ta", "tb"]);
    expect(exposedTo(managed({ enabled: true, allowedSources: ["vm:b"] }))).toEqual(["tb"]);
    expect(exposedTo(managed({ enabled: true, allowedSources: [] }))).toEqual([]);
  });

  it("counts BMCs", () => {
    expect(exposedTo(twoTenants().put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 20 } }))).toEqual(["tb"]);
  });

  it("leaves out what the policy allows", () => {
    const document = { ...managed({ enabled: false }).build(), policy: { allow: [{ id: "p", from: ["tenant:ta"], to: ["management"] }] } };
    expect(analyze(document, { assume: "hostile", today: TODAY }).summary.managementExposedTo).toEqual(["tb"]);
  });
});

it("a BMC is a row of its own, host/bmc, with no firewall", () => {
  const network = compileNetwork(twoTenants().put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.200/24"] } }).build(), { assume: "hostile", today: TODAY });
  expect(network.parties.map(({ id }) => id)).toEqual(["a", "b", "h1-host/bmc"]);
  expect(network.pair("a", "h1-host/bmc")).toMatchObject({ layer: 2, frames: "both", verdict: "violating" });
});
