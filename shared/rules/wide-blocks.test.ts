import { expect, it } from "vitest";
import { draw } from "../network/testing";
import { WrittenSubnets } from "./wide-blocks";

const addresses = (...list: string[]) => ({ eth0: { addresses: list } });
const subnets = new WrittenSubnets(draw().hypervisor("hv").vm("a", "hv", addresses("10.1.0.5/24", "10.1.0.9/28", "fd00:1::5/64")).vm("b", "hv", addresses("10.1.2.5/24", "10.9.0.1/16")).build());

it("measures what a block holds beyond the subnets in it", () => {
  expect(subnets.excess("cidr:10.1.0.0/23")).toBeUndefined();
  expect(subnets.excess("cidr:10.1.0.0/22")).toMatchObject({ addresses: 512n });
  expect(subnets.excess("cidr:10.1.0.0/22")?.subnets).toHaveLength(2);
  expect(subnets.excess("cidr:fd00:1::/48")?.addresses).toBe((1n << 80n) - (1n << 64n));
});

it("says nothing of blocks inside a subnet, outside the document, of everything, and of other selectors", () => {
  for (const selector of ["cidr:10.9.3.0/24", "cidr:192.0.2.0/16", "cidr:0.0.0.0/0", "tenant:a", "any"]) expect(subnets.excess(selector)).toBeUndefined();
});
