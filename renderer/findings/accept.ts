/** Accepting a finding as a risk, and taking that back. */
import type { AcceptedRisk } from "../../shared/model/policy";
import { setField } from "../../shared/model/edit-builder";
import { pointer } from "../../shared/model/path";
import type { Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";

/** Writes the entry; one for the same finding, such as an expired one, is replaced. */
export function acceptRisk(topology: Topology, risk: AcceptedRisk): Change {
  const others = (topology.policy?.accept ?? []).filter((entry) => entry.finding !== risk.finding);
  return { label: `accept ${risk.finding}`, edits: [setField(topology, ["policy", "accept"], [...others, risk])] };
}

export function withdrawAcceptance(topology: Topology, finding: string): Change {
  const index = topology.policy?.accept?.findIndex((entry) => entry.finding === finding) ?? -1;
  return { label: `withdraw acceptance of ${finding}`, edits: index < 0 ? [] : [{ op: "remove", path: pointer("policy", "accept", index) }] };
}
