/** Who reaches the management of the hypervisors beyond the policy, in a few words behind "Management". */
import type { Summary } from "../analysis/result";
import { describesManagement } from "../model/management";
import type { Topology } from "../model/topology";

/** What of the management plane a report knows beside its findings and its summary. */
export interface ManagementView {
  /** Whether the document has an interface of a hypervisor or a BMC: else nothing was judged. */
  readonly isDescribed: boolean;
  /** Ids of tenants and external networks of which it is unknown. */
  readonly undecidedFor: readonly string[];
}

export interface ManagementVerdict {
  readonly tone: "good" | "bad" | "neutral";
  /** Of ids, as they are. */
  readonly text: string;
}

export function managementView({ topology, network }: { readonly topology: Topology; readonly network: { readonly managementUndecidedFor: readonly string[] } }): ManagementView {
  return { isDescribed: describesManagement(topology), undecidedFor: network.managementUndecidedFor };
}

export function managementVerdict({ managementExposedTo: exposed }: Summary, { isDescribed, undecidedFor }: ManagementView): ManagementVerdict {
  if (!isDescribed) return { tone: "neutral", text: "not judged: no management interface and no BMC is described" };
  const undecided = undecidedFor.length === 0 ? [] : [`not decided for ${undecidedFor.join(", ")}: data is missing`];
  if (exposed.length > 0) return { tone: "bad", text: [`exposed to ${exposed.join(", ")}`, ...undecided].join("; ") };
  return undecided.length > 0 ? { tone: "neutral", text: undecided.join() } : { tone: "good", text: "exposed to no tenant or external network" };
}
