import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw008 } from "./FW-008-unlogged-boundary";

const drawing = (...rules: Partial<Rule>[]): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "distributed", "hv").portGroup("pg", "sw", access(10)).vm("a1", "hv", "pg", { tenant: "a" }).vm("b1", "hv", "pg", { tenant: "b" })
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg", services: ["management"] })
    .put("distributedFirewalls", "dfw", { rules: rules.map((rule, index): Rule => ({ id: `r${index}`, action: "deny", ...rule })), defaultAction: "deny" });
const crossing = { from: ["tenant:a"], to: ["tenant:b"] };

describe("FW-008", () => {
  it("fires for rules between tenants and to management that are not logged", () => {
    expect(severities(fw008, drawing({ ...crossing, log: false }).build())).toEqual({ dfw: "low" });
    expect(severities(fw008, drawing({ action: "allow", from: ["tenant:a"], to: ["management"], services: ["tcp/443"] }).build())).toEqual({ dfw: "low" });
  });

  it("says that an absent log is taken to be off", () => {
    expect(run(fw008, drawing(crossing).build())[0]?.detail).toContain("log is not set on r0 and off is assumed");
    expect(run(fw008, drawing({ ...crossing, log: false }).build())[0]?.detail).not.toContain("assumed");
  });

  it("fires for a last rule that denies the rest without a trace", () => {
    expect(severities(fw008, drawing({}).build())).toEqual({ dfw: "low" });
    expect(run(fw008, drawing({ log: true }).build())).toEqual([]);
  });

  it("does not fire for what is logged, switched off, or inside one tenant, nor for a default action", () => {
    expect(run(fw008, drawing({ ...crossing, log: true }).build())).toEqual([]);
    expect(run(fw008, drawing({ ...crossing, enabled: false }).build())).toEqual([]);
    expect(run(fw008, drawing({ action: "allow", from: ["tenant:a"], to: ["tenant:a"] }).build())).toEqual([]);
    expect(run(fw008, drawing().build())).toEqual([]);
  });

  it("judges firewalls as it does distributed ones, and closes by logging", () => {
    const rules: Rule[] = [{ id: "r", action: "allow", ...crossing, services: ["tcp/443"] }];
    const firewall = draw().tenant("a").tenant("b").hypervisor("hv").vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).put("firewalls", "fw", { rules }).build();
    expect(closingFixes(fw008, firewall)).toEqual({ fw: ["Log 1 rule of fw"] });
  });
});
