import { expect, it } from "vitest";
import { add, complaints } from "../testing";

it("refuses an interface with two plugs", () => {
  expect(complaints(add("/firewalls/fw/interfaces/out/portGroup", "pg-1"))).toEqual([
    '$.firewalls.fw.interfaces.out.physicalSwitch: plugged in twice, here and into portGroup: "tor"; either portGroup, or physicalSwitch and vlan',
  ]);
});

it("refuses a physical switch without a VLAN, and says a wrong VLAN once", () => {
  expect(complaints({ op: "remove", path: "/firewalls/fw/interfaces/out/vlan" })).toEqual([
    "$.firewalls.fw.interfaces.out.vlan: missing; the VLAN of the physical switch's port, from 1 to 4094",
  ]);
  expect(complaints(add("/firewalls/fw/interfaces/out/vlan", 0))).toEqual(["$.firewalls.fw.interfaces.out.vlan: out of range: 0; a VLAN id from 1 to 4094"]);
});

it("takes an interface that is plugged in nowhere", () => {
  expect(complaints(add("/firewalls/fw/interfaces/spare", {}))).toEqual([]);
});
