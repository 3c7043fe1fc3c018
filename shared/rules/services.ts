/** Running services of a hypervisor, by the names that people and importers write. */
import type { Hypervisor } from "../model/kinds/hypervisor";
import { entries, type Topology } from "../model/topology";

/** Ways to log in to the hypervisor itself. */
const LOGIN = new Set(["ssh", "sshd", "tsm-ssh", "shell", "esxi-shell", "tsm"]);

export function isLogin(service: string): boolean {
  return LOGIN.has(service.trim().toLowerCase());
}

/** Nodes of a Proxmox VE cluster need SSH among one another. */
export function clusterNeedsSsh(topology: Topology, { platform }: Hypervisor): boolean {
  return platform === "proxmox" && entries(topology, "hypervisors").filter(([, other]) => other.platform === "proxmox").length > 1;
}

export function isSsh(service: string): boolean {
  return isLogin(service) && /ssh/i.test(service);
}
