import { expect, it } from "vitest";
import { add, complaints } from "../testing";

it("refuses an id used by two records of different collections", () => {
  expect(complaints(add("/tenants/web", { name: "x" }))).toEqual([
    '$.vms.web: an id used twice (also by $.tenants.web): "web"; an id that nothing else in the document has',
  ]);
});

it("takes an id as used where its record is malformed", () => {
  expect(complaints(add("/tenants/web", 5))).toContain('$.vms.web: an id used twice (also by $.tenants.web): "web"; an id that nothing else in the document has');
});

it("lets local ids and the rules of two devices repeat", () => {
  expect(complaints(add("/vms/web/nics/web", {}), add("/hosts/host-1/nics/eth0", {}))).toEqual([]);
});

it("refuses a rule id twice in one list, and a policy id twice in the policy", () => {
  expect(complaints(
    add("/firewalls/fw/rules/-", { id: "r1", action: "deny" }),
    add("/policy/require/-", { id: "p1" }),
  )).toEqual([
    '$.policy.require[1].id: an id used twice (also by $.policy.allow[0].id): "p1"; an id of its own',
    '$.firewalls.fw.rules[1].id: an id used twice (also by $.firewalls.fw.rules[0].id): "r1"; an id of its own',
  ]);
});
