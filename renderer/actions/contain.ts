/** Dragging a thing into another one: what changes hands, what is plugged in anew, and why some drops mean nothing. */
import { diffTopologies } from "../../shared/model/diff";
import { applyEdits } from "../../shared/model/edit";
import { locate } from "../../shared/model/ids";
import type { CollectionName, Topology } from "../../shared/model/topology";
import { hypervisorAt } from "./accepts";
import { moveManagement, plugVm } from "./connect-ports";
import { Draft, refuse, type Outcome } from "./draft";
import { nameList, nameOf, withArticle } from "./names";
import { KINDS } from "./kinds";
import { moveForwarder, moveManagementInterface, moveVm } from "./contain-workloads";

/** Moves `id` into `target`; undefined is the bare canvas. Its hand-made place is forgotten: it was relative to the old parent. */
export function moveInto(topology: Topology, id: string, target: string | undefined): Outcome {
  const location = locate(topology, id);
  if (location === undefined || location.local !== undefined) return refuse("That cannot be moved into another thing");
  const draft = new Draft(topology);
  draft.unplace(id);
  return MOVES[location.collection]?.(draft, location.id, target) ?? refuse(`${capital(withArticle(KINDS[location.collection].noun))} stands by itself`);
}

/** Whether things of this kind belong to others at all; those that do not can only be put elsewhere on the canvas. */
export function isContained(kind: CollectionName): boolean {
  return MOVES[kind] !== undefined;
}

/** Moves several things into one as one step, or none of them. */
export function moveAllInto(topology: Topology, ids: readonly string[], target: string | undefined): Outcome {
  let current = topology;
  const labels: string[] = [];
  const notes: string[] = [];
  for (const id of ids) {
    const outcome = moveInto(current, id, target);
    if (!outcome.ok) return outcome;
    current = applyEdits(current, outcome.change.edits);
    labels.push(outcome.change.label);
    if (outcome.note !== undefined) notes.push(outcome.note);
  }
  const [first = "move"] = labels;
  const where = target === undefined ? "" : ` to ${nameOf(topology, target)}`;
  const label = ids.length === 1 ? first : `move ${nameList(ids.map((id) => nameOf(topology, id)))}${where}`;
  return { ok: true, change: { label, edits: diffTopologies(topology, current) }, select: ids, ...(notes.length === 0 ? {} : { note: notes.join(". ") }) };
}

type Move = (draft: Draft, id: string, target: string | undefined) => Outcome;

const MOVES: Readonly<Partial<Record<CollectionName, Move>>> = {
  vms: (draft, id, target) => {
    const hypervisor = hypervisorAt(draft.topology, target) ?? (isPortGroup(draft, target) ? draft.get("vms", id)?.hypervisor : undefined);
    if (hypervisor === undefined) return refuse(`${nameOf(draft.topology, id)} runs on a hypervisor: drop it on one`);
    const moved = moveVm(draft, id, hypervisor);
    if (target === undefined || !isPortGroup(draft, target)) return moved;
    return replug(draft, id, target);
  },
  managementInterfaces: (draft, id, target) => {
    if (target !== undefined && isPortGroup(draft, target)) return moveManagement(draft, id, target);
    const hypervisor = hypervisorAt(draft.topology, target);
    return hypervisor === undefined ? refuse("A management interface belongs to a hypervisor: drop it on one") : moveManagementInterface(draft, id, hypervisor);
  },
  portGroups: (draft, id, target) => (target !== undefined && draft.get("virtualSwitches", target) !== undefined
    ? movePortGroup(draft, id, target) : refuse("A port group belongs to a virtual switch: drop it on one")),
  virtualSwitches: (draft, id, target) => {
    const hypervisor = hypervisorAt(draft.topology, target);
    if (hypervisor === undefined) return refuse("A switch runs on a hypervisor: drop it on one");
    return moveSwitch(draft, id, hypervisor);
  },
  hypervisors: (draft, id, target) => (target !== undefined && draft.get("hosts", target) !== undefined
    ? moveHypervisor(draft, id, target) : refuse("A hypervisor runs on a host: drop it on one")),
  firewalls: (draft, id, target) => moveForwarder(draft, "firewalls", id, target === undefined ? undefined : hypervisorAt(draft.topology, target)),
  routers: (draft, id, target) => moveForwarder(draft, "routers", id, target === undefined ? undefined : hypervisorAt(draft.topology, target)),
};

