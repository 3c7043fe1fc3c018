/** Who reaches the management of the hypervisors, and of which nobody can tell. */
import type { Summary } from "../../analysis/result";
import { MANAGEMENT, type GroupMatrix } from "../../diagram/group-matrix";
import { describesManagement } from "../../model/management";
import { entries, type Topology } from "../../model/topology";
import { counted, names, partyName } from "./words";

export function managementWords(topology: Topology, { managementExposedTo }: Summary, { groups, cells }: GroupMatrix): string {
  const interfaces = entries(topology, "managementInterfaces"), managed = new Set(interfaces.map(([, { hypervisor }]) => hypervisor));
  if (!describesManagement(topology)) return "The document has no management interface and no BMC: who reaches the management of the hypervisors was not judged.";
  const undecided = groups.filter(({ id }) => !managementExposedTo.includes(id) && cells.get(`${id}\n${MANAGEMENT}`)?.verdict === "unknown").map(({ name }) => name);
  const bare = entries(topology, "hypervisors").filter(([id]) => !managed.has(id)).length;
  return [
    managementExposedTo.length > 0 ? `The management of the hypervisors is exposed to ${names(managementExposedTo.map((id) => partyName(topology, id)))}: whoever takes it over owns every machine.`
      : undecided.length > 0 ? "Nobody is certain to reach the management of the hypervisors beyond the policy." : "Nobody reaches the management of the hypervisors beyond the policy.",
    ...(undecided.length === 0 ? [] : [`Of ${names(undecided)} it cannot be decided because data is missing.`]),
    ...(bare === 0 ? [] : [`${counted(bare, "hypervisor")} ${bare === 1 ? "has" : "have"} no management interface in the document and ${bare === 1 ? "was" : "were"} not judged.`]),
  ].join(" ");
}
