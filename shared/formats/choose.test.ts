import { expect, it } from "vitest";
import { isInventory, readableFormats, readInventory } from "./choose";

const DOMAIN = "<domain type='kvm'><name>web</name></domain>";

it("knows inventories by the ends of their names, in any case", () => {
  expect(["web.xml", "WEB.XML", "net.bulkhead.json", "notes"].map(isInventory)).toEqual([true, true, false, false]);
});

it("reads files in the format that their names tell", () => {
  const result = readInventory([{ name: "web.xml", text: DOMAIN }]);
  expect(result.ok && Object.values(result.topology.vms ?? {}).map(({ name }) => name)).toEqual(["web"]);
});

it("tries every format on files whose names tell none", () => {
  expect(readInventory([{ name: "web.txt", text: DOMAIN }]).ok).toBe(true);
});

it("names the formats and the ends of their files' names", () => {
  expect(readableFormats()).toContainEqual(expect.stringMatching(/libvirt.*\(\.xml\)$/));
});

it("says where files are wrong that no format understands", () => {
  const result = readInventory([{ name: "web.xml", text: "<domain>" }]);
  expect(result.ok ? [] : result.problems.map(({ source }) => source)).toEqual([expect.stringContaining("web.xml")]);
});
