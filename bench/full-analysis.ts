/** What the window's summary and `matrix --by tenant` need of a document: every ordered pair of parties judged, summed up by tenant. */
import type { Topology } from "../shared/model/topology";
import { compileNetwork } from "../shared/network/network";
import type { Network } from "../shared/network/compiled-network";

const TODAY = "2026-11-25";

/** The network, not asked anything yet. */
export function compile(topology: Topology): Network {
  return compileNetwork(topology, { assume: "hostile", today: TODAY });
}

/** The network after the full analysis. Rules and fixes are not part of it. */
export function analyseFully(topology: Topology): Network {
  const network = compile(topology);
  sumUp(network);
  return network;
}

export function sumUp(network: Network): void {
  network.countTenantPairs();
  // Read for the work it takes.
  void network.managementExposedTo;
}
