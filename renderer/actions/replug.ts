/** Pulling the end of a cable out and plugging it in elsewhere: the cable keeps its settings. */
import { locate } from "../../shared/model/ids";
import type { Topology } from "../../shared/model/topology";
import { attachExternal, cannotPlug, moveManagement } from "./connect-ports";
import { connectBmc } from "./connect-switches";
import { Draft, refuse, type Outcome } from "./draft";
import { nameOf } from "./names";

/** `far` is where the cable leads to; `near` is the thing that it belongs to, and only trunks can change that end. */
export type CableEnd = "near" | "far";

/** Whether an end of this cable (its id on the canvas) can be plugged in elsewhere. */
export function canReplug(topology: Topology, cable: string, end: CableEnd): boolean {
  const location = locate(topology, ownerOf(cable));
  if (location === undefined) return false;
  if (location.collection === "trunks") return true;
  if (end === "near") return false;
  return ["vms", "managementInterfaces", "uplinks", "firewalls", "routers", "externalNetworks", "hosts"].includes(location.collection);
}

/** Moves an end of a cable to `target`. Answers why not where it means nothing there. */
export function replug(topology: Topology, cable: string, end: CableEnd, target: string): Outcome {
  const draft = new Draft(topology);
  const owner = ownerOf(cable);
  const local = /\/([^>]+)/.exec(cable)?.[1];
  const physical = draft.get("physicalSwitches", target) !== undefined;
  const group = draft.get("portGroups", target) !== undefined;
  const collection = locate(topology, owner)?.collection;
  switch (collection) {
    case "vms": {
      const vm = draft.get("vms", owner);
      const nic = local === undefined ? undefined : vm?.nics?.[local];
      if (local === undefined || nic === undefined || !group) return refuse("A vNIC is plugged into a port group");
      const reason = cannotPlug(draft, vm?.hypervisor, target);
      if (reason !== undefined) return refuse(reason);
      draft.set("vms", owner, { nics: { ...vm?.nics, [local]: { ...nic, portGroup: target } } });
      return moved(draft, cable, target);
    }
    case "managementInterfaces":
      return group ? moveManagement(draft, owner, target) : refuse("A management interface is plugged into a port group");
    case "uplinks":
      if (!physical) return refuse("An uplink leads to a physical switch");
      draft.set("uplinks", owner, { physicalSwitch: target });
      return moved(draft, cable, target);
    case "trunks":
      return replugTrunk(draft, owner, end, target, physical);
    case "firewalls":
    case "routers":
      return replugInterface(draft, collection, owner, local, target);
    case "externalNetworks":
      return group || physical ? attachExternal(draft, owner, target) : refuse("An external network is attached to a switch or port group");
    case "hosts":
      return physical ? connectBmc(draft, owner, target) : refuse("A BMC is plugged into a physical switch");
    default:
      return refuse("This cable stays where it is");
  }
}

function replugTrunk(draft: Draft, id: string, end: CableEnd, target: string, physical: boolean): Outcome {
  const trunk = draft.get("trunks", id);
  if (trunk === undefined || !physical) return refuse("A trunk joins two physical switches");
  const side = end === "near" ? "a" : "b";
  if (trunk[side === "a" ? "b" : "a"].switch === target) return refuse("A cable needs two ends");
  draft.set("trunks", id, { [side]: { ...trunk[side], switch: target } });
  return moved(draft, id, target);
}

function replugInterface(draft: Draft, collection: "firewalls" | "routers", id: string, local: string | undefined, target: string): Outcome {
  const forwarder = draft.get(collection, id);
  const port = local === undefined ? undefined : forwarder?.interfaces?.[local];
  if (local === undefined || port === undefined) return refuse("This cable stays where it is");
  const { portGroup: _group, physicalSwitch: _switch, vlan, ...settings } = port;
  const isGroup = draft.get("portGroups", target) !== undefined;
  const reason = isGroup ? cannotPlug(draft, forwarder?.hypervisor, target) : draft.get("physicalSwitches", target) === undefined ? "An interface is plugged into a port group or a physical switch" : undefined;
  if (reason !== undefined) return refuse(reason);
  const plugged = isGroup ? { portGroup: target, ...settings } : { physicalSwitch: target, ...(vlan === undefined ? {} : { vlan }), ...settings };
  draft.set(collection, id, { interfaces: { ...forwarder?.interfaces, [local]: plugged } });
  return moved(draft, `${id}/${local}`, target);
}

function moved(draft: Draft, cable: string, target: string): Outcome {
  return draft.done(`plug ${nameOf(draft.topology, cable)} into ${nameOf(draft.topology, target)}`, [cable]);
}

function ownerOf(cable: string): string {
  return cable.split(/[/>]/)[0] ?? cable;
}
