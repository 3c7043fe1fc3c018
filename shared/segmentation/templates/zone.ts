/** Marks VMs as members of a zone, so that rules and people can name it. */
import { record } from "../../model/topology";
import type { Board } from "../../rules/remedy/board";

/** The tag is what rules name: a VM that gets it later is in the zone. */
export function markZone(board: Board, vms: readonly string[], { tag, zone }: { readonly tag: string; readonly zone: string }): void {
  for (const id of vms) {
    const own = record(board.topology, "vms", id);
    if (own?.tags?.includes(tag) !== true) board.set(["vms", id, "tags"], [...(own?.tags ?? []), tag]);
    if (own?.zone === undefined) board.set(["vms", id, "zone"], zone);
  }
}
