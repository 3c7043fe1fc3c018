import { compareIds, record, type Topology } from "../model/topology";
import type { Hop } from "../analysis/result";
import { ANY_SERVICE, equalServices, intersectServices, listServices, NO_SERVICES, parseServices, unionServices, type ServiceSet } from "../model/services";
import type { Pair } from "../network/types";
import { compileNetwork } from "../network/network";
import { reachesBeyondPolicy, restsOnOwnFirewall } from "./exposure";
import { counted, listed } from "./phrase";
import { restrictManagement } from "./remedy/restrict-management";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { isManagementsOwn, servesManagement, tenantName } from "./workload";

/** Ports of management services: SSH, HTTP(S), SLP, ESXi, VNC, WinRM, Kubernetes, Proxmox VE, SPICE, RDP, SMB and RPC, Prism. */
const MANAGEMENT_PORTS = parseServices(["tcp/22", "tcp/80", "tcp/135", "tcp/427", "udp/427", "tcp/443", "tcp/445", "tcp/902", "tcp/5480", "tcp/5900-5999", "tcp/5985-5986", "tcp/6443",
  "tcp/8006", "tcp/3128", "tcp/3389", "tcp/9440"]);

export const mgt002: IsolationRule = {
  id: "MGT-002",
  title: "Management reachable from a production or tenant network",
  severity: "critical",
  threat: "A flaw or a stolen password in the management service is within reach of every tenant or user: one step from there to control of all VMs.",
  condition: "A tenant's VM, a workload without a tenant or an external network reaches a management interface that serves management, over any way, with services that policy.allow does not "
    + "cover. It fires too where only the interface's own firewall is not described. Critical from a tenant, a workload or an untrusted network; high from a corporate network or where packets are "
    + "only delivered; medium from an administrators' network, or where no port of a management service is among them. Identified by the source (tenant, external network or VM without tenant) and the interface.",
  fix: "Deny workloads and production towards the management network at the gateway and in the distributed firewall, let the interface's own firewall take administrators only, and give "
    + "management a segment of its own.",
  commands: [
    { platform: "esxi", text: "esxcli network firewall ruleset set --ruleset-id=sshServer --allowed-all=false; esxcli network firewall ruleset allowedip add --ruleset-id=sshServer --ip-address=10.0.10.0/24" },
    { platform: "proxmox", text: "cluster.fw: enable: 1; [IPSET management] lists the administrators' addresses" },
  ],
  references: ["DISA STIG ESXI-80-000198 (V-258758), VCSA-80-000277 (V-258944)", "NIST SP 800-53r5 SC-7, SC-7(15), SC-2, AC-17", "PCI DSS 4.0.1 1.3.1, 1.4.2, 1.4.4, A1.1.1",
    "MITRE ATT&CK T1133, T1190, T1021, T1021.004"],
  caveats: "Flows that managers open to agents are the other direction. A self-service portal for tenants must be another endpoint than the management interface. BMCs are MGT-009.",
  root: ({ key }) => key.slice(0, key.indexOf(">")),
  check(context) {
    return [...exposures(context).values()].map((exposure) => describe(context, exposure));
  },
};

interface Exposure {
  /** The id of a tenant, an external network, or a VM without a tenant. */
  readonly source: string;
  readonly kind: "tenant" | "external" | "vm";
  readonly target: string;
  readonly pairs: Pair[];
}

