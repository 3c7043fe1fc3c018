/** New switches, port groups and distributed firewalls. */
import { locate } from "../../shared/model/ids";
import type { PortGroup } from "../../shared/model/kinds/port-group";
import { hypervisorAt, onlyHypervisor } from "./accepts";
import { refuse, type Draft, type Outcome } from "./draft";
import { freeVlan, nameOf, namesOf, nextName } from "./names";
import { added, type Placing } from "./placing";
import { PLATFORM_HABITS } from "./platform";

/** On a hypervisor the kind of switch that its platform has; beside several of them a distributed one over all. */
export function createVirtualSwitch(draft: Draft, { target, at }: Placing): Outcome {
  const hypervisors = draft.entries("hypervisors").map(([id]) => id);
  if (hypervisors.length === 0) return refuse("A virtual switch runs on a hypervisor: add one first");
  const hypervisor = target === undefined ? onlyHypervisor(draft.topology) : hypervisorAt(draft.topology, target);
  if (hypervisor !== undefined) return added(draft, addSwitch(draft, hypervisor), "virtualSwitches");
  if (target !== undefined) return refuse(`${nameOf(draft.topology, target)} has no single hypervisor: drop it on one`);
  const name = nextName(namesOf(draft.topology, "virtualSwitches"), "dvSwitch", 1);
  const id = draft.add("virtualSwitches", name, { name, kind: "distributed", hypervisors });
  if (at !== undefined) draft.place(id, at);
  return added(draft, id, "virtualSwitches", `A distributed switch over ${hypervisors.length} hypervisors; drop it on one of them for a switch of its own`);
}

/** A switch of the platform's kind on one hypervisor, named as the platform would. */
export function addSwitch(draft: Draft, hypervisor: string): string {
  const platform = draft.get("hypervisors", hypervisor)?.platform ?? "esxi";
  const { switchKind, switchPrefix } = PLATFORM_HABITS[platform];
  const here = draft.entries("virtualSwitches").filter(([, each]) => each.hypervisors.includes(hypervisor)).map(([, each]) => each.name);
  const name = nextName(here, switchPrefix, 0);
  return draft.add("virtualSwitches", `${hypervisor}-${name}`, {
    name, kind: switchKind, hypervisors: [hypervisor], ...(switchKind === "linux-bridge" ? { vlanAware: true } : {}),
  });
}

/** Dropped on a hypervisor without a switch, it brings one along. */
export function createPortGroup(draft: Draft, { target }: Placing): Outcome {
  const switches = draft.entries("virtualSwitches");
  if (target === undefined && switches.length === 1) return addedGroup(draft, switches[0]?.[0] ?? "");
  if (target === undefined) return refuse(switches.length === 0 ? "A port group is a part of a virtual switch: add a hypervisor and a switch first" : "Drop it on the virtual switch that it belongs to");
  if (locate(draft.topology, target)?.collection === "virtualSwitches") return addedGroup(draft, target);
  const hypervisor = hypervisorAt(draft.topology, target);
  if (hypervisor === undefined) return refuse(`${nameOf(draft.topology, target)} has no single hypervisor: drop it on a switch`);
  const here = switches.filter(([, each]) => each.hypervisors.includes(hypervisor)).map(([id]) => id);
  if (here.length > 1) return refuse(`${nameOf(draft.topology, hypervisor)} has ${here.length} switches: drop it on one of them`);
  return addedGroup(draft, here[0] ?? addSwitch(draft, hypervisor));
}

function addedGroup(draft: Draft, virtualSwitch: string): Outcome {
  const twin = missingTwin(draft, virtualSwitch);
  const settings = twin?.group ?? freshGroup(draft);
  const id = draft.add("portGroups", `${settings.name}`, { ...settings, virtualSwitch });
  return added(draft, id, "portGroups", twin === undefined ? undefined : `Same name and VLAN as on ${twin.from}`);
}

function freshGroup(draft: Draft): Omit<PortGroup, "virtualSwitch"> {
  const vlan = freeVlan(draft.topology, 100);
  return { name: `Network ${vlan}`, vlan: { mode: "access", id: vlan } };
}

/**
 * Hosts of a cluster have the same port groups on switches of the same name. So on a switch that lacks one which its namesake on
 * another hypervisor has, a new port group is that one.
 */
function missingTwin(draft: Draft, virtualSwitch: string): { readonly group: Omit<PortGroup, "virtualSwitch">; readonly from: string } | undefined {
  const own = draft.get("virtualSwitches", virtualSwitch);
  if (own === undefined || own.hypervisors.length !== 1) return undefined;
  const groups = draft.entries("portGroups");
  const here = new Set(groups.filter(([, group]) => group.virtualSwitch === virtualSwitch).map(([, group]) => group.name));
  for (const [, group] of groups) {
    const other = draft.get("virtualSwitches", group.virtualSwitch);
    if (group.virtualSwitch === virtualSwitch || other?.name !== own.name || other.kind !== own.kind || here.has(group.name)) continue;
    const { virtualSwitch: _switch, description: _description, ...settings } = group;
    return { group: settings, from: nameOf(draft.topology, other.hypervisors[0] ?? group.virtualSwitch) };
  }
  return undefined;
}

/** On a switch it filters there, beside them on all of them. */
export function createDistributedFirewall(draft: Draft, { target, at }: Placing): Outcome {
  const scope = target === undefined ? draft.entries("virtualSwitches").map(([id]) => id) : [target];
  const taken = namesOf(draft.topology, "distributedFirewalls");
  const name = taken.includes("DFW") ? nextName(taken, "DFW ", 2) : "DFW";
  const id = draft.add("distributedFirewalls", name, { name, virtualSwitches: scope, stateful: true, rules: [], defaultAction: "allow" });
  if (at !== undefined && target === undefined) draft.place(id, at);
  return added(draft, id, "distributedFirewalls");
}
