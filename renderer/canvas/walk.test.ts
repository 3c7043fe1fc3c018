import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { beginning, into, outOf, walk, type Direction } from "./walk";

const on = (host: "1" | "2") => ({ name: host, hypervisor: `esx-${host}`, nics: { eth0: { portGroup: `prod-${host}` } } });
const twice = <T>(make: (host: "1" | "2") => T, name: string): Record<string, T> => ({ [`${name}-1`]: make("1"), [`${name}-2`]: make("2") });
/** Two hosts alike, each with two VMs and a management interface on one port group, under one physical switch. */
const topology: Topology = {
  format: FORMAT, name: "two hosts",
  physicalSwitches: { "tor-1": { name: "tor-1" } },
  hosts: twice((host) => ({ name: `srv-${host}`, nics: { vmnic0: {} } }), "srv"),
  hypervisors: twice((host) => ({ name: `esx-${host}`, host: `srv-${host}`, platform: "esxi" as const }), "esx"),
  virtualSwitches: twice((host) => ({ name: "vSwitch0", kind: "standard" as const, hypervisors: [`esx-${host}`] }), "vsw"),
  portGroups: twice((host) => ({ name: "Production", virtualSwitch: `vsw-${host}`, vlan: { mode: "access" as const, id: 100 } }), "prod"),
  uplinks: twice((host) => ({ virtualSwitch: `vsw-${host}`, hypervisor: `esx-${host}`, physicalSwitch: "tor-1" }), "up"),
  vms: { "a-web": on("1"), "b-app": on("1"), "a-db": on("2"), "b-db": on("2") },
};
const scene = buildScene(topology);
const ways = (from: string): string[] => (["left", "right", "up", "down"] as const).map((direction) => walk(scene, from, direction) ?? "-");

describe("walking", () => {
  it("goes from VM to VM sideways, also into the next host", () => {
    expect(walk(scene, "a-web", "right")).toBe("b-app");
    expect(walk(scene, "b-app", "right")).toBe("a-db");
    expect(walk(scene, "a-db", "left")).toBe("b-app");
  });

  it("follows cables down to the port group and up again", () => {
    expect(walk(scene, "a-web", "down")).toBe("prod-1");
    expect(["a-web", "b-app"]).toContain(walk(scene, "prod-1", "up"));
    expect(walk(scene, "vsw-1", "down")).toBe("tor-1");
    expect(["vsw-1", "vsw-2"]).toContain(walk(scene, "tor-1", "up"));
  });

  it("goes into a thing and out of it", () => {
    expect(into(scene, "srv-1")).toBe("esx-1");
    expect(outOf(scene, "esx-1")).toBe("srv-1");
    expect(outOf(scene, "srv-1")).toBeUndefined();
    expect(into(scene, "a-web")).toBeUndefined();
    expect(beginning(scene)).toBe("srv-1");
  });

  it("never leads into what a thing is inside of, and stays where there is nothing more", () => {
    for (const { id } of scene.nodes) for (const to of ways(id)) expect(scene.node.get(to)?.parent === id || scene.node.get(id)?.parent === to).toBe(false);
    expect(walk(scene, "nowhere", "up")).toBeUndefined();
  });

  it("reaches every thing from the beginning", () => {
    const seen = new Set<string>();
    const open = [beginning(scene) ?? ""];
    const directions: readonly Direction[] = ["left", "right", "up", "down"];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      open.push(...[into(scene, id), outOf(scene, id), ...directions.map((direction) => walk(scene, id, direction))].filter((to) => to !== undefined));
    }
    expect(scene.nodes.filter(({ id }) => !seen.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
