import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import { PLACEMENTS } from "../analysis/result";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort } from "../network/testing";
import { AttackGraph } from "./graph";
import { Ways } from "./ways";

const sample = (name: string): Topology => JSON.parse(readFileSync(`assets/samples/${name}.bulkhead.json`, "utf8")) as Topology;

/** Many tenants in VLANs of their own behind a gateway that allows everything but what goes to one of them. */
function behindGateway(): Topology {
  const drawing = draw().physicalSwitch("tor").hypervisor("h1", "proxmox").hypervisor("h2", "proxmox").vswitch("s", "distributed", ["h1", "h2"])
    .uplink("u1", "s", "h1", "tor", trunkPort("10-30")).uplink("u2", "s", "h2", "tor", trunkPort("10-30"));
  const interfaces: Record<string, object> = {};
  for (let index = 0; index < 12; index += 1) {
    const vlan = 10 + index;
    drawing.tenant(`t${index}`).portGroup(`p${index}`, "s", access(vlan));
    interfaces[`i${index}`] = { physicalSwitch: "tor", vlan, addresses: [`10.0.${vlan}.1/24`] };
    for (let each = 0; each < 3; each += 1) {
      const nic = { portGroup: `p${index}`, addresses: [`10.0.${vlan}.${10 + each}/24`], gateway: `10.0.${vlan}.1` };
      drawing.vm(`v${index}-${each}`, each === 0 ? "h1" : "h2", { eth0: nic }, { tenant: `t${index}`, ...(index === 4 ? { devices: ["floppy"] } : {}) });
    }
  }
  drawing.put("managementInterfaces", "m1", { hypervisor: "h1", portGroup: "p7", addresses: ["10.0.17.2/24"], firewall: { enabled: false } });
  return drawing.put("routers", "gw", { interfaces, rules: [{ id: "r", action: "deny", to: ["tenant:t5"] }, { id: "s", action: "deny", from: ["tenant:t6"] }] }).build();
}

describe("the search", () => {
  it.each([["flawed-scenario", sample("flawed-scenario")], ["three-tier", sample("three-tier")], ["a gateway that allows by default", behindGateway()]] as const)("finds as much, as cheaply, as without its shortcuts: %s", (_, topology) => {
    const evaluation = evaluate(topology, { today: "2026-11-26" }, { paths: false });
    for (const placement of PLACEMENTS) {
      const graph = new AttackGraph(evaluation, placement);
      for (const { id } of evaluation.network.parties) {
        // Whatever may be closed is looked at one by one.
        const [quick, whole] = [new Ways(graph, { from: [id], to: undefined }), new Ways(graph, { from: [id], to: undefined }, () => false)];
        expect(quick.reached).toEqual(whole.reached);
        expect(quick.count).toBe(whole.count);
        expect(quick.paths.map(({ cost }) => cost)).toEqual(whole.paths.map(({ cost }) => cost));
      }
    }
  });
});
