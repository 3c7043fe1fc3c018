/** The way from a network to that of the document after some edits. */
import type { Edit } from "../analysis/result";
import { applyEdits } from "../model/edit";
import { commit, recordChanges } from "../model/record-changes";
import { compileNetwork } from "./network";
import type { Network } from "./compiled-network";

/**
 * The network of the document after the edits: the same one, gone over to it, where the edits are small (see `Network.revise`), and a new
 * one otherwise. Neither the network given nor its document may be used any more. Throws `EditError` as `applyEdits` does, and then
 * nothing has happened.
 */
export function reviseNetwork(network: Network, edits: readonly Edit[]): Network {
  const { topology, assume, today } = network;
  const changes = recordChanges(topology, edits);
  if (changes === undefined) return compileNetwork(applyEdits(topology, edits), { assume, today });
  const next = commit(topology, changes);
  return network.revise(next, changes) ? network : compileNetwork(next, { assume, today });
}
