import { describe, expect, it } from "vitest";
import type { Topology } from "../../model/topology";
import { access, draw, trunkPort, type Drawing } from "../../network/testing";
import { check } from "../testing";
import { Board } from "./board";
import { connect } from "./connect";

const intent = { id: "q1", from: ["external:net"], to: ["vm:v1"], services: ["tcp/443"] };

function apart(): Drawing {
  return draw().hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("20"))
    .portGroup("pg", "s1", access(110)).vm("v1", "h1", { eth0: { portGroup: "pg", addresses: ["10.1.0.5/24"], gateway: "10.1.0.1" } }).external("net", { physicalSwitch: "tor-1", vlan: 20 });
}

function connected(document: Topology): Topology {
  const board = new Board(document);
  expect(connect(board, check(document).network.layer2, "net", "v1", intent)).toBe(true);
  return board.topology;
}

describe("connect", () => {
  it("adds a firewall that denies by default where there is no forwarder, carries the VLAN to it, and lets exactly the flow through", () => {
    const after = connected(apart().build());
    expect(after.uplinks?.["u1"]?.port).toMatchObject({ allowed: "20,110" });
    const [[, firewall] = []] = Object.entries(after.firewalls ?? {});
    expect(firewall).toMatchObject({ defaultAction: "deny", rules: [{ from: ["external:net"], to: ["vm:v1"], services: ["tcp/443"] }] });
    expect(Object.values(firewall?.interfaces ?? {})).toContainEqual({ physicalSwitch: "tor-1", vlan: 110, addresses: ["10.1.0.1/24"] });
    const { network } = check(after);
    expect(network.trace(["net"], ["v1"]).services).toEqual(["tcp/443"]);
    expect(network.trace(["v1"], ["net"]).reachable).toBe(false);
  });

  it("uses the firewall that is in one of the segments", () => {
    const after = connected(apart().put("firewalls", "edge", { interfaces: { outside: { physicalSwitch: "tor-1", vlan: 20 } } }).build());
    expect(Object.keys(after.firewalls ?? {})).toEqual(["edge"]);
    expect(check(after).network.trace(["net"], ["v1"]).services).toEqual(["tcp/443"]);
  });

  it("keeps a new interface of a router that allows by default apart from its others", () => {
    const drawing = apart().external("other", { physicalSwitch: "tor-1", vlan: 30 })
      .put("routers", "gw", { interfaces: { outside: { physicalSwitch: "tor-1", vlan: 20 }, other: { physicalSwitch: "tor-1", vlan: 30 } } });
    const { network } = check(connected(drawing.build()));
    expect(network.trace(["net"], ["v1"]).services).toEqual(["tcp/443"]);
    expect(network.trace(["other"], ["v1"]).reachable).toBe(false);
    expect(network.trace(["net"], ["other"]).reachable).toBe(true);
  });

  it("passes over a stateless filter, which would need a way back for every answer", () => {
    const after = connected(apart().put("firewalls", "old", { stateful: false, interfaces: { outside: { physicalSwitch: "tor-1", vlan: 20 } } }).build());
    expect(Object.keys(after.firewalls ?? {})).toHaveLength(2);
  });
});
