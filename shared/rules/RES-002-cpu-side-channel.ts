import { effectiveCpu, effectiveScheduler } from "../model/defaults";
import { entries, record, type Topology } from "../model/topology";
import type { Hypervisor } from "../model/kinds/hypervisor";
import { colocationAt, hypervisorsOn, mayLeak } from "./colocation";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";
import { settingSays } from "./setting-words";

export const res002: IsolationRule = {
  id: "RES-002",
  title: "CPU side-channel exposure with co-resident tenants",
  severity: "medium",
  threat: "Two VMs on the threads of one core, or one after the other on a core whose microcode is old, learn each other's secrets from caches and buffers: L1TF, MDS, Spectre, Retbleed, Zenbleed, VMScape.",
  condition: "The host of a hypervisor runs VMs of two tenants, or a sensitive VM and any other, whichever hypervisor there runs them, and has SMT on while the scheduler is not side-channel aware (unset: ESXi and Linux are not, Hyper-V's core scheduler is, others are "
    + "unknown), or its microcode is not current. High where a VM or tenant is sensitive, else medium. What of the processor is not described is unknown, which MDL-005 reports. Identified by the hypervisor.",
  fix: "A scheduler that never runs two VMs on one core's threads, or SMT off; current microcode; or cores of their own for sensitive VMs.",
  commands: [
    { platform: "esxi", text: "esxcli system settings kernel set -s hyperthreadingMitigation -v TRUE; esxcli system settings kernel set -s hyperthreadingMitigationIntraVM -v FALSE" },
    { platform: "linux", text: "kernel command line: mitigations=auto,nosmt; then cat /sys/devices/system/cpu/vulnerabilities/*" },
    { platform: "hyper-v", text: "bcdedit /set hypervisorschedulertype core" },
  ],
  references: [
    "VMware SCG esxi-8.cpu-hyperthread-warning",
    "DISA STIG ESXI-80-000223 (V-258778)",
    "Broadcom KB 330041, KB 67577",
    "Linux kernel documentation, l1tf.rst, vmscape.rst, mds.rst",
    "NIST SP 800-53r5 SC-4, SC-39",
    "CWE-1303, CWE-1420",
    "CVE-2017-5715, CVE-2022-29900, CVE-2023-20593, CVE-2025-40300",
  ],
  caveats: "Which processors are affected by which flaw is not looked up: every processor counts. Mitigations that were switched off by a boot parameter are not in the document.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

/** Why the cores of a hypervisor leak between VMs that run there; undefined where they do not, or where that is not known. */
export function leakOfCores(topology: Topology, hypervisor: string): string | undefined {
  const own = record(topology, "hypervisors", hypervisor);
  const flaws = own === undefined ? undefined : flawsOf(topology, hypervisor, own);
  return flaws === undefined ? undefined : leakWords(own?.name ?? hypervisor, flaws.threads);
}

function leakWords(name: string, threads: boolean): string {
  return threads ? `VMs on ${name} share cores` : `${name} has old microcode`;
}

function flawsOf(topology: Topology, id: string, { host }: Hypervisor): { threads: boolean; old: boolean } | undefined {
  const cpu = record(topology, "hosts", host)?.cpu;
  const old = cpu?.microcodeCurrent === false;
  const threads = cpu?.smt === true && effectiveScheduler(topology, id).value === false;
  return threads || old ? { threads, old } : undefined;
}

function inspect(topology: Topology, id: string, hypervisor: Hypervisor): Draft[] {
  const { name, host } = hypervisor;
  const flaws = flawsOf(topology, id, hypervisor);
  if (flaws === undefined) return [];
  const { threads, old } = flaws;
  const scheduler = effectiveScheduler(topology, id);
  const shared = colocationAt(topology, host);
  if (!mayLeak(shared) || !shared.residents.some(({ vm }) => vm.hypervisor === id)) return [];
  const where = hypervisorsOn(topology, host).length > 1 ? (record(topology, "hosts", host)?.name ?? host) : name;
  const reasons = [
    ...(threads ? [`${settingSays(effectiveCpu(topology, host, "smt"))} and ${settingSays(scheduler)}`] : []),
    ...(old ? [settingSays(effectiveCpu(topology, host, "microcodeCurrent"))] : []),
  ];
  return [{
    key: id,
    severity: shared.sensitive.length > 0 ? "high" : "medium",
    title: threads ? `${name} runs VMs that should be apart on the threads of one core` : `${name} has old microcode`,
    subjects: [id, host, ...shared.sensitive.slice(0, 50)],
    detail: `${reasons.join("; ")}. ${where} runs VMs of ${shared.tenants.length === 0 ? "no tenant" : listed(shared.tenants)}${shared.sensitive.length > 0 ? `, of which ${listed(shared.sensitive)} ${shared.sensitive.length === 1 ? "is" : "are"} sensitive` : ""}.`,
    ways: () => {
      const places = shared.residents.map((resident) => `vm:${resident.id}` as const);
      return [{ channel: "core", from: places, to: places, detail: leakWords(name, threads) }];
    },
    fixes: () => [
      ...candidate(topology, `Keep VMs on ${name} off one another's cores${old ? ", and update the microcode" : ""}`, (board) => {
        if (threads) board.set(["hypervisors", id, "sideChannelScheduler"], true);
        if (old) board.set(["hosts", host, "cpu", "microcodeCurrent"], true);
      }),
      ...(threads ? candidate(topology, `Switch SMT off on ${record(topology, "hosts", host)?.name ?? host}${old ? ", and update the microcode" : ""}`, (board) => {
        board.set(["hosts", host, "cpu", "smt"], false);
        if (old) board.set(["hosts", host, "cpu", "microcodeCurrent"], true);
      }) : []),
    ],
  }];
}
