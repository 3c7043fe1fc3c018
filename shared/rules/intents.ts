/** Policy entries that still count. */
import type { Intent } from "../model/policy";
import type { Topology } from "../model/topology";

/** The required and the allowed flows whose `until` is not over; ISO dates compare as text. */
export function currentIntents(topology: Topology, today: string): Intent[] {
  const { allow = [], require = [] } = topology.policy ?? {};
  return [...require, ...allow].filter((intent) => intent.until === undefined || today <= intent.until);
}
