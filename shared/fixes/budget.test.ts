import { describe, expect, it } from "vitest";
import { draw } from "../network/testing";
import { check } from "../rules/testing";
import { Budget } from "./budget";

const network = { title: "", edits: [{ op: "remove", path: "/uplinks/u" } as const] };
const beside = { title: "", edits: [{ op: "remove", path: "/vms/v/guest" } as const] };

function vms(count: number): ReturnType<typeof check> {
  const drawing = draw().hypervisor("h1");
  for (let index = 0; index < count; index += 1) drawing.vm(`v${index}`, "h1", {});
  return check(drawing.build());
}

function affordable(count: number, candidate: typeof network | typeof beside): number {
  const budget = new Budget(vms(count));
  let spent = 0;
  while (budget.spend(candidate)) spent += 1;
  return spent;
}

describe("Budget", () => {
  it("verifies fewer fixes the larger the document, and more of those beside the network", () => {
    expect(affordable(10, network)).toBeGreaterThan(100);
    expect(affordable(300, network)).toBeLessThan(20);
    expect(affordable(300, beside)).toBeGreaterThan(affordable(300, network));
  });

  it("knows when nothing more can be paid", () => {
    const budget = new Budget(vms(10));
    expect(budget.isSpent).toBe(false);
    while (budget.spend(beside)) continue;
    expect(budget.isSpent).toBe(true);
    expect(budget.spendOnPlan(1)).toBe(false);
  });

  it("says of a document too large for any change of its network, for which candidates need not be made", () => {
    expect(new Budget(vms(300)).isTooSmallForNetworks).toBe(false);
    expect([new Budget(vms(4001)).isTooSmallForNetworks, affordable(4001, network), affordable(4001, beside)]).toEqual([true, 0, 3]);
  });
});
