import { effectiveMemorySharing } from "../model/defaults";
import { entries, type Topology } from "../model/topology";
import type { Hypervisor } from "../model/kinds/hypervisor";
import type { Vm } from "../model/kinds/vm";
import { colocationOn, type Colocation } from "./colocation";
import { byHand, counted, listed } from "./phrase";
import { candidate, type Board } from "./remedy/board";
import { isSensitive, type Resident } from "./residents";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

const MOST_SUBJECTS = 50;

export const res003: IsolationRule = {
  id: "RES-003",
  title: "No resource reservation or limits (noisy neighbour), or host overcommitted",
  severity: "low",
  threat: "A VM without limits takes processor and memory from its neighbours: tenants stand still, and from how they slow down one learns what another does.",
  condition: "A hypervisor runs VMs of two tenants or more, and one has no limit of processor or memory (0 is none, and none is every platform's default), or a sensitive VM has no reservation, or more memory is reserved than "
    + "the hypervisor has, or with memory sharing off more is allowed. Identified by the hypervisor.",
  fix: "A resource pool or limits for each tenant, reservations for what must not stand still, no more memory than there is.",
  commands: [
    { platform: "esxi", text: "Get-VM X | Get-VMResourceConfiguration | Set-VMResourceConfiguration -CpuLimitMhz 4000 -MemReservationMB 4096" },
    { platform: "proxmox", text: "qm set ID --cpulimit 2 --cpuunits 100" },
    { platform: "libvirt", text: "virsh memtune X --hard-limit 4194304" },
    { platform: "hyper-v", text: "Set-VMProcessor -VMName X -Maximum 50 -Reserve 10" },
  ],
  references: ["NIST SP 800-53r5 SC-5, SC-5(2), SC-6", "MITRE ATT&CK T1499"],
  caveats: "Elastic development clusters live without limits: accept it by name. Shares, resource pools and the number of virtual processors are not in the document, so processors are not added up. ESXi: unlimited with normal "
    + "shares; Proxmox VE: cpulimit 0 is none; libvirt: none; Hyper-V: reserve 0, limit 100.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

const isLimited = ({ resources: { cpuLimitMhz = 0, memoryLimitMb = 0 } = {} }: Vm): boolean => cpuLimitMhz > 0 || memoryLimitMb > 0;
const isReserved = ({ resources: { cpuReservationMhz = 0, memoryReservationMb = 0 } = {} }: Vm): boolean => cpuReservationMhz > 0 || memoryReservationMb > 0;
const sum = (residents: readonly Resident[], field: "memoryReservationMb" | "memoryLimitMb"): number => residents.reduce((total, { vm }) => total + (vm.resources?.[field] ?? 0), 0);

function inspect(topology: Topology, id: string, { name, memoryMb }: Hypervisor): Draft[] {
  const shared = colocationOn(topology, id);
  if (shared.tenants.length < 2) return [];
  const unlimited = shared.residents.filter(({ vm }) => !isLimited(vm));
  const unreserved = shared.residents.filter(({ vm }) => isSensitive(topology, vm) && !isReserved(vm));
  const overcommitted = overcommitment(topology, id, memoryMb, shared);
  const reasons = [
    ...(unlimited.length > 0 ? [`${counted(unlimited.length, "VM")} may take all there is (${listed(unlimited.map((one) => one.id))}): resources.cpuLimitMhz and resources.memoryLimitMb are not set, and no limit is assumed, every platform's default`] : []),
    ...(unreserved.length > 0 ? [`the sensitive ${listed(unreserved.map((one) => one.id))} ${unreserved.length === 1 ? "has" : "have"} no reservation`] : []),
    ...overcommitted,
  ];
  if (reasons.length === 0) return [];
  const byOwner = memoryMb === undefined || overcommitted.length > 0;
  return [{
    key: id,
    title: unlimited.length > 0 ? `VMs of several tenants on ${name} have no limits` : overcommitted.length > 0 ? `${name} promises more memory than it has` : `Sensitive VMs on ${name} have no reservation`,
    subjects: [id, ...new Set([...unlimited, ...unreserved].slice(0, MOST_SUBJECTS).map((one) => one.id))],
    detail: `${name} runs VMs of ${listed(shared.tenants)}: ${reasons.join("; ")}.${byOwner ? byHand(overcommitted.length > 0 ? "which VM gets less, or moves, is the owner's choice" : `the memory of ${name} is not in the document, so no share of it can be given`) : ""}`,
    fixes: () => (byOwner ? [] : shareMemory(topology, name, memoryMb, shared, unlimited, unreserved)),
  }];
}

function overcommitment(topology: Topology, id: string, memoryMb: number | undefined, { residents }: Colocation): string[] {
  if (memoryMb === undefined) return [];
  const [reserved, allowed] = [sum(residents, "memoryReservationMb"), sum(residents, "memoryLimitMb")];
  if (reserved > memoryMb) return [`${reserved} MB of memory are reserved of ${memoryMb}`];
  return allowed > memoryMb && effectiveMemorySharing(topology, id).value === "off" ? [`${allowed} MB of memory are allowed of ${memoryMb}, and memory sharing is off`] : [];
}

/** Every VM without a limit gets an equal share of what the others leave; sensitive ones have theirs reserved. */
function shareMemory(topology: Topology, name: string, memoryMb: number, { residents }: Colocation, unlimited: readonly Resident[], unreserved: readonly Resident[]): FixCandidate[] {
  const left = memoryMb - sum(residents, "memoryLimitMb");
  const share = unlimited.length === 0 ? 0 : Math.floor(left / unlimited.length);
  const reserve = Math.floor((memoryMb - sum(residents, "memoryReservationMb")) / residents.length);
  if ((unlimited.length > 0 && share < 1) || (unreserved.length > 0 && reserve < 1)) return [];
  const title = unlimited.length > 0 ? `Limit ${counted(unlimited.length, "VM")} on ${name} to ${share} MB each, an equal share of its memory` : `Reserve ${reserve} MB for each sensitive VM on ${name}`;
  return candidate(topology, title, (board) => {
    for (const { id } of unlimited) board.set(["vms", id, "resources", "memoryLimitMb"], share);
    for (const one of unreserved) reserveMemory(board, one, unlimited.includes(one) ? share : undefined, reserve);
  });
}

/** Never more than the VM's limit. */
function reserveMemory(board: Board, { id, vm }: Resident, share: number | undefined, reserve: number): void {
  const limit = share ?? (vm.resources?.memoryLimitMb || undefined);
  board.set(["vms", id, "resources", "memoryReservationMb"], Math.min(reserve, limit ?? reserve));
}
