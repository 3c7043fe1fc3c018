import { effectiveCpu } from "../model/defaults";
import { record, type Topology } from "../model/topology";
import { isPassedDevice, passedNics, passesThrough } from "./passthrough";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { makeStrict } from "./remedy/strict-port";
import { machinesOf, residentsOf, tenantsAmong, type Resident } from "./residents";
import type { Draft, IsolationRule } from "./rule";
import { settingSays } from "./setting-words";

export const vm005: IsolationRule = {
  id: "VM-005",
  title: "PCI passthrough or SR-IOV bypasses the virtual switch and the firewall",
  severity: "medium",
  threat: "A device in the guest's hands reads and writes memory by itself, and an adapter there sends past the virtual switch: no port group, no port security and no distributed firewall sees its frames.",
  condition: "A VM has a connected vNIC that is passed through or an SR-IOV function, or another passed-through device. High where the host's IOMMU is not known to be on, or where the vNIC is a virtual function "
    + "(SR-IOV) and the hypervisor runs VMs of two tenants or more; else medium. Identified by the VM.",
  fix: "A paravirtual adapter behind the virtual switch; where passthrough must stay, a host of its own with the IOMMU on, and filters on the physical switch.",
  commands: [
    { platform: "esxi", text: "Get-VM X | Get-PassthroughDevice | Remove-PassthroughDevice" },
    { platform: "proxmox", text: "qm set ID --delete hostpci0" },
    { platform: "hyper-v", text: "Remove-VMAssignableDevice -VMName X -LocationPath PATH" },
  ],
  references: [
    "VMware SCG vm-8.pci-passthrough",
    "DISA STIG VMCH-80-000214 (V-258727)",
    "NIST SP 800-125A Rev. 1 (device passthrough and self-virtualizing devices)",
    "NIST SP 800-53r5 SC-39(1), SC-7(18)",
  ],
  caveats: "Graphics and network-function workloads on hosts of their own are normal: accept the risk by name. Every verdict already treats such a vNIC as a station at the uplink's physical port.",
  root: () => "",
  check({ topology }) {
    return machinesOf(topology).flatMap((machine) => (passesThrough(machine.vm) ? [describe(topology, machine)] : []));
  },
};

function describe(topology: Topology, { id, vm }: Resident): Draft {
  const nics = passedNics(vm);
  const devices = (vm.devices ?? []).filter(isPassedDevice);
  const host = record(topology, "hypervisors", vm.hypervisor)?.host ?? "";
  const iommu = effectiveCpu(topology, host, "iommu");
  const tenants = tenantsAmong(residentsOf(topology, vm.hypervisor));
  const virtualFunctions = nics.filter((nic) => vm.nics?.[nic]?.passthrough === "sriov");
  const shared = virtualFunctions.length > 0 && tenants.length > 1;
  const what = [...nics.map((nic) => `${id}/${nic} (${vm.nics?.[nic]?.passthrough ?? ""})`), ...devices];
  return {
    key: id,
    severity: iommu.value !== true || shared ? "high" : "medium",
    title: `${vm.name} has ${nics.length > 0 ? "an adapter" : "a device"} of its host passed through`,
    subjects: [id, vm.hypervisor, host],
    detail: `${listed(what)} of ${vm.name} ${what.length === 1 ? "goes" : "go"} past the virtual switch${nics.length > 0 ? " and every distributed firewall" : ""}.`
      + (iommu.value === true ? "" : ` ${settingSays(iommu)}: without an IOMMU the device reaches all memory.`)
      + (shared ? ` The hypervisor also runs VMs of ${listed(tenants.filter((tenant) => tenant !== vm.tenant))}.` : ""),
    ways: () => (iommu.value === true ? [] : [{ channel: "device", from: [`vm:${id}`], to: [`hypervisor:${vm.hypervisor}`], detail: `a device passed through to ${vm.name} may reach all memory of its host` }]),
    fixes: () => [false, true].flatMap((strict) => candidate(topology, `Put ${listed([...nics, ...devices])} of ${vm.name} behind the virtual switch${strict ? ", on ports that forge and overhear nothing" : ""}`, (board) => {
      for (const nic of nics) board.set(["vms", id, "nics", nic, "passthrough"], "none");
      if (devices.length > 0) board.set(["vms", id, "devices"], (vm.devices ?? []).filter((device) => !isPassedDevice(device)));
      const before = board.topology;
      if (strict) for (const nic of nics) makeStrict(board, vm.nics?.[nic]?.portGroup);
      return !strict || board.topology !== before;
    })),
  };
}
