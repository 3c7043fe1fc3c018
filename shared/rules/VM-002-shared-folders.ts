import { entries, record, type Topology } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import { groupBy } from "./group-by";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";

interface Share {
  readonly vm: string;
  readonly tenant: string | undefined;
  readonly host: string;
  readonly hostPath: string;
  /** The path's parts, for comparison. */
  readonly parts: readonly string[];
  readonly writable: boolean;
}

export const vm002: IsolationRule = {
  id: "VM-002",
  title: "Shared folder between guest and host or between guests",
  severity: "high",
  threat: "A shared folder is a way into the host's file system and, where two guests see the same folder, from one tenant to the other. CVE-2008-0923 gave a guest read and write access to "
    + "any file of the host through it.",
  condition: "A VM has shared folders. Critical where VMs of two tenants on one host see the same host path or one path lies in the other; high where a folder is writable (unless it says "
    + "otherwise it is); else medium. Identified by the VM.",
  fix: "Remove the shared folders; exchange files over a tenant's own file service behind a firewall.",
  commands: [
    { platform: "virtualbox", text: "VBoxManage sharedfolder remove X --name SHARE" },
    { platform: "libvirt", text: "remove <filesystem> from the domain XML" },
    { platform: "vmware-workstation", text: "vmrun -T ws disableSharedFolders X.vmx" },
    { platform: "proxmox", text: "qm set ID --spice_enhancements foldersharing=0" },
  ],
  references: ["NIST SP 800-125 (several guests sharing one host folder)", "CVE-2008-0923", "NIST SP 800-53r5 CM-7, SC-4, AC-4"],
  caveats: "Read-only build media on a developer's machine is harmless enough to accept by name. ESXi has no shared folders.",
  root: () => "",
  check({ topology }) {
    const shares = entries(topology, "vms").flatMap(([id, vm]) => (vm.role === "template" ? [] : sharesOf(topology, id, vm)));
    const byHost = groupBy(shares, ({ host }) => host);
    return [...groupBy(shares, ({ vm }) => vm)].map(([id, own]) => describe(topology, id, own, byHost.get(own[0]?.host ?? "") ?? []));
  },
};

function describe(topology: Topology, id: string, own: readonly Share[], onHost: readonly Share[]): Draft {
  const name = record(topology, "vms", id)?.name ?? id;
  const crossing = own.flatMap((share) => onHost.filter((other) => other.tenant !== undefined && share.tenant !== undefined && other.tenant !== share.tenant && samePlace(share, other)));
  const writable = own.filter((share) => share.writable);
  const others = [...new Set(crossing.map((share) => share.vm))];
  return {
    key: id,
    severity: others.length > 0 ? "critical" : writable.length > 0 ? "high" : "medium",
    title: others.length > 0 ? `${name} shares a host folder with another tenant` : `${name} sees folders of its host`,
    subjects: [id, ...others],
    detail: `${name} sees ${own.map((share) => `${share.hostPath} (${share.writable ? "writable" : "read only"})`).join(", ")}.`
      + (others.length > 0 ? ` ${listed(others)} of ${listed([...new Set(crossing.map((share) => share.tenant ?? ""))])} ${others.length === 1 ? "sees" : "see"} the same place.` : ""),
    ways: () => [
      { channel: "shared-folder", from: [`vm:${id}`], to: [`hypervisor:${record(topology, "vms", id)?.hypervisor ?? ""}`], detail: `${name} ${writable.length > 0 ? "writes" : "reads"} folders of its host` },
      ...(others.length === 0 ? [] : [{ channel: "shared-folder" as const, from: [`vm:${id}`] as const, to: others.map((other) => `vm:${other}` as const), detail: `${name} and the others see the same folder of their host` }]),
    ],
    fixes: () => candidate(topology, `Remove ${counted(own.length, "shared folder")} of ${name}`, (board) => board.set(["vms", id, "guest", "sharedFolders"], [])),
  };
}

function sharesOf(topology: Topology, vm: string, { tenant, hypervisor, guest }: Vm): Share[] {
  const host = record(topology, "hypervisors", hypervisor)?.host ?? hypervisor;
  return (guest?.sharedFolders ?? []).map(({ hostPath, writable }) => ({ vm, tenant, host, hostPath, parts: partsOf(hostPath), writable: writable !== false }));
}

/** Windows paths compare without regard to case. */
function partsOf(hostPath: string): string[] {
  const windows = /^[a-z]:|\\/i.test(hostPath);
  const parts = hostPath.split(windows ? /[\\/]+/ : /\/+/).filter((part) => part !== "" && part !== ".");
  return windows ? parts.map((part) => part.toLowerCase()) : parts;
}

/** The same folder, or one in the other. */
function samePlace(a: Share, b: Share): boolean {
  const [shorter, longer] = a.parts.length <= b.parts.length ? [a.parts, b.parts] : [b.parts, a.parts];
  return shorter.every((part, index) => part === longer[index]);
}
