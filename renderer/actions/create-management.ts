/** New management interfaces. */
import { hypervisorAt, onlyHypervisor } from "./accepts";
import { cannotPlug } from "./connect-ports";
import { refuse, type Draft, type Outcome } from "./draft";
import { nameOf, nextName } from "./names";
import { added, type Placing } from "./placing";
import { PLATFORM_HABITS } from "./platform";

/** Plugged into the port group that it was dropped on; on a hypervisor into the one named for management, else the only one. */
export function createManagement(draft: Draft, { target }: Placing): Outcome {
  const dropped = draft.get("portGroups", target) === undefined ? undefined : target;
  const hypervisor = target === undefined ? onlyHypervisor(draft.topology) : hypervisorAt(draft.topology, target);
  if (hypervisor === undefined) return refuse(draft.entries("hypervisors").length === 0 ? "A management interface is a hypervisor's own: add one first" : "Drop it on the hypervisor that it belongs to");
  const group = dropped ?? groupFor(draft, hypervisor, target);
  if (group === undefined) return refuse(`${nameOf(draft.topology, hypervisor)} does not have exactly one port group: drop it on the one to plug it into`);
  const reason = cannotPlug(draft, hypervisor, group);
  if (reason !== undefined) return refuse(reason);
  const prefix = PLATFORM_HABITS[draft.get("hypervisors", hypervisor)?.platform ?? "esxi"].adapterPrefix;
  const here = draft.entries("managementInterfaces").filter(([, each]) => each.hypervisor === hypervisor).map(([, each]) => each.name);
  const name = nextName(here, prefix, 0);
  const id = draft.add("managementInterfaces", `${hypervisor}-${name}`, { name, hypervisor, portGroup: group, services: ["management"] });
  return added(draft, id, "managementInterfaces");
}

function groupFor(draft: Draft, hypervisor: string, target: string | undefined): string | undefined {
  const groups = draft.entries("portGroups").filter(([, group]) =>
    draft.get("virtualSwitches", target) === undefined
      ? draft.get("virtualSwitches", group.virtualSwitch)?.hypervisors.includes(hypervisor) === true
      : group.virtualSwitch === target);
  const named = groups.find(([, group]) => /\b(management|mgmt|mgt)\b/i.test(group.name));
  return named?.[0] ?? (groups.length === 1 ? groups[0]?.[0] : undefined);
}
