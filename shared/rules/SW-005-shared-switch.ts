import { freshId } from "../model/ids";
import { compareIds, entries } from "../model/topology";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { Severity } from "../analysis/result";
import { byHand, listed } from "./phrase";
import { portGroupsOf } from "./residents";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { carriedBy, unshapedUplinks, type Carried } from "./shared-uplinks";

const MOST_SUBJECTS = 50;

export const sw005: IsolationRule = {
  id: "SW-005",
  title: "Management and tenants share one virtual switch and uplink",
  severity: "low",
  threat: "Only a VLAN number stands between tenants and management: one mistake at one port, and they are in one segment.",
  condition: "An uplink of a virtual switch carries a port group with a management, migration or storage interface and a port group with workloads. Medium where a guest port on that switch carries several VLANs (NET-005) or nothing "
    + "limits bandwidth on the uplink (RES-004); low where the interfaces are not in a VLAN of their own (MGT-001, MGT-003, MGT-007); else info. Identified by the virtual switch.",
  fix: "A virtual switch with uplinks of its own for management.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard add --vswitch-name=vSwitchMgmt; esxcli network vswitch standard uplink add --uplink-name=vmnic2 --vswitch-name=vSwitchMgmt" },
    { platform: "hyper-v", text: "New-VMSwitch -Name Guests -NetAdapterName NIC2 -AllowManagementOS $false" },
    { platform: "proxmox", text: "a second bridge vmbr1 on eno2 in /etc/network/interfaces" },
  ],
  references: ["VMware vSphere networking best practices (physical separation, else VLANs)", "NIST SP 800-53r5 SC-7(13)"],
  caveats: "Hosts with two adapters in one converged team are normal: keep the info. ESXi's vSwitch0, Proxmox VE's vmbr0 and a Hyper-V external switch shared with the management operating system start this way.",
  root: () => "",
  check(context) {
    return entries(context.topology, "virtualSwitches").flatMap(([id, vswitch]) => inspect(context, id, vswitch));
  },
};

function inspect(context: RuleContext, id: string, { name }: VirtualSwitch): Draft[] {
  const { topology } = context;
  const shared = carriedBy(topology, id).filter(({ adapters, workloadGroups }) => adapters.length > 0 && workloadGroups.length > 0);
  if (shared.length === 0) return [];
  const adapters = [...new Set(shared.flatMap((uplink) => uplink.adapters))].sort(compareIds);
  const groups = [...new Set(shared.flatMap((uplink) => uplink.workloadGroups))].sort(compareIds);
  const worse = reasonFor(context, id, shared, adapters);
  return [{
    key: id,
    severity: worse?.severity ?? "info",
    title: `${name} carries management and tenants over the same uplinks`,
    subjects: [id, ...shared.slice(0, MOST_SUBJECTS).map(({ uplink }) => uplink), ...adapters.slice(0, MOST_SUBJECTS)],
    detail: `${listed(shared.map(({ uplink }) => uplink))} of ${name} ${shared.length === 1 ? "carries" : "carry"} ${listed(adapters)} and the workloads of ${listed(groups)}.${worse === undefined ? " Only VLANs keep them apart." : ` ${worse.text}`}`
      + byHand(`whether the hosts have another adapter to give management a switch of its own (say ${freshId(topology, `${id}-mgmt`)}) is not in the document`),
  }];
}

function reasonFor({ topology, earlier }: RuleContext, id: string, shared: readonly Carried[], adapters: readonly string[]): { readonly severity: Severity; readonly text: string } | undefined {
  const own = new Set(portGroupsOf(topology, id));
  const trunk = (earlier.get("NET-005") ?? []).find(({ subjects }) => subjects.some((subject) => own.has(subject)));
  if (trunk !== undefined) return { severity: "medium", text: `A guest port there carries several VLANs (NET-005:${trunk.key}).` };
  if (unshapedUplinks(topology, id).some(({ uplink }) => shared.some((one) => one.uplink === uplink))) return { severity: "medium", text: "Nothing limits how much of the uplink tenants take (RES-004)." };
  const near = ["MGT-001", "MGT-003", "MGT-007"].find((rule) => (earlier.get(rule) ?? []).some(({ subjects }) => adapters.includes(subjects[0] ?? "")));
  return near === undefined ? undefined : { severity: "low", text: `They are not even in VLANs of their own (${near}).` };
}

