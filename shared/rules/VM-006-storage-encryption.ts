import { jsonPath } from "../model/path";
import { record, type Topology } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import { diskInClear, tenantsOn } from "./disks";
import { groupBy } from "./group-by";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { isSensitive, machinesOf, type Resident } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const vm006: IsolationRule = {
  id: "VM-006",
  title: "Sensitive VM storage not encrypted",
  severity: "medium",
  threat: "Whoever gets at the shared medium (another host, a storage administrator, a disk on its way to the scrap heap) reads the VM's disks.",
  condition: "A VM that is sensitive, or whose tenant is, has a disk that says it is not encrypted on a datastore that is not encrypted either (one that does not say is taken to be in clear, the default of vSAN, LVM and VMFS): "
    + "medium, identified by the VM. Disks in clear of other VMs on a datastore that several tenants share: low, identified by the datastore. A disk that does not say, and a sensitive VM that does not say which disks it has, are unknown, which MDL-005 reports.",
  fix: "Encrypt the disk, or the datastore below it.",
  commands: [
    { platform: "kvm", text: "qemu-img create -f qcow2 -o encrypt.format=luks,encrypt.key-secret=SECRET --object secret,id=SECRET,file=KEYFILE disk.qcow2 SIZE" },
    { platform: "proxmox", text: "ZFS native encryption, or LUKS below LVM" },
    { platform: "vcenter", text: "assign the VM Encryption Policy storage policy to the VM and its disks" },
  ],
  references: ["VMware SCG vsan-8.data-at-rest", "DISA STIG VCSA-80-000196 (V-258929)", "NIST SP 800-53r5 SC-28, SC-28(1)", "PCI DSS 4.0.1 3.5.1"],
  caveats: "PCI DSS 3.5.1.2 limits what disk encryption alone is worth for card numbers: this rule is no statement of compliance. Encryption inside an array and of snapshots and backups is not in the document.",
  root: () => "",
  check({ topology }) {
    const clear = machinesOf(topology).filter(({ vm }) => vm.disks !== undefined && inClear(topology, vm).length > 0);
    return [...clear.filter(({ vm }) => isSensitive(topology, vm)).map((machine) => aboutVm(topology, machine)), ...aboutDatastores(topology, clear.filter(({ vm }) => !isSensitive(topology, vm)))];
  },
};

/** The positions of the VM's disks that no layer encrypts. */
function inClear(topology: Topology, { disks = [] }: Vm): number[] {
  return disks.flatMap((disk, index) => (diskInClear(topology, disk) ? [index] : []));
}

function aboutVm(topology: Topology, { id, vm }: Resident): Draft {
  const positions = inClear(topology, vm);
  const datastores = [...new Set(positions.map((index) => vm.disks?.[index]?.datastore).filter((datastore) => datastore !== undefined))];
  const assumed = datastores.filter((datastore) => record(topology, "datastores", datastore)?.encrypted === undefined);
  return {
    key: id,
    title: `${vm.name} is sensitive and its storage is in clear`,
    subjects: [id, ...datastores],
    detail: `${counted(positions.length, "disk")} of ${vm.name}${datastores.length === 0 ? "" : ` on ${listed(datastores)}`} ${positions.length === 1 ? "is" : "are"} not encrypted (${listed(positions.map((index) => `${jsonPath("vms", id, "disks", index, "encrypted")} is off`))}).`
      + (assumed.length === 0 ? "" : ` ${listed(assumed.map((datastore) => `${jsonPath("datastores", datastore, "encrypted")} is not set and off is assumed: storage is in clear until its encryption is switched on`))}.`),
    fixes: () => [
      ...candidate(topology, `Encrypt the disks of ${vm.name}`, (board) => positions.forEach((index) => board.set(["vms", id, "disks", index, "encrypted"], true))),
      ...candidate(topology, `Encrypt ${listed(datastores)}`, (board) => datastores.forEach((datastore) => board.set(["datastores", datastore, "encrypted"], true))),
    ],
  };
}

/** Datastores that several tenants share, with disks in clear of VMs that are not sensitive. */
function aboutDatastores(topology: Topology, machines: readonly Resident[]): Draft[] {
  const placed = machines.flatMap((machine) => [...new Set(inClear(topology, machine.vm).map((index) => machine.vm.disks?.[index]?.datastore))].map((datastore) => ({ machine, datastore })));
  return [...groupBy(placed, ({ datastore }) => datastore)].flatMap(([datastore, on]): Draft[] => {
    if (datastore === undefined) return [];
    const tenants = tenantsOn(topology, datastore);
    if (tenants.length < 2) return [];
    const name = record(topology, "datastores", datastore)?.name ?? datastore;
    return [{
      key: datastore,
      severity: "low",
      title: `${name} is shared by ${counted(tenants.length, "tenant")} and holds disks in clear`,
      subjects: [datastore, ...on.slice(0, 50).map(({ machine }) => machine.id)],
      detail: `${counted(on.length, "VM")} ${on.length === 1 ? "has" : "have"} disks in clear on ${name}, which ${listed(tenants)} share: ${listed(on.map(({ machine }) => machine.id))}.`,
      fixes: () => candidate(topology, `Encrypt ${name}`, (board) => board.set(["datastores", datastore, "encrypted"], true)),
    }];
  });
}