function exposures({ topology, network }: RuleContext): Map<string, Exposure> {
  const found = new Map<string, Exposure>();
  for (const pair of network.managementConcerns) {
    if (!reachesBeyondPolicy(network, pair)) continue;
    const adapter = record(topology, "managementInterfaces", pair.to);
    if (adapter === undefined || !servesManagement(adapter)) continue;
    const source = sourceOf(topology, pair.from);
    if (source === undefined) continue;
    const key = `${source.source}>${pair.to}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { ...source, target: pair.to, pairs: [pair] });
    else before.pairs.push(pair);
  }
  return new Map([...found].sort(([a], [b]) => compareIds(a, b)));
}

function sourceOf(topology: Topology, party: string): Pick<Exposure, "source" | "kind"> | undefined {
  if (record(topology, "externalNetworks", party) !== undefined) return { source: party, kind: "external" };
  const vm = record(topology, "vms", party);
  if (vm?.tenant !== undefined) return { source: vm.tenant, kind: "tenant" };
  return vm === undefined || isManagementsOwn(vm) ? undefined : { source: party, kind: "vm" };
}

function describe(context: RuleContext, exposure: Exposure): Draft {
  const { topology } = context;
  const { source, target, pairs } = exposure;
  const adapter = record(topology, "managementInterfaces", target);
  const services = pairs.reduce<ServiceSet>((set, pair) => unionServices(set, passing(pair)), NO_SERVICES);
  const assumed = pairs.every((pair) => restsOnOwnFirewall(topology, pair));
  const hypervisor = record(topology, "hypervisors", adapter?.hypervisor)?.name ?? adapter?.hypervisor ?? "";
  const name = exposure.kind === "tenant" ? tenantName(topology, source) : (record(topology, exposure.kind === "external" ? "externalNetworks" : "vms", source)?.name ?? source);
  const answered = assumed || pairs.some((pair) => pair.services.length > 0);
  const senders = [...new Set(pairs.map((pair) => pair.from))];
  const witness = pairs.find((pair) => pair.services.length > 0) ?? pairs[0];
  return {
    key: `${source}>${target}`,
    severity: severityOf(topology, exposure, services),
    title: `${name} reaches ${adapter?.name ?? target} of ${hypervisor}`,
    subjects: [target, ...senders.slice(0, 50)],
    detail: `${subjectOf(exposure.kind, name, senders)} ${answered ? "reach" : "deliver packets to"}${senders.length === 1 && answered ? "es" : ""} ${adapter?.name ?? target} of ${hypervisor} on `
      + `${equalServices(services, ANY_SERVICE) ? "any service" : listed(listServices(services))}, which the policy does not allow.`
      + (assumed ? " The document does not describe the interface's own firewall: the way to it is open, and nothing says that it filters." : "")
      + (pairs.some((pair) => pair.forged === true) ? " The verdict rests on an address that the guest can take over from a neighbour." : ""),
    services: listServices(services),
    path: () => (witness === undefined ? [] : wayTo(context, witness)),
    fixes: () => restrictManagement(context, { source, kind: exposure.kind, target, pairs }),
  };
}

function subjectOf(kind: Exposure["kind"], name: string, senders: readonly string[]): string {
  if (kind === "external") return `The network ${name} (${listed(senders)})`;
  return kind === "vm" ? `The VM ${name} (${listed(senders)})` : `${counted(senders.length, "VM")} of ${name} (${listed(senders)})`;
}

/** The hops; where only the interface's own firewall is unknown, those of the same network with that firewall open. */
function wayTo({ topology, network }: RuleContext, pair: Pair): readonly Hop[] {
  const known = network.firstPath(pair.from, pair.to);
  if (known.length > 0 || !restsOnOwnFirewall(topology, pair)) return known;
  const adapters = Object.entries(topology.managementInterfaces ?? {}).map(([id, adapter]) => [id, adapter.firewall?.enabled === undefined ? { ...adapter, firewall: { ...adapter.firewall, enabled: false } } : adapter]);
  const open = compileNetwork({ ...topology, managementInterfaces: Object.fromEntries(adapters) as Topology["managementInterfaces"] }, network);
  return open.firstPath(pair.from, pair.to);
}

/** What passes beyond the policy. Where only the interface's own firewall is unknown, nothing says that it stops anything. */
function passing(pair: Pair): ServiceSet {
  return pair.verdict === "unknown" ? (pair.perhaps ?? NO_SERVICES) : pair.beyond;
}

function severityOf(topology: Topology, { source, kind, pairs }: Exposure, services: ServiceSet): "critical" | "high" | "medium" {
  if (intersectServices(services, MANAGEMENT_PORTS).length === 0) return "medium";
  const trust = kind === "external" ? record(topology, "externalNetworks", source)?.trust : undefined;
  if (trust === "admin") return "medium";
  const answered = pairs.some((pair) => pair.services.length > 0 || pair.verdict === "unknown");
  return answered && trust !== "corporate" ? "critical" : "high";
}
