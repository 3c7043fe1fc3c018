import { jsonPath } from "../model/path";
import { entries, record, type Topology } from "../model/topology";
import { diskEncrypted } from "./disks";
import { groupBy } from "./group-by";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { isSensitive, machinesOf, tenantsAmong, type Resident } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const res005: IsolationRule = {
  id: "RES-005",
  title: "Disk data remanence",
  severity: "medium",
  threat: "What a deleted VM leaves on a shared datastore is found in the next disk that is made there, or by whoever buys the old drives.",
  condition: "A datastore says that it does not erase (secureErase false), and holds disks that nothing encrypts of VMs of two tenants or more, or of a sensitive VM. Encrypted disks are erased with their key. "
    + "Not described is unknown, which MDL-005 reports. Identified by the datastore.",
  fix: "Erase on deletion, or encrypt so that the key can be destroyed; a LUN for each tenant where raw devices are handed out.",
  commands: [
    { platform: "proxmox", text: "pvesm set STORAGE --saferemove 1" },
    { platform: "linux", text: "blkdiscard -z /dev/VG/LV; cryptsetup erase DEVICE" },
  ],
  references: [
    "Proxmox VE documentation, LVM storage (saferemove)",
    "VMware SCG esxi-8.memeagerzero",
    "DISA STIG ESXI-80-000225 (V-258780)",
    "NIST SP 800-53r5 MP-6, SC-4, SC-28",
    "PCI DSS 4.0.1 9.4.7",
    "CWE-226",
  ],
  caveats: "On VMFS, blocks that a VM never wrote read as zero, so another VM needs raw access to see what was there; on plain LVM it does not. How disks are provisioned, and disks that two VMs share, are not in the document. "
    + "Proxmox VE has saferemove off by default; a datastore that says nothing is unknown all the same.",
  root: () => "",
  check({ topology }) {
    if (entries(topology, "datastores").every(([, { secureErase }]) => secureErase !== false)) return [];
    const placed = machinesOf(topology).flatMap((machine) => openDatastores(topology, machine).map((datastore) => ({ machine, datastore })));
    return [...groupBy(placed, ({ datastore }) => datastore)].flatMap(([datastore, on]) => inspect(topology, datastore, on.map(({ machine }) => machine)));
  },
};

const MOST_SUBJECTS = 50;

/** A VM of each tenant first, so that none is cut off. */
function oneOfEach(machines: readonly Resident[]): Resident[] {
  const first = [...new Map([...machines].reverse().map((machine) => [machine.vm.tenant, machine])).values()].reverse();
  return [...new Set([...first, ...machines])];
}

/** The datastores that hold a disk of the VM which nothing encrypts. */
function openDatastores(topology: Topology, { vm: { disks = [] } }: Resident): string[] {
  return [...new Set(disks.filter((disk) => !diskEncrypted(topology, disk)).flatMap(({ datastore }) => datastore ?? []))];
}

function inspect(topology: Topology, id: string, machines: readonly Resident[]): Draft[] {
  const own = record(topology, "datastores", id);
  const tenants = tenantsAmong(machines);
  const sensitive = machines.filter(({ vm }) => isSensitive(topology, vm)).map((machine) => machine.id);
  if (own?.secureErase !== false || (tenants.length < 2 && sensitive.length === 0)) return [];
  const known = machines.every(({ vm: { disks = [] } }) => disks.every((disk) => disk.datastore !== id || disk.encrypted !== undefined));
  return [{
    key: id,
    title: `${own.name} keeps what deleted disks leave`,
    subjects: [id, ...oneOfEach(machines).slice(0, MOST_SUBJECTS).map((machine) => machine.id)],
    detail: `${jsonPath("datastores", id, "secureErase")} is off, and ${own.name} holds disks ${known ? "in clear" : "that nothing is known to encrypt"} of ${counted(machines.length, "VM")}${tenants.length === 0 ? "" : ` of ${listed(tenants)}`}`
      + `${sensitive.length > 0 ? `, of which ${listed(sensitive)} ${sensitive.length === 1 ? "is" : "are"} sensitive` : ""}.`,
    ways: () => {
      const places = machines.map((machine) => `vm:${machine.id}` as const);
      return [{ channel: "storage", from: places, to: places, detail: `${own.name} keeps what deleted disks leave` }];
    },
    fixes: () => [
      ...candidate(topology, `Erase disks on ${own.name} when they are deleted`, (board) => board.set(["datastores", id, "secureErase"], true)),
      ...candidate(topology, `Encrypt ${own.name}`, (board) => board.set(["datastores", id, "encrypted"], true)),
    ],
  }];
}
