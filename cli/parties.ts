import { resolveSelector } from "../shared/model/selector";
import type { Topology } from "../shared/model/topology";
import type { Network } from "../shared/network/types";
import { plain } from "../shared/reports/plain";
import { InputError } from "./failure";

/** The parties that a selector names; the bare id of a party (`esx-1-vmk0`, `host-1/bmc`) is taken too. */
export function resolveParties(topology: Topology, network: Network, option: string, selector: string): string[] {
  if (network.party(selector) !== undefined) return [selector];
  const members = resolveSelector(topology, selector);
  if (members === undefined) {
    throw new InputError([`${option}: "${plain(selector.slice(0, 80))}" names nothing in the document; write a selector such as vm:ID, tenant:ID, management, external:ID or any`]);
  }
  return [...members].filter((id) => network.party(id) !== undefined).sort();
}
