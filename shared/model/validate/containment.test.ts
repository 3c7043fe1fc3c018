import { expect, it } from "vitest";
import { add, complaints } from "../testing";

it("refuses a hypervisor whose host is a VM that it runs", () => {
  expect(complaints(add("/hypervisors/hv-2/host", "db"))).toEqual([
    '$.hypervisors.hv-2.host: names one of $.vms, not of $.hosts: "db"; the id of one of $.hosts',
    '$.hypervisors.hv-2.host: a cycle of containment, hv-2 in db in hv-2: "db"; the id of one of $.hosts',
  ]);
});

it("refuses a record that contains itself, and does not walk for ever beside a cycle", () => {
  const lines = complaints(add("/portGroups/pg-2/virtualSwitch", "pg-2"), add("/vms/db/hypervisor", "pg-2"));
  expect(lines).toContain('$.portGroups.pg-2.virtualSwitch: a cycle of containment, pg-2 in pg-2: "pg-2"; the id of one of $.virtualSwitches');
  expect(lines.filter((line) => line.includes("cycle"))).toHaveLength(1);
});
