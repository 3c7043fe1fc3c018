/** What a fix has to bring along so that the required flows it would cut still pass. */
import { diffTopologies } from "../model/diff";
import type { Topology } from "../model/topology";
import type { Evaluation } from "../analysis/evaluate";
import type { Edit } from "../analysis/result";
import { compileNetwork } from "../network/network";
import type { Network } from "../network/compiled-network";
import { copiesOf } from "./copies";
import { Board } from "../rules/remedy/board";
import { connect } from "../rules/remedy/connect";
import { permit } from "../rules/remedy/permit";

/** First the way, then the filters on it, then an interface's own firewall. */
const MOST_PASSES = 3;

/**
 * The edits from `before` that do what `after` did and keep the broken `policy.require` entries: interfaces and rules for exactly
 * those flows. Undefined where nothing could be added.
 */
export function keepRequired(before: Topology, after: Evaluation, broken: readonly string[]): Edit[] | undefined {
  const board = new Board(after.topology);
  let network: Network = after.network;
  for (let pass = 1; ; pass += 1) {
    const start = board.topology;
    for (const entry of network.required) {
      if (broken.includes(entry.id) && !entry.holds) keepEntry(board, network, entry);
    }
    if (board.topology === start || pass === MOST_PASSES) break;
    network = compileNetwork(board.topology, { today: after.today, assume: after.assume });
    copiesOf(after).keepNetwork(network);
  }
  return board.topology === after.topology ? undefined : diffTopologies(before, board.topology);
}

function keepEntry(board: Board, network: Network, entry: Network["required"][number]): void {
  const intent = board.topology.policy?.require?.find((one) => one.id === entry.id);
  if (intent === undefined) return;
  for (const { from, to, services } of entry.failing) {
    if (haveWay(network, from, to)) permit(board, network.trace([from], [to], services).blockedBy, intent);
    else connect(board, network.layer2, from, to, intent);
  }
}

/** Whether the two are in one segment, or a router or firewall is in a segment of each. */
export function haveWay(network: Network, from: string, to: string): boolean {
  const { layer2 } = network;
  const segments = (id: string): Set<string> => new Set(layer2.endsOf(id).flatMap((end) => layer2.segmentsOf(end).map((segment) => segment.id)));
  const source = segments(from);
  const target = segments(to);
  if ([...source].some((id) => target.has(id))) return true;
  const forwarders = new Set(layer2.ends.filter((end) => end.kind === "interface").map((end) => end.owner));
  return [...forwarders].some((id) => {
    const own = [...segments(id)];
    return own.some((one) => source.has(one)) && own.some((one) => target.has(one));
  });
}
