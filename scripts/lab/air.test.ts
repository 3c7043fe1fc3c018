import { expect, it } from "vitest";
import { access, draw, guestTrunk, isolated } from "../../shared/network/testing";
import { Air } from "./air";
import { Stations } from "./stations";

const VLANS = [10, 20, 30, 100, 101];
const apart = { isolatedPorts: true };

it("knows isolated ports in one VLAN of one switch for neighbours, though nobody there hears anybody", () => {
  const drawing = draw().hypervisor("h1").hypervisor("h2").vswitch("s", "distributed", ["h1", "h2"])
    .portGroup("trunk", "s", guestTrunk("20,30"), apart).portGroup("thirty", "s", access(30), apart).portGroup("ten", "s", access(10), apart)
    .portGroup("private", "s", isolated(100, 101), apart).portGroup("plain", "s", access(30))
    .vm("a", "h1", "trunk").vm("b", "h1", "trunk").vm("c", "h1", "thirty").vm("d", "h1", "ten").vm("e", "h2", "trunk").vm("f", "h1", "private").vm("g", "h1", "private")
    .vm("h", "h1", "plain");
  const stations = new Stations(drawing.build(), VLANS).list();
  const air = new Air([], stations, new Set());
  const near = (owner: string): string[] => stations.filter((station) => station.owner === owner)
    .flatMap((station) => stations.filter(({ index }) => air.neighbours(station).has(index)).map((other) => other.owner));
  expect(near("a")).toEqual(["a", "b", "c"]);
  expect(near("c")).toEqual(["a", "b", "c"]);
  expect(near("d")).toEqual(["d"]);
  expect(near("e")).toEqual(["e"]);
  expect(near("f")).toEqual(["f", "g"]);
  expect(near("h")).toEqual(["h"]);
});
