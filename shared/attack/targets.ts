/** What can be asked to be got at: parties by selector, hypervisors and datastores themselves. */
import { record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import type { Place } from "../rules/rule";

/**
 * `hypervisor:ID` is the hypervisor and not its management interfaces, which are only a way to it; the bare id of one, or of a datastore,
 * is taken too. Nobody takes an external network over, so it is no target.
 * @param partiesOf the parties that any other text names
 */
export function targetsOf(topology: Topology, network: Network, text: string, partiesOf: (text: string) => readonly string[]): Place[] {
  if (record(topology, "datastores", text) !== undefined) return [`datastore:${text}`];
  const hypervisor = text.startsWith("hypervisor:") ? text.slice("hypervisor:".length) : text;
  if (record(topology, "hypervisors", hypervisor) !== undefined && network.party(text) === undefined) return [`hypervisor:${hypervisor}`];
  return partiesOf(text).flatMap((id): Place[] => {
    const kind = network.party(id)?.kind;
    return kind === "vm" ? [`vm:${id}`] : kind === undefined || kind === "external" ? [] : [`management:${id}`];
  });
}
