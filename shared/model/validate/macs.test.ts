import { expect, it } from "vitest";
import { add, complaints } from "../testing";

it("refuses one MAC address twice in the document, however it is written", () => {
  expect(complaints(add("/vms/db/nics/eth0/mac", "0050.5600.0001"))).toEqual([
    '$.vms.db.nics.eth0.mac: a MAC address used twice (also by $.vms.web.nics.eth0.mac): "0050.5600.0001"; an address of its own',
  ]);
  expect(complaints(add("/firewalls/fw/interfaces/in/mac", "00-50-56-00-00-01"))).toEqual([
    '$.firewalls.fw.interfaces.in.mac: a MAC address used twice (also by $.vms.web.nics.eth0.mac): "00-50-56-00-00-01"; an address of its own',
  ]);
});
