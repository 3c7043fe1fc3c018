/** A small legal document for tests, and what is said when one thing in it is changed. */
import fc from "fast-check";
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

const id = fc.oneof(fc.constantFrom("a", "b", "10", "9", "constructor", "a.b", "a:b"), fc.stringMatching(/^[a-z0-9][a-z0-9._:-]{0,5}$/));
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 6 }), fc.constantFrom("", "\u0000\u001b[2J", "\u202e", "\ud800", "\u2028", '"\\'));
const sparse = <T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }, required: (keyof T)[]): fc.Arbitrary<T> =>
  fc.record<T, keyof T>(fields, { requiredKeys: required, noNullPrototype: true }) as fc.Arbitrary<T>;

/** Documents that hold their references, with hostile text and ids; the same kinds and fields come in every order. */
export const anyTopology: fc.Arbitrary<Topology> = fc.uniqueArray(id, { maxLength: 8 }).chain((ids) => {
  const [tenants, groups, vms] = [0, 1, 2].map((part) => ids.filter((_, index) => index % 3 === part)) as [string[], string[], string[]];
  const keyed = <T>(keys: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
    fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), value))).map((entries) => Object.fromEntries(entries) as Record<string, T>);
  return sparse<Topology>({
    vms: keyed(vms, sparse({ nics: fc.dictionary(id, sparse({ guestVlans: fc.array(fc.integer({ min: 1, max: 4094 }), { maxLength: 3 }), name: text }, []), { maxKeys: 3, noNullPrototype: true }), hypervisor: fc.constant("hv"), tags: fc.array(text, { maxLength: 3 }), name: text }, ["name", "hypervisor"])),
    name: text,
    portGroups: keyed(groups, sparse({ vlan: fc.oneof(fc.constant({ mode: "untagged" as const }), fc.record({ id: fc.integer({ min: 1, max: 4094 }), mode: fc.constant("access" as const) }, { noNullPrototype: true })), virtualSwitch: fc.constant("vs"), name: text }, ["name", "virtualSwitch"])),
    tenants: keyed(tenants, sparse({ sensitive: fc.boolean(), name: text }, ["name"])),
    format: fc.constant("bulkhead/1" as const),
    hosts: fc.constant({ host: { name: "host" } }),
    hypervisors: fc.constant({ hv: { name: "hv", host: "host", platform: "kvm" as const } }),
    virtualSwitches: fc.constant({ vs: { name: "vs", kind: "open-vswitch" as const, hypervisors: ["hv"] } }),
    layout: fc.constantFrom({}, { hv: { x: -0, y: 1e21 } }),
    policy: sparse<NonNullable<Topology["policy"]>>({ allow: fc.uniqueArray(sparse({ services: fc.constantFrom([], ["any"]), id: id }, ["id"]), { selector: (entry) => entry.id, maxLength: 3 }) }, []),
  }, ["format", "name", "hosts", "hypervisors", "virtualSwitches"]);
});
