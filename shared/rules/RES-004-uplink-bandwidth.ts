import { jsonPath } from "../model/path";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";
import { unshapedUplinks } from "./shared-uplinks";

const MOST_SUBJECTS = 50;
/** What the document format's own example uses: a start that the owner adjusts to the uplink. */
const SHAPING = { averageMbps: 1000, peakMbps: 2000 };

export const res004: IsolationRule = {
  id: "RES-004",
  title: "No network QoS or rate limit for tenants on a shared uplink",
  severity: "low",
  threat: "One tenant fills the uplink, and the others, or management and storage, stand still.",
  condition: "An uplink carries port groups of two tenants or more, or of a tenant and the hypervisor's own interfaces, and none of them has shaping (unset is none, the default of every switch). A physical port that does not say "
    + "what it lets through carries everything. Medium where management, migration or storage shares the uplink, else low. Identified by the virtual switch.",
  fix: "Shape the port groups of tenants, or reserve bandwidth for management and storage.",
  commands: [
    { platform: "hyper-v", text: "Set-VMNetworkAdapter -VMName X -MaximumBandwidth 500000000" },
    { platform: "open-vswitch", text: "ovs-vsctl set interface vnet3 ingress_policing_rate=500000" },
    { platform: "proxmox", text: "qm set ID --net0 virtio=MAC,bridge=vmbr0,rate=60" },
    { platform: "libvirt", text: "<bandwidth><inbound average='125000'/><outbound average='125000'/></bandwidth>" },
  ],
  references: ["VMware SCG vcenter-9.network-nioc", "DISA STIG VCSA-80-000110 (V-258922)", "NIST SP 800-53r5 SC-5(2)", "MITRE ATT&CK T1498"],
  caveats: "A standard switch shapes what guests send, not what they receive. Network I/O control and other reservations are not in the document: accept the finding by name where they hold. Uplinks of one tenant need none.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "virtualSwitches").flatMap(([id, vswitch]) => inspect(topology, id, vswitch));
  },
};

function inspect(topology: Topology, id: string, { name }: VirtualSwitch): Draft[] {
  const uplinks = unshapedUplinks(topology, id);
  if (uplinks.length === 0) return [];
  const tenants = [...new Set(uplinks.flatMap((uplink) => [...uplink.tenants]))].sort(compareIds);
  const adapters = [...new Set(uplinks.flatMap((uplink) => uplink.adapters))].sort(compareIds);
  const assumed = uplinks.filter((uplink) => uplink.assumed).map(({ uplink }) => uplink);
  const groups = [...new Set(uplinks.flatMap(({ workloadGroups }) => workloadGroups))].sort(compareIds);
  return [{
    key: id,
    severity: adapters.length > 0 ? "medium" : "low",
    title: adapters.length > 0 ? `Tenants on ${name} can starve the hypervisor's own traffic` : `Tenants on ${name} can starve one another`,
    subjects: [id, ...uplinks.slice(0, MOST_SUBJECTS).map(({ uplink }) => uplink), ...groups.slice(0, MOST_SUBJECTS)],
    detail: `${listed(uplinks.map(({ uplink }) => uplink))} ${uplinks.length === 1 ? "carries" : "carry"} ${listed(tenants)}${adapters.length > 0 ? ` and ${listed(adapters)}` : ""}, `
      + `and no port group on the way has shaping (${listed(groups.map((group) => jsonPath("portGroups", group, "shaping")))} not set, and no limit is assumed, every switch's default).`
      + (assumed.length > 0 ? ` What ${listed(assumed)} ${assumed.length === 1 ? "lets" : "let"} through is not described: it is taken to be everything.` : ""),
    fixes: () => candidate(topology, `Shape the tenants' port groups on ${name} to ${SHAPING.averageMbps} Mbit/s, to be checked against the uplink`, (board) => {
      for (const group of groups) if (record(topology, "portGroups", group) !== undefined) board.set(["portGroups", group, "shaping"], SHAPING);
    }),
  }];
}
