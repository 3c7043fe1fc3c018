/** Random small networks for property tests: a few switches of every kind, with mismatched ports on purpose. */
import fc from "fast-check";
import type { Topology } from "../model/topology";
import type { Port } from "../model/primitives";
import type { PortGroupVlan } from "../model/kinds/port-group";
import { draw, type Drawing } from "./testing";

const vlan = fc.constantFrom(1, 10, 20, 30);
const list = fc.constantFrom("all", "1,10", "10,20", "20", "10-30", "1,10,20,30", "10,101,102", "2-4094", "1-19,101");

const accessOrTrunk: fc.Arbitrary<Port> = fc.oneof(
  { weight: 1, arbitrary: vlan.map((id): Port => ({ mode: "access", vlan: id })) },
  {
    weight: 4,
    arbitrary: fc.record({ allowed: list, native: fc.option(vlan, { nil: undefined }), tagNative: fc.constantFrom(false, false, false, true) })
      .map(({ allowed, native, tagNative }): Port => ({ mode: "trunk", allowed, ...(native === undefined ? {} : { native }), ...(tagNative ? { tagNative } : {}) })),
  },
);

const unknownPort: fc.Arbitrary<Port | undefined> = fc.oneof(
  { weight: 6, arbitrary: accessOrTrunk },
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.option(vlan, { nil: undefined }).map((native): Port => ({ mode: "trunk", ...(native === undefined ? {} : { native }) })) },
);

const secondary = fc.constantFrom({ secondary: 101, type: "isolated" as const }, { secondary: 102, type: "community" as const });

function groupVlan(unknown: boolean): fc.Arbitrary<PortGroupVlan | undefined> {
  const trunk = fc.record({ allowed: unknown ? fc.option(list, { nil: undefined }) : list, native: fc.option(vlan, { nil: undefined }) });
  return fc.oneof(
    { weight: 6, arbitrary: vlan.map((id): PortGroupVlan => ({ mode: "access", id })) },
    { weight: 2, arbitrary: fc.constant<PortGroupVlan>({ mode: "untagged" }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: trunk.map(({ allowed, native }): PortGroupVlan => ({ mode: "trunk", ...(allowed === undefined ? {} : { allowed }), ...(native === undefined ? {} : { native }) })) },
    { weight: 1, arbitrary: fc.constant<PortGroupVlan>({ mode: "private", primary: 10, type: "promiscuous" }) },
    { weight: 2, arbitrary: secondary.map((own): PortGroupVlan => ({ mode: "private", primary: 10, ...own })) },
    { weight: 1, arbitrary: fc.constantFrom(5001, 5002).map((vni): PortGroupVlan => ({ mode: "overlay", vni })) },
  );
}

const KINDS = [
  { kind: "standard" as const }, { kind: "distributed" as const }, { kind: "linux-bridge" as const }, { kind: "linux-bridge" as const, vlanAware: true },
  { kind: "open-vswitch" as const }, { kind: "hyper-v" as const },
];
const HYPERVISORS = ["h1", "h2", "h3"];

interface Plan {
  physical: number;
  trunks: { a: number; b: number; portA: Port | undefined; portB: Port | undefined }[];
  switches: { kind: (typeof KINDS)[number]; home: number }[];
  uplinks: { vswitch: number; host: number; physical: number; port: Port | undefined }[];
  groups: { vswitch: number; vlan: PortGroupVlan | undefined; isolated: boolean }[];
  nics: { group: number; host: number; how: "port" | "port" | "sriov" | "disconnected" }[];
  stations: { physical: number; vlan: number }[];
  appliances: number[];
}

/** @param unknown whether ports and allowed lists may be absent */
export function randomNetwork({ unknown }: { unknown: boolean }): fc.Arbitrary<Topology> {
  const pick = fc.nat(5);
  const port = unknown ? unknownPort : accessOrTrunk;
  return fc.record<Plan>({
    physical: fc.integer({ min: 1, max: 4 }),
    trunks: fc.array(fc.record({ a: pick, b: pick, portA: port, portB: port }), { maxLength: 5 }),
    switches: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), home: pick }), { minLength: 1, maxLength: 3 }),
    uplinks: fc.array(fc.record({ vswitch: pick, host: pick, physical: pick, port }), { maxLength: 5 }),
    groups: fc.array(fc.record({ vswitch: pick, vlan: groupVlan(unknown), isolated: fc.constantFrom(false, false, true) }), { minLength: 1, maxLength: 6 }),
    nics: fc.array(fc.record({ group: pick, host: pick, how: fc.constantFrom("port", "port", "port", "port", "sriov", "disconnected") }), { minLength: 1, maxLength: 7 }) as fc.Arbitrary<Plan["nics"]>,
    stations: fc.array(fc.record({ physical: pick, vlan: fc.constantFrom(1, 10, 20, 30, 101, 102) }), { maxLength: 4 }),
    appliances: fc.array(pick, { maxLength: 1 }),
  }).map(drawPlan);
}

function drawPlan(plan: Plan): Topology {
  const drawing = draw();
  for (const id of HYPERVISORS) drawing.hypervisor(id);
  for (let i = 0; i < plan.physical; i++) drawing.physicalSwitch(`tor-${i}`);
  const physical = (pick: number): string => `tor-${pick % plan.physical}`;
  plan.trunks.forEach(({ a, b, portA, portB }, i) => drawing.trunk(`t${i}`, physical(a), portA, physical(b), portB));
  plan.switches.forEach(({ kind, home }, i) => {
    const { kind: name, ...more } = kind;
    const spread = name === "distributed" || name === "open-vswitch";
    drawing.vswitch(`s${i}`, name, spread ? HYPERVISORS : [HYPERVISORS[home % 3] as string], more);
  });
  drawVirtualSide(plan, drawing, physical);
  plan.stations.forEach(({ physical: at, vlan: id }, i) => drawing.station(`x${i}`, physical(at), id));
  return drawing.build();
}

function drawVirtualSide(plan: Plan, drawing: Drawing, physical: (pick: number) => string): void {
  const topology = drawing.build();
  const hypervisorOf = (vswitch: string, pick: number): string => {
    const members = topology.virtualSwitches?.[vswitch]?.hypervisors ?? [];
    return members[pick % members.length] as string;
  };
  plan.uplinks.forEach(({ vswitch, host, physical: at, port }, i) => {
    const id = `s${vswitch % plan.switches.length}`;
    drawing.uplink(`u${i}`, id, hypervisorOf(id, host), physical(at), port);
  });
  plan.groups.forEach(({ vswitch, vlan: setting, isolated }, i) => {
    drawing.portGroup(`p${i}`, `s${vswitch % plan.switches.length}`, setting, isolated ? { isolatedPorts: true } : {});
  });
  plan.nics.forEach(({ group, host, how }, i) => {
    const portGroup = `p${group % plan.groups.length}`;
    const hypervisor = hypervisorOf(topology.portGroups?.[portGroup]?.virtualSwitch ?? "", host);
    drawing.vm(`v${i}`, hypervisor, { n: { portGroup, ...(how === "sriov" ? { passthrough: how } : {}), ...(how === "disconnected" ? { connected: false } : {}) } });
  });
  plan.appliances.forEach((group, i) => drawing.external(`y${i}`, { portGroup: `p${group % plan.groups.length}` }));
}
