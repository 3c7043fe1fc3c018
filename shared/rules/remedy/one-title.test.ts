import { expect, it } from "vitest";
import { oneTitle } from "./one-title";

it("makes one sentence of several titles, with one capital", () => {
  expect(oneTitle(["Move A into a VLAN"])).toBe("Move A into a VLAN");
  expect(oneTitle(["Move Tenant A into a VLAN", "Disable clipboard sharing of B-DB", "Share memory within each VM only"])).toBe("Move Tenant A into a VLAN; then disable clipboard sharing of B-DB; then share memory within each VM only");
  expect(oneTitle(["Do this", "VLAN 10 goes"])).toBe("Do this; then VLAN 10 goes");
});
