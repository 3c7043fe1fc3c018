/** A small legal document for tests, and what is said when one thing in it is changed. */
import type { Edit } from "../analysis/result";
import { applyEdits } from "./edit";
import { formatProblem, parseTopology } from "./parse";
import type { Topology } from "./topology";

export const SMALL: Topology = {
  format: "bulkhead/1",
  name: "small",
  tenants: { a: { name: "A" } },
  hosts: { "host-1": { name: "h1", nics: { nic0: {} } }, "host-2": { name: "h2" } },
  physicalSwitches: { tor: { name: "tor" } },
  hypervisors: { "hv-1": { name: "hv1", host: "host-1", platform: "esxi" }, "hv-2": { name: "hv2", host: "host-2", platform: "kvm" } },
  managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "hv-1", portGroup: "pg-1" } },
  virtualSwitches: { "vs-1": { name: "vs1", kind: "standard", hypervisors: ["hv-1"] }, "vs-2": { name: "vs2", kind: "open-vswitch", hypervisors: ["hv-2"] } },
  uplinks: { "up-1": { virtualSwitch: "vs-1", hypervisor: "hv-1", hostNic: "nic0", physicalSwitch: "tor", port: { mode: "trunk", allowed: "10" } } },
  portGroups: { "pg-1": { name: "pg1", virtualSwitch: "vs-1", vlan: { mode: "access", id: 10 } }, "pg-2": { name: "pg2", virtualSwitch: "vs-2" } },
  vms: {
    web: { name: "web", hypervisor: "hv-1", tenant: "a", nics: { eth0: { portGroup: "pg-1", mac: "00:50:56:00:00:01" } } },
    db: { name: "db", hypervisor: "hv-2", nics: { eth0: { portGroup: "pg-2" } } },
  },
  firewalls: { fw: { name: "fw", hypervisor: "hv-1", interfaces: { in: { portGroup: "pg-1" }, out: { physicalSwitch: "tor", vlan: 20 } }, rules: [{ id: "r1", action: "allow" }] } },
  distributedFirewalls: { dfw: { name: "dfw", rules: [{ id: "r1", action: "deny" }] } },
  externalNetworks: { internet: { name: "Internet" } },
  policy: { allow: [{ id: "p1", from: ["any"] }], require: [{ id: "q1" }] },
};

/** The lines that a reader gets for `SMALL` after the edits; none where it is legal. */
export function complaints(...edits: readonly Edit[]): string[] {
  return complaintsAbout(JSON.stringify(applyEdits(SMALL, edits)));
}

export function complaintsAbout(input: string | Uint8Array): string[] {
  const result = parseTopology(input);
  return result.ok ? [] : result.problems.map(formatProblem);
}

export function add(path: string, value: unknown): Edit {
  return { op: "add", path, value };
}
