import { entries, record, type Topology } from "../model/topology";
import { PLATFORMS, type Hypervisor, type Platform } from "../model/kinds/hypervisor";
import type { Network } from "../network/compiled-network";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

/** Platforms that run on top of a general-purpose operating system. KVM and Proxmox VE count as type 1 here. */
const HOSTED: ReadonlySet<Platform> = new Set<Platform>(["virtualbox", "vmware-workstation", "parallels"]);
/** Zones whose VMs are nobody's production. */
const LABORATORY = /^(dev|develop(ment)?|test(s|ing)?|lab|sandbox)$/i;
/** What to move to, in the order offered. */
const BARE_METAL = PLATFORMS.filter((platform) => platform === "esxi" || platform === "proxmox" || platform === "hyper-v");

export const hv001: IsolationRule = {
  id: "HV-001",
  title: "Hosted (type 2) hypervisor in a production or multi-tenant role",
  severity: "high",
  threat: "A hosted hypervisor adds the attack surface of a whole operating system to that of every guest: attack the host, attack them all. On Workstation and Fusion, CVE-2024-22252 can run "
    + "code on the host; on ESXi it stays in the VMX sandbox.",
  condition: "The platform is VirtualBox, VMware Workstation or Parallels and the hypervisor runs VMs of two tenants or more, runs a VM in a production zone, or is reached, itself or one of its "
    + "VMs, from an untrusted network. Info where all its VMs are in a zone for development or tests (dev, test …), whatever it does. Identified by the hypervisor.",
  fix: "Move the VMs to a type 1 hypervisor, or keep the hosted one to one tenant's development and tests.",
  commands: [],
  references: ["NIST SP 800-125 (which guests may run on hosted hypervisors)", "CVE-2024-22252"],
  caveats: "Whether KVM is type 1 is debated; here KVM and Proxmox VE count as type 1. Developers' machines drawn for context are harmless.",
  root: () => "",
  check({ topology, network }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => (HOSTED.has(hypervisor.platform) ? inspect(topology, network, id, hypervisor) : []));
  },
};

function inspect(topology: Topology, network: Network, id: string, hypervisor: Hypervisor): Draft[] {
  const residents = residentsOf(topology, id);
  if (residents.length === 0) return [];
  const laboratory = residents.every(({ vm }) => LABORATORY.test(vm.zone ?? ""));
  const reasons = reasonsAgainst(topology, network, id);
  if (reasons.length === 0 && !laboratory) return [];
  return [{
    key: id,
    severity: laboratory ? "info" : "high",
    title: reasons.length > 0 ? `${hypervisor.name} is a hosted hypervisor that ${reasons[0] ?? ""}` : `${hypervisor.name} is a hosted hypervisor`,
    subjects: [id],
    detail: `${hypervisor.name} runs ${hypervisor.platform} on top of a general-purpose operating system`
      + (reasons.length > 0 ? ` and ${listed(reasons)}. Every flaw of that system is one of its guests.` : ". That is fine for development and tests of one tenant.")
      + (reasons.length > 0 && laboratory ? " All its VMs are for development or tests." : ""),
    fixes: () => BARE_METAL.flatMap((platform) => candidate(topology, `Migrate ${hypervisor.name} to ${NAMES[platform] ?? platform}`, (board) => board.set(["hypervisors", id, "platform"], platform))),
  }];
}

const NAMES: Readonly<Partial<Record<Platform, string>>> = { esxi: "ESXi", proxmox: "Proxmox VE", "hyper-v": "Hyper-V" };

function reasonsAgainst(topology: Topology, network: Network, id: string): string[] {
  const residents = residentsOf(topology, id);
  const tenants = tenantsAmong(residents);
  const inProduction = residents.filter(({ vm }) => /^prod(uction)?$/i.test(vm.zone ?? "")).map((resident) => resident.id);
  const reached = reachedFromUntrusted(topology, network, id);
  return [
    ...(tenants.length > 1 ? [`serves ${listed(tenants)}`] : []),
    ...(inProduction.length > 0 ? [`runs production (${listed(inProduction)})`] : []),
    ...(reached === undefined ? [] : [`is reached from ${reached}`]),
  ];
}

/** The name of an untrusted network that reaches the hypervisor's management or one of its VMs. */
function reachedFromUntrusted(topology: Topology, network: Network, id: string): string | undefined {
  const management = entries(topology, "managementInterfaces").filter(([, adapter]) => adapter.hypervisor === id).map(([adapter]) => adapter);
  const targets = [...management, ...residentsOf(topology, id).map((resident) => resident.id)];
  const untrusted = entries(topology, "externalNetworks").filter(([, external]) => external.trust === "untrusted");
  const found = untrusted.find(([external]) => targets.some((target) => reaches(network, external, target)));
  return found === undefined ? undefined : (record(topology, "externalNetworks", found[0])?.name ?? found[0]);
}

function reaches(network: Network, from: string, to: string): boolean {
  const pair = network.pair(from, to);
  return pair.services.length > 0 || pair.oneWay.length > 0;
}
