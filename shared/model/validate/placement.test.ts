import { describe, expect, it } from "vitest";
import { add, complaints } from "../testing";

describe("a port group on a switch that the hypervisor does not have", () => {
  it.each([
    [add("/vms/web/nics/eth0/portGroup", "pg-2"), "$.vms.web.nics.eth0.portGroup"],
    [add("/managementInterfaces/vmk0/portGroup", "pg-2"), "$.managementInterfaces.vmk0.portGroup"],
    [add("/firewalls/fw/interfaces/in/portGroup", "pg-2"), "$.firewalls.fw.interfaces.in.portGroup"],
    [add("/routers", { gw: { name: "gw", hypervisor: "hv-1", interfaces: { lan: { portGroup: "pg-2" } } } }), "$.routers.gw.interfaces.lan.portGroup"],
  ])("is refused: %j", (edit, place) => {
    expect(complaints(edit)).toEqual([`${place}: a port group of vs-2, which hv-1 does not have: "pg-2"; a port group of a switch on hv-1`]);
  });

  it("does not concern what is plugged in nowhere, or isolated switches without uplinks", () => {
    expect(complaints(add("/vms/web/nics/eth0", {}), { op: "remove", path: "/vms/db/nics" }, { op: "remove", path: "/uplinks" })).toEqual([]);
  });
});
