/** Attack paths in words. Pure. */
import type { AttackPath, Channel } from "../../shared/analysis/result";
import type { Radius, RadiusTenant } from "../../shared/attack/radius";

/** What has to be so for a step, whoever takes it. */
export const PRECONDITIONS: Readonly<Record<Channel, string>> = {
  network: "packets pass and are answered",
  spoof: "frames pass both ways; addresses are made up",
  inject: "frames or packets arrive, and no answer comes back",
  sniff: "the port hears its neighbours' frames",
  "vlan-hop": "a trunk sends its native VLAN untagged; the outer tag is stripped",
  clipboard: "somebody copies between the guest and the console",
  "drag-and-drop": "somebody drags between the guest and the console",
  "shared-folder": "the folder is mounted",
  tools: "a flaw in the guest tools",
  device: "a flaw in the device's emulation, or memory that it reaches",
  memory: "both run on one hypervisor; a slow side channel",
  core: "both run on one core; a slow side channel",
  escape: "a flaw of the hypervisor that is known and not mended",
  control: "whoever has the hypervisor has what it runs",
  management: "credentials, or a flaw of the service",
  storage: "blocks that were given back are handed out again",
  mirror: "the traffic is copied there",
};

/** A path in one line: the channels by which it goes. */
export function channelsOf({ steps }: AttackPath): string {
  return steps.map(({ channel }) => channel).join(" → ");
}

/** What tells paths apart. */
export function keyOf({ steps }: AttackPath): string {
  return steps.map(({ from, channel, to }) => `${from} ${channel} ${to}`).join(" ");
}

/** Such as "2 of 4 VMs". */
export function shareOf({ reached, of }: Pick<RadiusTenant, "reached" | "of">): string {
  return `${reached.toLocaleString("en")} of ${of.toLocaleString("en")} ${of === 1 ? "VM" : "VMs"}`;
}

/** How far somebody gets: "Tenant A gets at 1 tenant, 2 hypervisors and 2 management interfaces". */
export function radiusWords({ tenants, hypervisors, management, datastores }: Radius, from: string): string {
  const counted = (count: number, one: string): string[] => (count === 0 ? [] : [`${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`]);
  const parts = [...counted(tenants.length, "tenant"), ...counted(hypervisors.length, "hypervisor"), ...counted(management.length, "management interface"), ...counted(datastores.length, "datastore")];
  const last = parts.pop();
  return `${from} gets at ${parts.length === 0 ? "" : `${parts.join(", ")} and `}${last ?? "nothing"}`;
}

/** Why there is no path, and what that rests on. */
export function noWayWords(from: string, to: string | undefined, anyHost: boolean): string {
  const target = to === undefined ? "another tenant, a hypervisor or management" : to;
  return `No step leads from ${from} to ${target}: nothing passes over the network, and no shared clipboard, folder, memory, core, device or datastore joins them`
    + (anyHost ? ", wherever in their cluster VMs run." : " where VMs run now.");
}
