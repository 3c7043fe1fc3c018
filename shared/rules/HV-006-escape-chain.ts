import { SEVERITIES, type Severity } from "../analysis/result";
import { entries, record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import { colocationOn } from "./colocation";
import { listed } from "./phrase";
import { machinesOf, type Resident } from "./residents";
import type { Draft, IsolationRule, RuleContext } from "./rule";

/** What widens the way from a guest to its hypervisor. */
const SURFACES = ["VM-001", "VM-002", "VM-003", "VM-004", "VM-005"] as const;

export const hv006: IsolationRule = {
  id: "HV-006",
  title: "Escape chain: exposed VM, escape surface, valuable neighbour",
  severity: "high",
  threat: "From an untrusted network into a VM, from the VM into its hypervisor, from there to every VM on it: each step alone looks small.",
  condition: "A VM that an untrusted network reaches has an escape surface (a finding of VM-001 to VM-005 on it, or of HV-002 on its hypervisor), and beside it runs a VM of another tenant or a sensitive one, or VMs reach the management "
    + "of its hypervisor (MGT-001, MGT-002). Critical where HV-002 is critical there, else high. The parent of those findings: it closes with them. Identified by the VM.",
  fix: "The fixes of the links, one after the other; and VMs that face untrusted networks on hypervisors of their own (RES-006).",
  commands: [],
  references: ["MITRE ATT&CK T1611, T1068", "NIST SP 800-53r5 SC-39, SC-3", "CVE-2025-22224, CVE-2015-3456"],
  caveats: "A risk of the design, no sign that the VM can be exploited. ESXi's VMX sandbox makes the step less likely, a hosted hypervisor more.",
  root: () => "",
  check(context) {
    const untrusted = entries(context.topology, "externalNetworks").filter(([, { trust }]) => trust === "untrusted").map(([id]) => id);
    if (untrusted.length === 0) return [];
    const [links, exposure] = [linksOf(context), exposureTo(context.network, untrusted)];
    return machinesOf(context.topology).flatMap((machine) => inspect(context, links, exposure, machine));
  },
};

interface Link {
  readonly id: string;
  readonly severity: Severity;
}

interface Links {
  readonly byVm: ReadonlyMap<string, readonly Link[]>;
  readonly byHypervisor: ReadonlyMap<string, Link>;
  /** Hypervisors whose management some VM reaches, with the findings that say so. */
  readonly reachable: ReadonlyMap<string, string>;
}

function linksOf({ topology, earlier }: RuleContext): Links {
  const byVm = new Map<string, Link[]>();
  for (const rule of SURFACES) {
    for (const { key, severity = "medium" } of earlier.get(rule) ?? []) byVm.set(key, [...(byVm.get(key) ?? []), { id: `${rule}:${key}`, severity }]);
  }
  const byHypervisor = new Map((earlier.get("HV-002") ?? []).map(({ key, severity = "high" }) => [key, { id: `HV-002:${key}`, severity }]));
  const reachable = new Map<string, string>();
  for (const rule of ["MGT-001", "MGT-002"]) {
    for (const { key, subjects } of earlier.get(rule) ?? []) {
      const hypervisor = record(topology, "managementInterfaces", subjects[0])?.hypervisor;
      const external = record(topology, "externalNetworks", key.split(">")[0]) !== undefined;
      if (hypervisor !== undefined && !external && !reachable.has(hypervisor)) reachable.set(hypervisor, `${rule}:${key}`);
    }
  }
  return { byVm, byHypervisor, reachable };
}

function inspect({ topology, network }: RuleContext, links: Links, exposure: (vm: string) => string | undefined, { id, vm }: Resident): Draft[] {
  const flaw = links.byHypervisor.get(vm.hypervisor);
  const surfaces = links.byVm.get(id) ?? [];
  if (surfaces.length === 0 && flaw === undefined) return [];
  const prize = prizeOf(topology, links, { id, vm });
  if (prize === undefined) return [];
  const from = exposure(id);
  if (from === undefined) return [];
  const hypervisor = record(topology, "hypervisors", vm.hypervisor)?.name ?? vm.hypervisor;
  const causes = [...surfaces.map((link) => link.id), ...(flaw === undefined ? [] : [flaw.id])];
  return [{
    key: id,
    severity: flaw !== undefined && SEVERITIES.indexOf(flaw.severity) === 0 ? "critical" : "high",
    title: `${vm.name} is a way from ${record(topology, "externalNetworks", from)?.name ?? from} into ${hypervisor}`,
    subjects: [id, vm.hypervisor, from, ...prize.subjects],
    detail: `${from} reaches ${vm.name}; out of it lead ${listed(causes)}; and ${prize.text}. This is a risk of the design, not a sign that it can be exploited.`,
    path: () => network.firstPath(from, id),
    causes,
  }];
}

/** What an escape would win. */
function prizeOf(topology: Topology, { reachable }: Links, { id, vm }: Resident): { readonly text: string; readonly subjects: readonly string[] } | undefined {
  const { tenants, sensitive } = colocationOn(topology, vm.hypervisor);
  const hypervisor = record(topology, "hypervisors", vm.hypervisor)?.name ?? vm.hypervisor;
  const others = tenants.filter((tenant) => tenant !== vm.tenant);
  if (others.length > 0) return { text: `${hypervisor} also runs VMs of ${listed(others)}`, subjects: others.slice(0, 20) };
  const secrets = sensitive.filter((other) => other !== id);
  if (secrets.length > 0) return { text: `${hypervisor} also runs the sensitive ${listed(secrets)}`, subjects: secrets.slice(0, 20) };
  const way = reachable.get(vm.hypervisor);
  return way === undefined ? undefined : { text: `VMs reach the management of ${hypervisor} (${way})`, subjects: [] };
}

/** The first of the external networks that reaches a VM; asked once for all that nothing tells apart. */
function exposureTo(network: Network, untrusted: readonly string[]): (vm: string) => string | undefined {
  const known = new Map<unknown, string | undefined>();
  return (vm) => {
    const party = network.party(vm);
    if (party === undefined) return undefined;
    const own = network.classOf(party);
    if (!known.has(own)) known.set(own, untrusted.find((external) => reaches(network, external, vm)));
    return known.get(own);
  };
}

function reaches(network: Network, from: string, to: string): boolean {
  const { services, oneWay } = network.pair(from, to);
  return services.length > 0 || oneWay.length > 0;
}
