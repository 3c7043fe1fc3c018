import type { Finding } from "../../shared/analysis/result";
import { ownerOf } from "../../shared/model/ids";
import type { Topology } from "../../shared/model/topology";

/** The first VM that a finding is about: who has it, has what the finding says. */
export function attackerOf({ vms }: Topology, finding: Finding): string | undefined {
  return [...finding.path.map(({ at }) => ownerOf(at)), ...finding.subjects].find((id) => vms !== undefined && Object.hasOwn(vms, id));
}
