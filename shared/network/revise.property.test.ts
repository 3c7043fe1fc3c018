/** A network that follows edits answers to the byte as one compiled from the edited document. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Edit } from "../analysis/result";
import type { Rule } from "../model/kinds/forwarder";
import { applyEdits, EditError } from "../model/edit";
import { parseTopology } from "../model/parse";
import { pointer } from "../model/path";
import { compareIds, entries, type Topology } from "../model/topology";
import { Choices } from "./fixtures/choices";
import { gatedDocument } from "./fixtures/gated-document";
import { randomDocument } from "./fixtures/random-document";
import { compileNetwork, matrixOf } from "./network";
import { reviseNetwork } from "./revise";
import { access, draw } from "./testing";
import type { Network } from "./compiled-network";

const RUNS = Number(process.env["REVISE_RUNS"] ?? 150);
const LONG = 3_600_000;
const COLLECTIONS = ["routers", "firewalls", "distributedFirewalls"] as const;
const SERVICES: readonly [string[], ...string[][]] = [["any"], ["tcp/22"], ["tcp/443", "udp/53"], ["icmp"], ["tcp/1-65535"], []];
const compile = (topology: Topology): Network => compileNetwork(topology, { assume: "hostile", today: "2026-11-23" });
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Most of what keeps a network from following edits is taken out: trunks, bridges without VLANs, transparent firewalls and, mostly, second vNICs. */
function tamed(topology: Topology, choices: Choices): Topology {
  const tame = copy(topology);
  for (const group of Object.values(tame.portGroups ?? {})) if (group.vlan?.mode !== "access") group.vlan = access(choices.of([10, 20, 30]));
  for (const vswitch of Object.values(tame.virtualSwitches ?? {})) if (vswitch.kind === "linux-bridge") vswitch.vlanAware = true;
  for (const firewall of Object.values(tame.firewalls ?? {})) delete firewall.mode;
  const stateless = choices.once(4);
  for (const collection of COLLECTIONS) for (const [, filter] of entries(tame, collection)) if (!stateless) delete filter.stateful;
  const dualHomed = choices.once(4);
  for (const vm of Object.values(tame.vms ?? {})) {
    const [first] = Object.keys(vm.nics ?? {});
    if (!dualHomed && first !== undefined) vm.nics = { [first]: vm.nics?.[first] ?? {} };
    for (const nic of Object.values(vm.nics ?? {})) delete nic.passthrough;
    if (!dualHomed) delete vm.forwarding;
  }
  return tame;
}

/** Edits as an editor makes them, sometimes several at once; those that a network can follow come most. */
function someEdits(topology: Topology, choices: Choices): Edit[] {
  return Array.from({ length: choices.of([1, 1, 1, 2, 3]) }, () => oneEdit(topology, choices)).flat();
}

function oneEdit(topology: Topology, choices: Choices): Edit[] {
  const vms = Object.keys(topology.vms ?? {});
  const vm = vms[choices.below(vms.length)] ?? "";
  const own = topology.vms?.[vm];
  const nics = Object.keys(own?.nics ?? {});
  const nic = nics[choices.below(nics.length)] ?? "";
  const groups = Object.keys(topology.portGroups ?? {});
  const group = groups[choices.below(groups.length)] ?? "";
  const filters = COLLECTIONS.flatMap((collection) => entries(topology, collection).flatMap(([id, { rules = [] }]) => rules.map((one, index) => ({ path: [collection, id, "rules", index] as const, one }))));
  const rule = filters[choices.below(filters.length)];
  const at = (field: string): string => pointer(...(rule?.path ?? []), field);
  switch (choices.below(14)) {
    case 0: case 1: case 2: case 3: {
      const here = groups.filter((id) => topology.virtualSwitches?.[topology.portGroups?.[id]?.virtualSwitch ?? ""]?.hypervisors?.includes(own?.hypervisor ?? "") === true);
      const to = here[choices.below(here.length)];
      return nic === "" || to === undefined ? [] : [{ op: "add", path: pointer("vms", vm, "nics", nic, "portGroup"), value: to }];
    }
    case 4: case 5: case 6:
      return group === "" ? [] : [{ op: "add", path: pointer("portGroups", group, "vlan"), value: access(choices.of([10, 20, 30])) }];
    case 7: case 8:
      return rule === undefined ? [] : [{ op: "replace", path: at("action"), value: choices.of(["allow", "deny", "reject"]) }];
    case 9: case 10:
      return rule === undefined ? [] : [{ op: "add", path: at("services"), value: choices.of(SERVICES) }];
    case 11:
      return rule === undefined ? [] : [choices.of<Edit>([{ op: "add", path: at("enabled"), value: rule.one.enabled === false }, { op: "add", path: at("to"), value: ["tenant:ta"] }, { op: "replace", path: at("id"), value: "renamed" }])];
    case 12:
      return group === "" ? [] : [choices.of<Edit>([
        { op: "add", path: pointer("portGroups", group, "isolatedPorts"), value: choices.once(2) }, { op: "replace", path: pointer("portGroups", group, "name"), value: "another" },
        { op: "add", path: pointer("portGroups", group, "spoofGuard"), value: choices.once(2) },
      ])];
    default:
      return own === undefined ? [] : [choices.of<Edit>([
        { op: "add", path: pointer("vms", vm, "guest"), value: { clipboard: true } }, { op: "add", path: pointer("vms", vm, "tags"), value: ["web"] },
        { op: "add", path: pointer("vms", vm, "tenant"), value: "tb" }, { op: "add", path: pointer("vms", "extra"), value: { ...own, name: "extra" } }, { op: "add", path: "/layout", value: {} },
      ])];
  }
}

