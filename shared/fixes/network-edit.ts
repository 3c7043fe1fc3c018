/** Which edits change what reaches what. The compiled network is kept where none does: most hardening fixes are such. */
import { parsePointer } from "../model/path";
import type { Edit } from "../analysis/result";

/** Fields that the forwarding model never reads, by collection. Whatever is not listed counts as network. */
const BESIDE_THE_NETWORK: Readonly<Record<string, readonly string[]>> = {
  hypervisors: ["version", "patchLevel", "memorySharing", "hostOsServices", "sideChannelScheduler", "management"],
  vms: ["guest", "devices", "resources", "disks", "encryption", "image", "secureBoot", "sensitive", "zone"],
  virtualSwitches: ["security", "mirrors", "macLearning"],
  portGroups: ["security", "dhcpGuard", "raGuard", "shaping", "encryption"],
  datastores: ["encrypted", "secureErase"],
  hosts: ["cpu"],
};

export function touchesNetwork(edits: readonly Edit[]): boolean {
  return edits.some((edit) => !isBeside(edit.path) || ("from" in edit && !isBeside(edit.from)));
}

function isBeside(path: string): boolean {
  const [collection = "", id, field] = parsePointer(path) ?? [];
  if (collection === "layout" || (collection === "policy" && id === "accept")) return true;
  if (field === undefined || !Object.hasOwn(BESIDE_THE_NETWORK, collection)) return false;
  return BESIDE_THE_NETWORK[collection]?.includes(field) === true;
}
