/** Routers and firewalls where virtual switches do more than one VLAN: subinterfaces of a guest trunk, promiscuous ports, and transparent firewalls among guests. */
import { hasVlan, parseVlanList } from "../../shared/model/vlan-set";
import type { PortGroup } from "../../shared/model/kinds/port-group";
import { entries } from "../../shared/model/topology";
import { filterOf } from "./generate-filters";
import type { Sketch } from "./sketch";
import { MOST_PARTY_ENDS } from "./stations";

/** Comes last, so that it changes nothing of what is drawn before. */
export function addGateways(sketch: Sketch): void {
  if (sketch.chance.is(0.25)) addStick(sketch);
  if (sketch.chance.is(0.7)) addHairpin(sketch);
  if (sketch.chance.is(0.1)) addInline(sketch);
}

/** Port groups of one hypervisor's switches that keep VLANs apart. */
function groupsOn({ document }: Sketch, wanted: (group: PortGroup) => boolean): [string, PortGroup][] {
  return entries(document, "portGroups").filter(([, group]) => {
    const vswitch = document.virtualSwitches?.[group.virtualSwitch];
    return wanted(group) && vswitch?.hypervisors.includes("h1") === true && vswitch.vlanAware !== false;
  });
}

/** A router on a stick: two subinterfaces of one guest trunk. */
function addStick(sketch: Sketch): void {
  const { chance, drawing } = sketch;
  const [found] = groupsOn(sketch, ({ vlan }) => vlan?.mode === "trunk");
  if (found === undefined) return;
  const [portGroup, { vlan: trunk }] = found;
  const carried = [10, 20, 30].filter((vlan) => trunk?.mode === "trunk" && (vlan === trunk.native || hasVlan(parseVlanList(trunk.allowed ?? "all") ?? [], vlan)));
  const interfaces = Object.fromEntries(chance.some(carried, 2, 2).map((vlan, at) => [at === 0 ? "in" : "out", { portGroup, vlan, addresses: [`10.${vlan}.0.7/24`] }]));
  drawing.put(chance.is(0.5) ? "routers" : "firewalls", "stick", { hypervisor: "h1", interfaces, ...filterOf(sketch, Object.keys(interfaces)) });
}

/** A gateway on a promiscuous port, which sends from isolated port to isolated port; now and then with a way out. */
function addHairpin(sketch: Sketch): void {
  const { chance, drawing, physical } = sketch;
  const [found] = groupsOn(sketch, ({ vlan }) => vlan?.mode === "private" && vlan.type === "promiscuous");
  if (found === undefined) return;
  const out = chance.is(0.5) ? { out: { physicalSwitch: chance.of(physical), vlan: 40, addresses: ["10.40.0.8/24"] } } : {};
  drawing.put(chance.is(0.5) ? "routers" : "firewalls", "hairpin", { hypervisor: "h1", interfaces: { in: { portGroup: found[0], addresses: ["10.100.0.8/24"] }, ...out }, ...filterOf(sketch, ["in", ...Object.keys(out)]) });
}

/** A transparent firewall between guests and a segment that nothing else leads to, so that no loop can form. */
function addInline(sketch: Sketch): void {
  const { chance, drawing, document, physical } = sketch;
  const [found] = groupsOn(sketch, ({ vlan }) => vlan?.mode === "access" || vlan?.mode === "private");
  const vnics = entries(document, "vms").flatMap(([, { nics = {} }]) => Object.keys(nics)).length;
  const others = [document.managementInterfaces, document.hosts, document.externalNetworks].flatMap((records) => Object.keys(records ?? {})).length;
  if (found === undefined || vnics + others >= MOST_PARTY_ENDS) return;
  drawing.put("firewalls", "inline", { mode: "transparent", hypervisor: "h1", interfaces: { in: { portGroup: found[0] }, out: { physicalSwitch: physical[0], vlan: 60 } }, ...filterOf(sketch, ["in", "out"]) });
  drawing.put("hosts", "inline-host", { bmc: { physicalSwitch: physical[0], vlan: 60, addresses: [`10.${chance.of([10, 20, 100])}.0.222/24`] } });
}