/** What a document's network says, as bytes. */
function answers(network: Network): string {
  const { parties, managementConcerns, managementExposedTo, managementUndecidedFor, required } = network;
  const tenants = Object.keys(network.topology.tenants ?? {});
  return JSON.stringify({
    by: (["vm", "tenant", "portgroup"] as const).map((by) => matrixOf(network, by)), counts: network.countTenantPairs(), managementConcerns, managementExposedTo, managementUndecidedFor, required,
    breaches: [...network.eachBreach()].sort((a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to)), fields: [...network.missingFields].sort(),
    violations: tenants.flatMap((from) => tenants.map((to) => (from === to ? [] : network.violations(from, to)))),
    missing: tenants.flatMap((from) => tenants.map((to) => network.tenantMissing(from, to))),
    traces: parties.slice(0, 4).flatMap((from) => parties.slice(-4).map((to) => (from === to ? undefined : network.trace([from.id], [to.id])))),
  });
}

const numbers = fc.array(fc.nat(9999), { minLength: 60, maxLength: 120, size: "max" });

function follows(documents: fc.Arbitrary<Topology>, runs: number): number {
  let followed = 0;
  fc.assert(fc.property(documents, numbers, (topology, list) => {
    const choices = new Choices(list);
    let network = compile(tamed(topology, choices));
    for (let step = 0; step < 6; step += 1) {
      network.countTenantPairs();
      if (choices.once(2)) answers(network);
      const before = copy(network.topology);
      const edits = someEdits(before, choices);
      const after = applyEdits(before, edits);
      if (!parseTopology(JSON.stringify(after)).ok) continue;
      const next = reviseNetwork(network, edits);
      expect(JSON.parse(JSON.stringify(next.topology))).toEqual(JSON.parse(JSON.stringify(after)));
      expect(JSON.parse(answers(next))).toEqual(JSON.parse(answers(compile(copy(after)))));
      if (next === network && edits.length > 0) followed += 1;
      network = next;
    }
  }), { numRuns: runs });
  return followed;
}

describe("a network that follows edits", () => {
  it("answers as one compiled anew after any row of edits", () => {
    expect(follows(randomDocument({ absent: false }), RUNS)).toBeGreaterThan(RUNS);
  }, LONG);

  it("does so behind filters that pass only what narrow rules name", () => {
    expect(follows(gatedDocument({ absent: false }), RUNS)).toBeGreaterThan(RUNS);
  }, LONG);

  it("is compiled anew where fields about links are absent, and may follow where others are", () => {
    follows(randomDocument({ absent: true }), Math.ceil(RUNS / 3));
  }, LONG);
});

describe("an edit", () => {
  const document = (): Topology => draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("p", "s", access(10)).portGroup("q", "s", access(20))
    .vm("a", "h", "p", { tenant: "ta" }).vm("b", "h", "q", { tenant: "tb" }).vm("c", "h", "q", { tenant: "tb" }).tenant("ta").tenant("tb").put("distributedFirewalls", "dfw", { rules: [{ id: "r1", action: "deny", from: ["vm:a"], to: ["vm:b"], services: ["any"] } satisfies Rule] }).build();
  const open = (): Network => {
    const network = compile(document());
    network.countTenantPairs();
    return network;
  };

  it("that moves a vNIC is followed: two tenants come to share a segment", () => {
    const network = open();
    expect(network.pair("b", "a").frames).toBeUndefined();
    const next = reviseNetwork(network, [{ op: "replace", path: "/vms/b/nics/eth0/portGroup", value: "p" }]);
    expect(next).toBe(network);
    expect(next.pair("b", "a")).toMatchObject({ frames: "both", verdict: "violating" });
    expect(next.countTenantPairs().violating).toBe(1);
  });

  it("that opens a rule is followed", () => {
    const network = reviseNetwork(open(), [{ op: "replace", path: "/vms/b/nics/eth0/portGroup", value: "p" }]);
    expect(network.pair("a", "b").services).toEqual([]);
    const next = reviseNetwork(network, [{ op: "replace", path: "/distributedFirewalls/dfw/rules/0/services", value: ["tcp/22"] }]);
    expect(next).toBe(network);
    expect(next.pair("a", "b").services.length).toBeGreaterThan(0);
  });

  it("by which a VLAN loses its last port has the network compiled anew", () => {
    const network = open();
    const next = reviseNetwork(network, [{ op: "replace", path: "/portGroups/q/vlan/id", value: 10 }]);
    expect(next).not.toBe(network);
    expect(next.countTenantPairs().violating).toBe(2);
  });

  it("that cannot be applied is refused, and nothing has happened", () => {
    const network = open();
    expect(() => reviseNetwork(network, [{ op: "replace", path: "/portGroups/q/vlan/id", value: 10 }, { op: "remove", path: "/vms/d" }])).toThrow(EditError);
    expect(network.topology).toEqual(document());
    expect(answers(network)).toBe(answers(compile(document())));
  });
});
