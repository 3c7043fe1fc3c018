import { entries, type Topology } from "./topology";

/** Whether the document has anything of the management plane: an interface of a hypervisor, or a host's BMC. Else of who reaches it nothing is known. */
export function describesManagement(topology: Topology): boolean {
  return entries(topology, "managementInterfaces").length > 0 || entries(topology, "hosts").some(([, { bmc }]) => bmc !== undefined);
}
