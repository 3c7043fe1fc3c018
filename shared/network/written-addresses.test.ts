import { expect, it } from "vitest";
import { PlacedEnd } from "./placed-end";
import { WrittenAddresses } from "./written-addresses";

const end = (...addresses: string[]): PlacedEnd => new PlacedEnd("managementInterfaces", "m", undefined, addresses);
const read = (...ends: PlacedEnd[]): WrittenAddresses => new WrittenAddresses({ ends, idle: ["10.9.0.1/24"] });

it("keeps the one IPv4 address of an end as a number, with its prefix length", () => {
  const written = read(end("10.0.0.1/24"), end("255.255.255.255/0"));
  const found: [number, number][] = [];
  written.eachIpv4((value, length) => found.push([value, length]));
  expect(found).toEqual([[0x0a000001, 24], [0xffffffff, 0]]);
  expect([0, 1].map((index) => written.ipv4Of(index))).toEqual([0x0a000001, 0xffffffff]);
});

it.each([
  ["several", ["10.0.0.1/24", "10.0.1.1/24"]], ["IPv6", ["fd00::1/64"]], ["no prefix length", ["10.0.0.1"]], ["a prefix length with a zero in front", ["10.0.0.1/08"]],
  ["a prefix length beyond 32", ["10.0.0.1/33"]], ["none at all", []],
])("leaves to the others: %s", (_, addresses) => {
  const written = read(end(...addresses));
  expect(written.ipv4Of(0)).toBe(-1);
  expect(written.others).toEqual(["10.9.0.1/24", ...addresses]);
});
