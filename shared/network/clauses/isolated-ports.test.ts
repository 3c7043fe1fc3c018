/** Semantics, section 3: ports that exchange no frames with one another, on one bridge only. */
import { describe, expect, it } from "vitest";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import { access, trunkPort, type Drawing } from "../testing";
import { framesOf, listening, oneSwitch, pairsOf } from "./asking";

const isolated = { isolatedPorts: true };
const SWITCHES: [VirtualSwitch["kind"], Partial<VirtualSwitch>][] = [["linux-bridge", {}], ["linux-bridge", { vlanAware: true }], ["open-vswitch", {}]];

describe.each(SWITCHES)("isolated ports on %s %j", (kind, more) => {
  const network = (): Drawing => oneSwitch(kind, more).portGroup("i", "s1", access(10), isolated).portGroup("j", "s1", access(10), isolated).portGroup("n", "s1", access(10))
    .vm("a", "h1", "i", { tenant: "ta" }).vm("b", "h1", "i", { tenant: "tb" }).vm("c", "h1", "j", { tenant: "tb" }).vm("d", "h1", "n", { tenant: "tb" });

  it("do not talk to one another, but do to the others", () => {
    expect(framesOf(network(), "a")).toEqual({ d: "both" });
    expect(framesOf(network(), "d")).toEqual({ a: "both", b: "both", c: "both" });
  });

  it("are isolated pairs: not in the matrix at all", () => {
    expect(pairsOf(network(), "a")).toEqual({ d: "2 both any - violating" });
  });

  it("talk to isolated ports of another bridge over the uplinks", () => {
    const vlanAware = more.vlanAware === undefined ? {} : { vlanAware: more.vlanAware };
    const across = listening(network(), "tor", 10).hypervisor("h2").vswitch("s2", kind, "h2", vlanAware).portGroup("k", "s2", access(10), isolated).vm("e", "h2", "k", { tenant: "tb" })
      .uplink("u1", "s1", "h1", "tor", trunkPort("10")).uplink("u2", "s2", "h2", "tor", trunkPort("10"));
    expect(framesOf(across, "a")).toEqual({ d: "both", e: "both", x10: "both" });
  });

  it("reach one another through a router on a port that is not isolated", () => {
    const routed = network().put("routers", "r", { hypervisor: "h1", interfaces: { in: { portGroup: "n" } } });
    expect(pairsOf(routed, "a")).toMatchObject({ b: "3 - any - violating", c: "3 - any - violating" });
  });
});

it("isolatedPorts absent or false: ports talk", () => {
  const plain = oneSwitch("linux-bridge").portGroup("i", "s1", access(10), { isolatedPorts: false }).vm("a", "h1", "i", { tenant: "ta" }).vm("b", "h1", "i", { tenant: "tb" });
  expect(framesOf(plain, "a")).toEqual({ b: "both" });
});
