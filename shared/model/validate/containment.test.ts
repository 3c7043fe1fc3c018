import { expect, it } from "vitest";
import { add, complaints } from "../testing";

it("refuses a hypervisor whose host is a VM that it runs", () => {
  expect(complaints(add("/hypervisors/hv-2/host", "db"))).toEqual([
    '$.hypervisors.hv-2.host: names one of $.vms, not of $.hosts: "db"; the id of one of $.hosts',
    '$.hypervisors.hv-2.host: a cycle of containment, hv-2 in db in hv-2: "db"; the id of one of $.hosts',
  ]);
});

it("refuses a record that contains itself, however one comes to it", () => {
  const lines = complaints(add("/portGroups/pg-2/virtualSwitch", "pg-2"), add("/hypervisors/hv-2/host", "pg-2"));
  expect(lines.filter((line) => line.includes("cycle"))).toEqual(['$.portGroups.pg-2.virtualSwitch: a cycle of containment, pg-2 in pg-2: "pg-2"; the id of one of $.virtualSwitches']);
});

it("tells one line for a cycle of a hundred thousand", () => {
  const count = 100_000;
  const vms = Object.fromEntries(Array.from({ length: count }, (_, i) => [`vm-${i}`, { name: "x", hypervisor: `vm-${(i + 1) % count}` }]));
  const lines = complaints(add("/vms", vms)).filter((line) => line.includes("cycle"));
  expect(lines).toEqual(['$.vms.vm-0.hypervisor: a cycle of containment, vm-0 in vm-1 in vm-2 in vm-3 in vm-4 in vm-5 in … in vm-0: "vm-1"; the id of one of $.hypervisors']);
});
