import { effectiveOwnFirewall } from "../model/defaults";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { entries, record } from "../model/topology";
import { restrictOwnFirewall } from "./remedy/restrict-management";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { servesManagement } from "./workload";

/** Every address of a family. */
const EVERYBODY: readonly string[] = ["any", "cidr:0.0.0.0/0", "cidr:::/0"];

export const mgt004: IsolationRule = {
  id: "MGT-004",
  title: "Host or manager firewall does not restrict management sources",
  severity: "medium",
  threat: "Where routing or an access list fails, nothing else stands between a tenant and the management service.",
  condition: "The own firewall of an interface that serves management is off, or takes any source (allowedSources absent, or any). A firewall that the document does not describe is unknown, which "
    + "MDL-005 reports. High where MGT-002 fires for the interface too. Identified by the interface.",
  fix: "Switch the interface's own firewall on and let it take administrators and management only.",
  commands: [
    { platform: "esxi", text: "esxcli network firewall set --default-action=false --enabled=true; esxcli network firewall ruleset set --ruleset-id=sshServer --allowed-all=false; "
      + "esxcli network firewall ruleset allowedip add --ruleset-id=sshServer --ip-address=10.0.10.0/24" },
    { platform: "proxmox", text: "cluster.fw: enable: 1; policy_in: DROP; [IPSET management] lists the administrators' addresses" },
    { platform: "hyper-v", text: "Set-NetFirewallRule -DisplayGroup 'Windows Remote Management' -RemoteAddress 10.0.10.0/24" },
  ],
  references: ["VMware SCG esxi-8.firewall-restrict-access, esxi-8.firewall-incoming-default, vcenter-8.vami-firewall-restrict-access", "DISA STIG ESXI-80-000239 (V-258794), ESXI-80-000214 (V-258769)",
    "CIS VMware ESXi 7.0 v1.2.0 2.2", "PCI DSS 4.0.1 1.3.1, 1.4.1"],
  caveats: "From ESXi 8.0.2 on only rulesets that the user owns can be changed. Proxmox VE's firewall is off until it is enabled for the datacenter.",
  root: () => "",
  check(context) {
    return entries(context.topology, "managementInterfaces").flatMap(([id, adapter]) => (servesManagement(adapter) ? inspect(context, id, adapter) : []));
  },
};

function inspect({ topology, network, earlier }: RuleContext, id: string, adapter: ManagementInterface): Draft[] {
  const { firewall } = adapter;
  if (firewall === undefined) return [];
  const on = effectiveOwnFirewall(topology, id).value;
  const any = firewall.allowedSources === undefined || firewall.allowedSources.some((source) => EVERYBODY.includes(source));
  if (on !== false && !any) return [];
  const reached = (earlier.get("MGT-002") ?? []).some((draft) => draft.key.endsWith(`>${id}`));
  const hypervisor = record(topology, "hypervisors", adapter.hypervisor)?.name ?? adapter.hypervisor;
  const what = on === false ? "is off" : firewall.allowedSources === undefined ? "names no allowed sources, which lets any in" : "lets any source in";
  return [{
    key: id,
    severity: reached ? "high" : "medium",
    title: `The firewall of ${adapter.name} on ${hypervisor} ${on === false ? "is off" : "takes any source"}`,
    subjects: [id, adapter.hypervisor],
    detail: `The own firewall of ${adapter.name} on ${hypervisor} ${what}.${reached ? " Tenants or production reach the interface." : " Only the network keeps others away."}`,
    fixes: () => restrictOwnFirewall(topology, id, network.today),
  }];
}
