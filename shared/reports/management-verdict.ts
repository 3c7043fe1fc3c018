/** Who reaches the management of the hypervisors beyond the policy, in a few words behind "Management". */
import type { Summary } from "../analysis/result";

/** What of the management plane a report knows beside its findings. */
export interface ManagementVerdict {
  readonly tone: "good" | "bad" | "neutral";
  /** Of ids, as they are. */
  readonly text: string;
}

/** @param isDescribed whether the document has an interface of a hypervisor or a BMC (`describesManagement`): else nothing was judged */
export function managementVerdict({ managementExposedTo: exposed }: Summary, isDescribed: boolean): ManagementVerdict {
  if (exposed.length > 0) return { tone: "bad", text: `exposed to ${exposed.join(", ")}` };
  return isDescribed ? { tone: "good", text: "exposed to no tenant or external network" } : { tone: "neutral", text: "not judged: no management interface and no BMC is described" };
}
