import { resolveSelector } from "../shared/model/members";
import type { Topology } from "../shared/model/topology";
import { SelectorCheck } from "../shared/model/validate/selectors";
import type { Network } from "../shared/network/compiled-network";
import { plain } from "../shared/reports/plain";
import { InputError } from "./failure";

/** The parties that a selector names; the bare id of a party (`esx-1-vmk0`, `host-1/bmc`) is taken too. An empty group has none. */
export function resolveParties(topology: Topology, network: Network, option: string, selector: string): string[] {
  if (network.party(selector) !== undefined) return [selector];
  const fault = new SelectorCheck(topology).fault(selector);
  if (fault !== undefined) throw new InputError([`${option}: "${plain(selector.slice(0, 80))}" ${fault.message}; ${fault.expected}`]);
  return [...resolveSelector(topology, selector)].filter((id) => network.party(id) !== undefined).sort();
}
