import type { Platform } from "../model/kinds/hypervisor";
import { jsonPath, type PathSegment } from "../model/path";
import { entries, record, type CollectionName, type Topology } from "../model/topology";
import { groupBy } from "./group-by";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { machinesOf, residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const mdl006: IsolationRule = {
  id: "MDL-006",
  title: "Setting not applicable on the platform",
  severity: "low",
  threat: "The drawing claims a control that the platform does not have: what it seems to stop is open.",
  condition: "A private VLAN on a VMware standard switch or a Linux bridge; an overlay segment on a switch that has none (standard, Linux bridge, Hyper-V); isolated ports on a VMware standard switch; promiscuous mode accepted on a Hyper-V "
    + "switch; lockdown mode on a hypervisor other than ESXi; memory sharing within VMs only (a page-sharing salt) on one other than ESXi; a distributed firewall over a switch of VirtualBox, VMware Workstation or Parallels, which have no filter at a vNIC. Medium where the setting keeps another finding from firing, else low. One finding per "
    + "element, identified by it.",
  fix: "The nearest control that the platform has, or none: clear the field.",
  commands: [],
  references: ["VMware vSphere Networking, Private VLANs", "Linux kernel documentation, ksm.rst"],
  caveats: "Each element is judged by its own switch or hypervisor, so mixed clusters are no matter. What a controller or an OpenFlow table does to an Open vSwitch, and rules in the FORWARD chain of Proxmox VE's stock firewall, are not in "
    + "the document.",
  root: () => "",
  check({ topology }) {
    return [...groupBy([...networkSettings(topology), ...hypervisorSettings(topology), ...filterSettings(topology)], ({ id }) => id).values()].flatMap((claims) => describe(topology, claims));
  },
};

/** A field that the platform has no use for. */
interface Claim {
  readonly collection: CollectionName;
  readonly id: string;
  readonly path: readonly PathSegment[];
  readonly text: string;
  /** It keeps another finding from firing. */
  readonly hides: boolean;
  /** What is true instead; absent: nothing, the field goes. */
  readonly instead?: unknown;
}

const SWITCH_NAMES = { standard: "a VMware standard switch", distributed: "a distributed switch", "linux-bridge": "a Linux bridge", "open-vswitch": "Open vSwitch", "hyper-v": "a Hyper-V switch" } as const;

function networkSettings(topology: Topology): Claim[] {
  const groups = entries(topology, "portGroups").flatMap(([id, { virtualSwitch, vlan, isolatedPorts, security }]): Claim[] => {
    const kind = record(topology, "virtualSwitches", virtualSwitch)?.kind ?? "standard";
    const at = (path: readonly PathSegment[], text: string, hides: boolean, instead?: unknown): Claim => ({ collection: "portGroups", id, path, text: `${SWITCH_NAMES[kind]} has no ${text}`, hides, ...(instead === undefined ? {} : { instead }) });
    return [
      ...(vlan?.mode === "private" && (kind === "standard" || kind === "linux-bridge") ? [at(["vlan"], "private VLANs", true, { mode: "access", id: vlan.primary })] : []),
      ...(vlan?.mode === "overlay" && kind !== "distributed" && kind !== "open-vswitch" ? [at(["vlan"], "overlay segments", true)] : []),
      ...(isolatedPorts === true && kind === "standard" ? [at(["isolatedPorts"], "isolated ports", true)] : []),
      ...(security?.promiscuous === "accept" && kind === "hyper-v" ? [at(["security", "promiscuous"], "promiscuous mode", false)] : []),
    ];
  });
  const switches = entries(topology, "virtualSwitches").flatMap(([id, { kind, security }]): Claim[] =>
    (security?.promiscuous === "accept" && kind === "hyper-v" ? [{ collection: "virtualSwitches", id, path: ["security", "promiscuous"], text: `${SWITCH_NAMES[kind]} has no promiscuous mode`, hides: false }] : []));
  return [...groups, ...switches];
}

function hypervisorSettings(topology: Topology): Claim[] {
  const hypervisors = entries(topology, "hypervisors").flatMap(([id, { platform, management, memorySharing }]): Claim[] => (platform === "esxi" ? [] : [
    ...(management?.lockdown === "normal" || management?.lockdown === "strict" ? [{ collection: "hypervisors" as const, id, path: ["management", "lockdown"], text: `${platform} has no lockdown mode`, hides: false }] : []),
    ...(memorySharing === "intra-vm" ? [{
      collection: "hypervisors" as const, id, path: ["memorySharing"], text: `${platform} cannot share memory within VMs only: its memory sharing is on or off`, hides: tenantsAmong(residentsOf(topology, id)).length > 1, instead: "off",
    }] : []),
  ]));
  const vms = machinesOf(topology).flatMap(({ id, vm }): Claim[] => {
    const platform = record(topology, "hypervisors", vm.hypervisor)?.platform ?? "esxi";
    if (vm.resources?.memorySharing !== "intra-vm" || platform === "esxi") return [];
    return [{ collection: "vms", id, path: ["resources", "memorySharing"], text: `${platform} has no salt for page sharing: a VM takes part or not`, hides: tenantsAmong(residentsOf(topology, vm.hypervisor)).length > 1, instead: "off" }];
  });
  return [...hypervisors, ...vms];
}

/** Desktop hypervisors plug guests into the host's network: nothing stands at their vNICs. */
const WITHOUT_FILTERS: Partial<Record<Platform, string>> = { virtualbox: "VirtualBox", "vmware-workstation": "VMware Workstation", parallels: "Parallels" };

function filterSettings(topology: Topology): Claim[] {
  const bare = (vswitch: string): string | undefined => record(topology, "virtualSwitches", vswitch)?.hypervisors
    .flatMap((id) => record(topology, "hypervisors", id)?.platform ?? []).map((platform) => WITHOUT_FILTERS[platform]).find((name) => name !== undefined);
  return entries(topology, "distributedFirewalls").flatMap(([id, { virtualSwitches }]): Claim[] => {
    const scope = virtualSwitches ?? entries(topology, "virtualSwitches").map(([vswitch]) => vswitch);
    const without = scope.filter((vswitch) => bare(vswitch) !== undefined);
    const [first] = without;
    if (first === undefined) return [];
    const text = `${bare(first) ?? ""} has no filter at a vNIC, so nothing of it stands on ${listed(without)}`;
    return [{ collection: "distributedFirewalls", id, path: ["virtualSwitches"], text, hides: true, instead: scope.filter((vswitch) => !without.includes(vswitch)) }];
  });
}

function describe(topology: Topology, claims: readonly Claim[]): Draft[] {
  const [first] = claims;
  if (first === undefined) return [];
  const name = record(topology, first.collection, first.id)?.name ?? first.id;
  return [{
    key: first.id,
    severity: claims.some(({ hides }) => hides) ? "medium" : "low",
    title: `${name}: ${listed(claims.map(({ path }) => path.join(".")))} ${claims.length === 1 ? "does" : "do"} nothing here`,
    subjects: [first.id],
    detail: `${claims.map(({ collection, id, path, text }) => `${jsonPath(collection, id, ...path)}: ${text}`).join("; ")}.${claims.some(({ hides }) => hides) ? " What it seems to keep apart is not." : ""}`,
    fixes: () => candidate(topology, `Say what ${name} does: ${listed(claims.map(({ path, instead }) => (instead === undefined ? `no ${path.join(".")}` : `${path.join(".")} ${spoken(instead)}`)))}`, (board) => {
      for (const { collection, id, path, instead } of claims) {
        if (instead === undefined) board.remove([collection, id, ...path]);
        else board.set([collection, id, ...path], instead);
      }
    }),
  }];
}

function spoken(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : listed(value.map(String));
  return typeof value === "object" && value !== null && "id" in value ? `access ${String(value.id)}` : String(value);
}
