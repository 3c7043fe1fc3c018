import { expect, it } from "vitest";
import { add, complaints } from "../testing";

it("takes interfaces of the rule's own device only", () => {
  expect(complaints(add("/firewalls/fw/rules/0/in", "in"), add("/firewalls/fw/rules/0/out", "out"))).toEqual([]);
  expect(complaints(add("/firewalls/fw/rules/0/in", "eth0"))).toEqual([
    '$.firewalls.fw.rules[0].in: names nothing in $.firewalls.fw.interfaces: "eth0"; the id of one of $.firewalls.fw.interfaces',
  ]);
  expect(complaints(add("/firewalls/fw/rules/0/out", "toString"))).toHaveLength(1);
});

it("takes no interface in a distributed firewall", () => {
  expect(complaints(add("/distributedFirewalls/dfw/rules/0/in", "in"))[0]).toMatch("a distributed firewall filters at every vNIC");
});
