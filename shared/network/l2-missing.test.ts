import { describe, expect, it } from "vitest";
import { compileLayer2 } from "./layer2";
import { access, draw, guestTrunk, trunkPort, untagged, type Drawing } from "./testing";

/** `heard`, `isolated`, or the fields that it depends on. */
function verdict(drawing: Drawing, from: string, to: string): string | readonly string[] {
  const layer2 = compileLayer2(drawing.build());
  const [a, b] = [layer2.endsOf(from)[0], layer2.endsOf(to)[0]];
  if (a === undefined || b === undefined) throw new Error(`${from} ${to}`);
  if (layer2.hears(a, b)) {
    expect([layer2.mayHear(a, b), layer2.missing(a, b)]).toEqual([false, []]);
    return "heard";
  }
  return layer2.mayHear(a, b) ? layer2.missing(a, b) : "isolated";
}

const hosts = (): Drawing => draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
  .portGroup("p10", "s1", access(10)).portGroup("p20", "s1", access(20)).portGroup("q10", "s2", access(10)).portGroup("q20", "s2", access(20))
  .vm("a", "h1", "p10").vm("b", "h1", "p20").vm("c", "h2", "q10").vm("d", "h2", "q20");

describe("an uplink", () => {
  it("whose port is absent makes unknown what depends on it, and nothing else", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1").uplink("u2", "s2", "h2", "tor-1", trunkPort("10")).vm("a2", "h1", "p10");
    expect(verdict(network, "a", "c")).toEqual(["$.uplinks.u1.port"]);
    expect(verdict(network, "c", "a")).toEqual(["$.uplinks.u1.port"]);
    expect(verdict(network, "a", "a2")).toBe("heard");
    expect(verdict(network, "a", "b")).toBe("isolated");
    expect(verdict(network, "b", "d")).toBe("isolated");
  });

  it("whose allowed list is absent, by its own path", () => {
    const network = hosts().uplink("up.1", "s1", "h1", "tor-1", trunkPort(undefined, 1)).uplink("u2", "s2", "h2", "tor-1", trunkPort("10"));
    expect(verdict(network, "a", "c")).toEqual(['$.uplinks["up.1"].port.allowed']);
  });

  it("that is not drawn is not there", () => {
    expect(verdict(hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("10")), "a", "c")).toBe("isolated");
  });
});

it("both unknown uplinks on a way are named, and both of a team", () => {
  const network = hosts().uplink("u1", "s1", "h1", "tor-1").uplink("u2", "s2", "h2", "tor-1").uplink("u3", "s2", "h2", "tor-1");
  expect(verdict(network, "a", "c")).toEqual(["$.uplinks.u1.port", "$.uplinks.u2.port", "$.uplinks.u3.port"]);
});

it("an unknown cable beside a known one is not named", () => {
  const network = hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("10")).uplink("u2", "s2", "h2", "tor-2")
    .trunk("known", "tor-1", trunkPort("10"), "tor-2", trunkPort("10")).trunk("unknown", "tor-1", undefined, "tor-2", undefined);
  expect(verdict(network, "a", "c")).toEqual(["$.uplinks.u2.port"]);
});

describe("a trunk", () => {
  const base = (): Drawing => draw().physicalSwitch("t1", "t2").station("a10", "t1", 10).station("a20", "t1", 20).station("b10", "t2", 10).station("b20", "t2", 20);

  it("with an unknown end may join any VLAN to the other end's untagged frames", () => {
    const network = base().trunk("t", "t1", trunkPort("10,20", 20), "t2", undefined);
    expect(verdict(network, "a10", "b10")).toEqual(["$.trunks.t.b.port"]);
    expect(verdict(network, "a20", "b10")).toEqual(["$.trunks.t.b.port"]);
    expect(verdict(network, "a10", "b20")).toBe("isolated");
    expect(verdict(network, "a10", "a20")).toBe("isolated");
  });

  it("with two unknown ends names both", () => {
    expect(verdict(base().trunk("t", "t1", undefined, "t2", trunkPort()), "a10", "b10")).toEqual(["$.trunks.t.a.port", "$.trunks.t.b.port.allowed"]);
  });

  it("without a native VLAN lets no untagged frame pass, known or not", () => {
    expect(verdict(base().trunk("t", "t1", trunkPort("all"), "t2", trunkPort()), "a10", "b20")).toBe("isolated");
  });
});

describe("a guest trunk without a list", () => {
  it("is unknown beyond its native VLAN", () => {
    const network = hosts().portGroup("t", "s1", guestTrunk(undefined, 10)).vm("g", "h1", "t");
    expect(verdict(network, "g", "a")).toBe("heard");
    expect(verdict(network, "g", "b")).toEqual(["$.portGroups.t.vlan.allowed"]);
    expect(verdict(network, "b", "g")).toEqual(["$.portGroups.t.vlan.allowed"]);
  });

  it("is a trunk of all on Open vSwitch", () => {
    const network = draw().hypervisor("h").vswitch("s", "open-vswitch", "h").portGroup("t", "s", guestTrunk()).portGroup("p", "s", access(10)).vm("g", "h", "t").vm("a", "h", "p");
    expect(verdict(network, "g", "a")).toBe("heard");
  });
});

it("a router's interface on a physical switch without a VLAN could be in any", () => {
  const network = draw().physicalSwitch("tor").station("x", "tor", 10).put("routers", "gw", { interfaces: { i: { physicalSwitch: "tor" } } });
  expect(verdict(network, "gw", "x")).toEqual(["$.routers.gw.interfaces.i.vlan"]);
  expect(verdict(network, "x", "gw")).toEqual(["$.routers.gw.interfaces.i.vlan"]);
});

it("a passthrough vNIC rests on the port that it sits on", () => {
  const network = hosts().vm("sr", "h1", { n: { portGroup: "p10", passthrough: "sriov" } }).uplink("u1", "s1", "h1", "tor-1").station("x", "tor-1", 10);
  expect(verdict(network, "sr", "x")).toEqual(["$.uplinks.u1.port"]);
});

it("an absent VLAN is a default, not an unknown", () => {
  expect(verdict(draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("p", "s").portGroup("q", "s", untagged).vm("a", "h", "p").vm("b", "h", "q"), "a", "b")).toBe("heard");
});
