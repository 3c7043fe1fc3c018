import { effectiveManagement } from "../model/defaults";
import { entries } from "../model/topology";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";

export const mgt006: IsolationRule = {
  id: "MGT-006",
  title: "Administrative actions are not logged off-host",
  severity: "medium",
  threat: "Whoever takes a hypervisor over rewrites its logs: without a copy elsewhere nothing is noticed, and nothing is left to investigate.",
  condition: "A hypervisor's management has remoteLogging false: what administrators do is kept on the hypervisor alone. Not described is unknown, which MDL-005 reports. Identified by the hypervisor.",
  fix: "Send system and audit logs over TLS to a collector in the management network, and let the flow from management to the collector through.",
  commands: [
    { platform: "esxi", text: "esxcli system syslog config set --loghost=ssl://log.example:1514; esxcli system syslog reload; esxcli network firewall ruleset set --ruleset-id=syslog --enabled=true" },
    { platform: "esxi", text: "esxcli system auditrecords local enable; esxcli system auditrecords remote enable; esxcli system syslog reload" },
  ],
  references: [
    "VMware SCG esxi-8.logs-remote, esxi-8.logs-audit-remote, vcenter-8.events-remote-logging",
    "DISA STIG ESXI-80-000114 (V-258744), ESXI-80-000232 (V-258787), ESXI-80-000233 (V-258788), VCSA-80-000280 (V-258947)",
    "NIST SP 800-53r5 AU-2, AU-12, AU-4(1)",
    "PCI DSS 4.0.1 10.2.1.2, 10.3.3",
  ],
  caveats: "A collector in a tenant's network is a way into management itself (MGT-002). Transport and retention of the logs are not in the document. ESXi forwards nothing until a log host is set, Proxmox VE "
    + "keeps its logs on the node, Hyper-V in its event log: a hypervisor that says nothing is unknown all the same.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, { name }]): Draft[] => {
      const setting = effectiveManagement(topology, id, "remoteLogging");
      if (setting.value !== false) return [];
      return [{
        key: id,
        title: `${name} keeps its logs to itself`,
        subjects: [id],
        detail: `${setting.field} is off: what administrators do on ${name} is recorded nowhere else.`,
        fixes: () => candidate(topology, `Send the logs of ${name} to a collector`, (board) => board.set(["hypervisors", id, "management", "remoteLogging"], true)),
      }];
    });
  },
};