function isPortGroup(draft: Draft, id: string | undefined): boolean {
  return draft.get("portGroups", id) !== undefined;
}

/** A VM dropped on a port group: its only vNIC goes there; with several, a further one. */
function replug(draft: Draft, vm: string, portGroup: string): Outcome {
  const nics = Object.entries(draft.get("vms", vm)?.nics ?? {});
  const [only] = nics;
  if (nics.length !== 1 || only === undefined) return plugVm(draft, vm, portGroup);
  draft.set("vms", vm, { nics: { [only[0]]: { ...only[1], portGroup } } });
  return draft.done(`connect ${nameOf(draft.topology, vm)} to ${nameOf(draft.topology, portGroup)}`, [vm]);
}

function movePortGroup(draft: Draft, id: string, virtualSwitch: string): Outcome {
  const members = draft.get("virtualSwitches", virtualSwitch)?.hypervisors ?? [];
  const stranded = draft.entries("managementInterfaces").find(([, each]) => each.portGroup === id && !members.includes(each.hypervisor));
  if (stranded !== undefined) return refuse(`${nameOf(draft.topology, stranded[0])} of ${nameOf(draft.topology, stranded[1].hypervisor)} is plugged into it, and that switch is elsewhere`);
  draft.set("portGroups", id, { virtualSwitch });
  const lost = unplugStrangers(draft, id, members);
  return draft.done(`move ${nameOf(draft.topology, id)} to ${nameOf(draft.topology, virtualSwitch)}`, [id], lostNote(lost));
}

/** Unplugs whatever runs where the port group's switch is not; answers the names of what was. */
function unplugStrangers(draft: Draft, portGroup: string, members: readonly string[]): string[] {
  const lost: string[] = [];
  for (const [id, vm] of draft.entries("vms")) {
    const nics = Object.entries(vm.nics ?? {});
    if (members.includes(vm.hypervisor) || !nics.some(([, nic]) => nic.portGroup === portGroup)) continue;
    const rest = nics.map(([local, { portGroup: group, ...nic }]) => [local, group === undefined || group === portGroup ? nic : { ...nic, portGroup: group }]);
    draft.set("vms", id, { nics: Object.fromEntries(rest) });
    lost.push(vm.name);
  }
  return lost;
}

function lostNote(lost: readonly string[]): string | undefined {
  return lost.length === 0 ? undefined : `Unplugged, because they run elsewhere: ${nameList(lost)}`;
}

function moveSwitch(draft: Draft, id: string, hypervisor: string): Outcome {
  const old = draft.get("virtualSwitches", id);
  if (old === undefined || old.hypervisors.length !== 1 || old.kind === "distributed") return refuse("A distributed switch spans its hypervisors: change its members in the inspector");
  const groups = draft.entries("portGroups").filter(([, group]) => group.virtualSwitch === id).map(([group]) => group);
  const stranded = draft.entries("managementInterfaces").find(([, each]) => groups.includes(each.portGroup) && each.hypervisor !== hypervisor);
  if (stranded !== undefined) return refuse(`${nameOf(draft.topology, stranded[0])} of ${nameOf(draft.topology, stranded[1].hypervisor)} is plugged into it`);
  draft.set("virtualSwitches", id, { hypervisors: [hypervisor] });
  const lost = groups.flatMap((group) => unplugStrangers(draft, group, [hypervisor]));
  for (const [uplink, value] of draft.entries("uplinks")) {
    if (value.virtualSwitch === id) draft.set("uplinks", uplink, { hypervisor, hostNic: undefined });
  }
  return draft.done(`move ${nameOf(draft.topology, id)} to ${nameOf(draft.topology, hypervisor)}`, [id], lostNote(lost));
}

function moveHypervisor(draft: Draft, id: string, host: string): Outcome {
  draft.set("hypervisors", id, { host });
  const nics = draft.get("hosts", host)?.nics ?? {};
  for (const [uplink, value] of draft.entries("uplinks")) {
    if (value.hypervisor === id && value.hostNic !== undefined && !Object.hasOwn(nics, value.hostNic)) draft.set("uplinks", uplink, { hostNic: undefined });
  }
  return draft.done(`move ${nameOf(draft.topology, id)} to ${nameOf(draft.topology, host)}`, [id]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
