/** Routers, firewalls and distributed firewalls with random rules. */
import type { Rule } from "../../shared/model/kinds/forwarder";
import { entries } from "../../shared/model/topology";
import type { Chance } from "./chance";
import type { Sketch } from "./sketch";

export const SOURCES = ["cidr:10.10.0.0/24", "cidr:10.0.0.0/8", "cidr:10.20.0.0/24", "cidr:203.0.113.0/24", "cidr:0.0.0.0/1", "tenant:ta", "tenant:tb", "vm:v0", "vm:v1", "any"];
const SELECTORS = [...SOURCES, "vm:v2", "tag:web", "workloads", "cidr:10.30.0.0/16", "tenant:shared"];
/** Few enough that a laboratory tries one service of each kind. */
export const RULE_SERVICES = ["any", "tcp", "udp", "icmp", "tcp/22", "tcp/443", "udp/53", "tcp/8000-8100", "tcp/1024-65535", "udp/1024-65535"];

export function addForwarders(sketch: Sketch): void {
  const { chance, drawing, physical } = sketch;
  const count = chance.of([0, 1, 1, 1, 2, 2, 3]);
  for (let i = 0; i < count; i += 1) {
    const vlans = chance.some([10, 20, 30, 40], 2, chance.is(0.15) ? 3 : 2);
    const interfaces = Object.fromEntries(vlans.map((vlan, index) => [LOCALS[index] ?? "x", { ...socket(sketch, vlan), addresses: [`10.${vlan}.0.${i + 1}/24`] }]));
    const locals = Object.keys(interfaces);
    const settings = filterOf(sketch, locals);
    const virtual = chance.is(0.3) || Object.values(interfaces).some((own) => "portGroup" in own);
    drawing.put(chance.is(0.5) ? "routers" : "firewalls", `f${i}`, { interfaces, ...(virtual ? { hypervisor: "h1" } : {}), ...settings });
  }
  if (chance.is(0.2)) addTransparent(sketch, physical);
}

const LOCALS = ["in", "out", "dmz"];

/** A port group with that VLAN if there is one to be had, else a port of a physical switch. Without VLAN filtering it would be in all VLANs. */
function socket({ chance, document, physical }: Sketch, vlan: number) {
  const groups = entries(document, "portGroups").filter(([, { vlan: own, virtualSwitch }]) => {
    const vswitch = document.virtualSwitches?.[virtualSwitch];
    return own?.mode === "access" && own.id === vlan && vswitch?.hypervisors.includes("h1") === true && vswitch.vlanAware !== false;
  });
  const [group] = groups;
  if (group !== undefined && chance.is(0.4)) return { portGroup: group[0] };
  return { physicalSwitch: chance.of(physical), vlan };
}

/** Between a segment and one that nothing else leads to, so that no loop can form. */
function addTransparent(sketch: Sketch, physical: Sketch["physical"]): void {
  const { chance, drawing, document } = sketch;
  const vlan = chance.of([10, 20, 30]);
  const at = chance.of(physical);
  drawing.put("firewalls", "bridge", {
    mode: "transparent", interfaces: { in: { physicalSwitch: at, vlan }, out: { physicalSwitch: at, vlan: 50 } }, ...filterOf(sketch, ["in", "out"]),
  });
  drawing.external("behind", { physicalSwitch: at, vlan: 50 }, "corporate");
  if (chance.is(0.6)) drawing.put("hosts", "bare-host", { bmc: { physicalSwitch: at, vlan: 50, addresses: [`10.${vlan}.0.${200 + entries(document, "hosts").length}/24`] } });
}

export function addDistributedFirewalls(sketch: Sketch): void {
  const { chance, drawing, document } = sketch;
  const switches = entries(document, "virtualSwitches").map(([id]) => id);
  const count = chance.of([0, 0, 1, 1, 2]);
  for (let i = 0; i < count; i += 1) {
    drawing.put("distributedFirewalls", `dfw-${i}`, {
      ...(chance.is(0.5) ? { virtualSwitches: chance.some(switches, 1, 2) } : {}),
      ...(chance.is(0.4) ? { exclude: chance.some(known(sketch), 1, 1) } : {}),
      ...filterOf(sketch, []),
    });
  }
}

/** Selectors that name something in the document. */
function known({ document }: Sketch): string[] {
  const groups = entries(document, "portGroups").map(([id]) => `portgroup:${id}`);
  const networks = entries(document, "externalNetworks").map(([id]) => `external:${id}`);
  const tagged = JSON.stringify(document).includes('"web"');
  const management = entries(document, "managementInterfaces").length > 0 ? ["management"] : [];
  const controllers = entries(document, "hosts").some(([, { bmc }]) => bmc !== undefined) ? ["bmc"] : [];
  return [...SELECTORS.filter((text) => text !== "tag:web" || tagged), ...groups.slice(0, 2), ...networks, ...(networks.length > 0 ? ["external"] : []), ...management, ...controllers, "hypervisor:h1"];
}

/** Random rules, state and default action. */
export function filterOf(sketch: Sketch, locals: readonly string[]) {
  const { chance } = sketch;
  const selectors = known(sketch);
  const rules = Array.from({ length: chance.below(5) }, (_, index) => ruleOf(chance, selectors, locals, index));
  return {
    rules, ...(chance.is(0.35) ? { stateful: false } : {}), ...(chance.is(0.6) ? { defaultAction: chance.of<"allow" | "deny">(["allow", "deny"]) } : {}),
  };
}

function ruleOf(chance: Chance, selectors: readonly string[], locals: readonly string[], index: number): Rule {
  const side = (): string[] => chance.some(selectors, chance.is(0.05) ? 0 : 1, 2);
  const [first] = locals;
  return {
    id: `r${index}`, action: chance.of(["allow", "deny", "allow", "allow", "reject"]),
    ...(chance.is(0.6) ? { from: side() } : {}), ...(chance.is(0.6) ? { to: side() } : {}),
    ...(chance.is(0.5) ? { services: chance.some(RULE_SERVICES, 1, 2) } : {}),
    ...(first !== undefined && chance.is(0.25) ? { in: chance.of([first, ...locals]) } : {}),
    ...(first !== undefined && chance.is(0.25) ? { out: chance.of([first, ...locals]) } : {}),
    ...(chance.is(0.08) ? { enabled: false } : {}),
  };
}

