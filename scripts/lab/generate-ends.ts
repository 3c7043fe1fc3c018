/** VMs, management interfaces, baseboard controllers and external networks. */
import { entries, record } from "../../shared/model/topology";
import type { Vnic } from "../../shared/model/kinds/vm";
import { freshAddress, type Sketch } from "./sketch";
import { RULE_SERVICES, SOURCES } from "./generate-filters";

export function addEnds(sketch: Sketch): void {
  const { chance, drawing, document, physical } = sketch;
  const groups = entries(document, "portGroups").map(([id]) => id) as [string, ...string[]];
  const count = 3 + chance.below(4);
  for (let i = 0; i < count; i += 1) addVm(sketch, `v${i}`, groups);
  const adapters = chance.below(3);
  for (let i = 0; i < adapters; i += 1) {
    const portGroup = chance.of(groups);
    drawing.put("managementInterfaces", `m${i}`, {
      portGroup, hypervisor: chance.of(membersOf(sketch, portGroup)), addresses: [freshAddress(sketch, subnetOf(sketch, portGroup))], firewall: ownFirewall(sketch),
      ...(chance.is(0.3) ? { gateway: `10.${subnetOf(sketch, portGroup)}.0.1` } : {}),
    });
  }
  if (chance.is(0.25)) {
    const vlan = chance.of([10, 20, 30]);
    drawing.put("hosts", "h1-host", { bmc: { physicalSwitch: chance.of(physical), vlan, addresses: [freshAddress(sketch, vlan)] } });
  }
  if (chance.is(0.5)) drawing.external("net", { physicalSwitch: chance.of(physical), vlan: chance.of([10, 20, 30, 40]) }, chance.of(["untrusted", "corporate"]));
  const alone = groups.filter((id) => membersOf(sketch, id).length === 1);
  if (alone[0] !== undefined && chance.is(0.15)) drawing.external("site", { portGroup: chance.of([alone[0], ...alone]) }, "corporate");
}

function addVm(sketch: Sketch, id: string, groups: [string, ...string[]]): void {
  const { chance, drawing } = sketch;
  const first = chance.of(groups);
  const hypervisor = chance.of(membersOf(sketch, first));
  const nics: Record<string, Vnic> = { e0: vnic(sketch, first, hypervisor) };
  const near = groups.filter((group) => membersOf(sketch, group).includes(hypervisor) && differs(sketch, group, first));
  const [other] = near;
  if (other !== undefined && chance.is(0.25)) nics["e1"] = vnic(sketch, chance.of([other, ...near]), hypervisor);
  drawing.vm(id, hypervisor, nics, {
    tenant: chance.of(["ta", "tb", "ta", "tb", "shared"]),
    ...(Object.keys(nics).length > 1 && Object.values(nics).every(({ addresses = [] }) => addresses.length > 0) && chance.is(0.4) ? { forwarding: true } : {}), ...(chance.is(0.3) ? { tags: ["web"] } : {}),
    ...(chance.is(0.04) ? { role: "template" as const } : {}),
  });
}

function vnic(sketch: Sketch, portGroup: string, hypervisor: string): Vnic {
  const { chance, document } = sketch;
  const { virtualSwitch: vswitch, vlan } = record(document, "portGroups", portGroup) ?? {};
  const uplinks = entries(document, "uplinks").filter(([, up]) => up.virtualSwitch === vswitch && up.hypervisor === hypervisor);
  const subnet = chance.is(0.9) ? subnetOf(sketch, portGroup) : chance.of([10, 20, 30]);
  return {
    portGroup, addresses: chance.is(0.05) ? [] : [freshAddress(sketch, subnet)],
    ...(chance.is(0.3) ? { gateway: `10.${subnet}.0.${1 + chance.below(2)}` } : {}),
    ...(uplinks.length === 1 && chance.is(0.1) ? { passthrough: chance.of(["sriov" as const, "pci" as const]) } : {}),
    ...(chance.is(0.04) ? { connected: false } : {}), ...(vlan?.mode === "trunk" && chance.is(0.3) ? { guestVlans: chance.some([10, 20, 30], 1, 2) } : {}),
  };
}

function ownFirewall({ chance }: Sketch) {
  if (chance.is(0.4)) return { enabled: false };
  return {
    enabled: true, ...(chance.is(0.6) ? { allowedSources: chance.some(SOURCES, 0, 2) } : {}),
    ...(chance.is(0.6) ? { ports: chance.some(RULE_SERVICES, 0, 2) } : {}),
  };
}

function membersOf({ document }: Sketch, portGroup: string): [string, ...string[]] {
  const vswitch = record(document, "portGroups", portGroup)?.virtualSwitch;
  return (record(document, "virtualSwitches", vswitch)?.hypervisors ?? ["h1"]) as [string, ...string[]];
}

/** The subnet that goes with a port group: one per VLAN, so that neighbours mostly have addresses in common. */
export function subnetOf({ document }: Sketch, portGroup: string): number {
  const vlan = record(document, "portGroups", portGroup)?.vlan;
  switch (vlan?.mode) {
    case "access": return vlan.id;
    case "private": return vlan.primary;
    case "overlay": return vlan.vni - 4951;
    case "trunk": return vlan.native ?? 20;
    default: return 1;
  }
}

/** Whether two port groups are surely in two segments, unless a mismatch on the way joins them. */
function differs(sketch: Sketch, a: string, b: string): boolean {
  const [left, right] = [a, b].map((id) => record(sketch.document, "portGroups", id));
  return left?.vlan?.mode === "access" && right?.vlan?.mode === "access" && left.vlan.id !== right.vlan.id;
}
