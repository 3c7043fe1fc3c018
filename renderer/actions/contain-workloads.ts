/** VMs, management interfaces and virtual appliances that go to another hypervisor: their adapters find the port groups of the same name there. */
import type { PortGroup } from "../../shared/model/kinds/port-group";
import { cannotPlug } from "./connect-ports";
import { refuse, type Draft, type Outcome } from "./draft";
import { nameList, nameOf } from "./names";

/** The port group on `hypervisor` that stands for this one: itself where its switch is there too, else its namesake. */
function counterpart(draft: Draft, portGroup: string, hypervisor: string): string | undefined {
  if (cannotPlug(draft, hypervisor, portGroup) === undefined) return portGroup;
  const old = draft.get("portGroups", portGroup);
  const namesakes = draft.entries("portGroups").filter(([id, group]) => group.name === old?.name && cannotPlug(draft, hypervisor, id) === undefined);
  const sameVlan = ([, group]: [string, PortGroup]): boolean => JSON.stringify(group.vlan) === JSON.stringify(old?.vlan);
  return (namesakes.find(sameVlan) ?? namesakes[0])?.[0];
}

interface Plugged {
  readonly portGroup?: string | undefined;
}

/** The adapters after the move, and the local ids of those that found no port group. */
function replugAll<T extends Plugged>(draft: Draft, adapters: Readonly<Record<string, T>> | undefined, hypervisor: string): { adapters: Record<string, T>; lost: string[] } {
  const moved: Record<string, T> = {};
  const lost: string[] = [];
  for (const [local, adapter] of Object.entries(adapters ?? {})) {
    const { portGroup, ...rest } = adapter;
    const found = portGroup === undefined ? undefined : counterpart(draft, portGroup, hypervisor);
    if (portGroup !== undefined && found === undefined) lost.push(local);
    moved[local] = (found === undefined ? rest : { ...adapter, portGroup: found }) as T;
  }
  return { adapters: moved, lost };
}

function lostNote(draft: Draft, lost: readonly string[], hypervisor: string): string | undefined {
  return lost.length === 0 ? undefined : `${nameOf(draft.topology, hypervisor)} has no such port group: ${nameList(lost)} ${lost.length === 1 ? "is" : "are"} unplugged`;
}

export function moveVm(draft: Draft, id: string, hypervisor: string): Outcome {
  const { adapters, lost } = replugAll(draft, draft.get("vms", id)?.nics, hypervisor);
  draft.set("vms", id, { hypervisor, ...(draft.get("vms", id)?.nics === undefined ? {} : { nics: adapters }) });
  return draft.done(`move ${nameOf(draft.topology, id)} to ${nameOf(draft.topology, hypervisor)}`, [id], lostNote(draft, lost, hypervisor));
}

export function moveManagementInterface(draft: Draft, id: string, hypervisor: string): Outcome {
  const old = draft.get("managementInterfaces", id);
  const portGroup = old === undefined ? undefined : counterpart(draft, old.portGroup, hypervisor);
  if (portGroup === undefined) return refuse(`${nameOf(draft.topology, hypervisor)} has no port group named ${nameOf(draft.topology, old?.portGroup ?? "")}`);
  draft.set("managementInterfaces", id, { hypervisor, portGroup });
  return draft.done(`move ${nameOf(draft.topology, id)} to ${nameOf(draft.topology, hypervisor)}`, [id]);
}

/** Without a hypervisor it becomes a physical appliance; its ports stay plugged in. */
export function moveForwarder(draft: Draft, collection: "firewalls" | "routers", id: string, hypervisor: string | undefined): Outcome {
  const name = nameOf(draft.topology, id);
  if (hypervisor === undefined) {
    draft.set(collection, id, { hypervisor: undefined });
    return draft.done(`make ${name} a physical appliance`, [id]);
  }
  const old = draft.get(collection, id)?.interfaces;
  const { adapters, lost } = replugAll(draft, old, hypervisor);
  draft.set(collection, id, { hypervisor, ...(old === undefined ? {} : { interfaces: adapters }) });
  return draft.done(`move ${name} to ${nameOf(draft.topology, hypervisor)}`, [id], lostNote(draft, lost, hypervisor));
}
