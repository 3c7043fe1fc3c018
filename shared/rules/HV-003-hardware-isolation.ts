import { jsonPath } from "../model/path";
import { entries, type Topology } from "../model/topology";
import type { Host } from "../model/kinds/host";
import { hypervisorsOn } from "./colocation";
import { passesThrough } from "./passthrough";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { residentsOf } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const hv003: IsolationRule = {
  id: "HV-003",
  title: "Hardware virtualization or IOMMU protection missing",
  severity: "medium",
  threat: "That guests cannot touch each other's memory, or the hypervisor's, rests on the processor (VT-x, AMD-V, nested paging) and, for devices, on the IOMMU. Software emulation is no boundary to rely on.",
  condition: "A host with a hypervisor says that its processor has no hardware virtualization; or that it has no IOMMU, while a VM there has a passed-through device. Not described is unknown, which MDL-005 reports. "
    + "Identified by the host.",
  fix: "Switch VT-x or AMD-V and VT-d or AMD-Vi on in the firmware and the hypervisor; replace hosts that have none.",
  commands: [{ platform: "linux", text: "kernel command line: intel_iommu=on" }],
  references: ["NIST SP 800-53r5 SC-39(1)"],
  caveats: "Nested hypervisors inherit what the outer host gives them: laboratories may accept it.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hosts").flatMap(([id, host]) => inspect(topology, id, host, hypervisorsOn(topology, id)));
  },
};

function inspect(topology: Topology, id: string, { name, cpu }: Host, hypervisors: readonly string[]): Draft[] {
  if (hypervisors.length === 0 || (cpu?.hardwareVirtualization !== false && cpu?.iommu !== false)) return [];
  const exposed = cpu.iommu === false ? hypervisors.flatMap((hypervisor) => residentsOf(topology, hypervisor)).filter(({ vm }) => passesThrough(vm)).map((resident) => resident.id) : [];
  const reasons = [
    ...(cpu.hardwareVirtualization === false ? [`${jsonPath("hosts", id, "cpu", "hardwareVirtualization")} is off: the hypervisor emulates in software`] : []),
    ...(exposed.length > 0 ? [`${jsonPath("hosts", id, "cpu", "iommu")} is off, and the devices of ${listed(exposed)} reach all memory`] : []),
  ];
  if (reasons.length === 0) return [];
  return [{
    key: id,
    title: cpu.hardwareVirtualization === false ? `${name} has no hardware virtualization` : `${name} passes devices through without an IOMMU`,
    subjects: [id, ...hypervisors, ...exposed],
    detail: `${reasons.join("; ")}.`,
    fixes: () => candidate(topology, `Switch the missing processor features of ${name} on`, (board) => {
      if (cpu.hardwareVirtualization === false) board.set(["hosts", id, "cpu", "hardwareVirtualization"], true);
      if (exposed.length > 0) board.set(["hosts", id, "cpu", "iommu"], true);
    }),
  }];
}
