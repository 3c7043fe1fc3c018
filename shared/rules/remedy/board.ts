/** A document being changed into a fix: later changes see earlier ones, and the patch is their sum. */
import { applyEdits } from "../../model/edit";
import { diffTopologies } from "../../model/diff";
import { removeField, setField } from "../../model/edit-builder";
import type { Topology } from "../../model/topology";
import type { Edit } from "../../analysis/result";
import type { FixCandidate } from "../rule";

type Path = readonly (string | number)[];

export class Board {
  /** The document with every change so far. */
  topology: Topology;

  constructor(private readonly base: Topology) {
    this.topology = base;
  }

  /** Sets a field, with whatever is missing above it. */
  set(path: Path, value: unknown): void {
    this.topology = applyEdits(this.topology, [setField(this.topology, path, value)]);
  }

  /** Removes a field; nothing where it is not there. */
  remove(path: Path): void {
    this.topology = applyEdits(this.topology, removeField(this.topology, path));
  }

  /** The smallest patch from the document that the board began with. */
  edits(): Edit[] {
    return diffTopologies(this.base, this.topology);
  }
}

/** A candidate made on a board of its own; none where nothing changed or `change` says `false`: it cannot be done. */
export function candidate(topology: Topology, title: string, change: (board: Board) => unknown): FixCandidate[] {
  const board = new Board(topology);
  if (change(board) === false) return [];
  const edits = board.edits();
  return edits.length === 0 ? [] : [{ title, edits }];
}
