/** What the window says to the worker that draws large documents, and what comes back. */
import type { Edit, Finding } from "../../shared/analysis/result";
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import type { Box } from "../../shared/diagram/geometry";
import type { Piece } from "../analysis/pieces";

/** What of the analysis the picture shows. */
export interface PictureFacts {
  /** Of the document that was analysed, as in `ToPicture`. */
  readonly generation: number;
  readonly findings: readonly Pick<Finding, "accepted" | "rule" | "severity" | "subjects">[];
  readonly segments: readonly { readonly id: string; readonly ends: readonly string[] }[];
  readonly managementExposedTo: readonly string[];
}

export type ToPicture =
  /** A part of a document that is being handed over under a number. */
  | { readonly type: "piece"; readonly document: number; readonly piece: Piece }
  /** A file that is being read and checked elsewhere: it is laid out meanwhile, and its boxes are told before they are asked for. */
  | { readonly type: "bytes"; readonly document: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The document with this number is complete, and to be drawn, of a file what its boxes leave out; facts with another generation are not about it. */
  | { readonly type: "draw"; readonly document: number; readonly generation: number }
  | { readonly type: "edits"; readonly edits: readonly Edit[] }
  /** A document that is drawn elsewhere, or will not be shown. */
  | { readonly type: "forget"; readonly document: number }
  /** Where the analysis tells its facts (`PictureFacts`). */
  | { readonly type: "facts"; readonly port: MessagePort };

/** What has changed in a list since it was handed over: some in their places, and one stretch that is replaced. */
export interface ListChange<T> {
  readonly changed: readonly (readonly [index: number, item: T])[];
  readonly start: number;
  readonly removed: number;
  readonly inserted: readonly T[];
}

/** Cables whose coordinates stand in one array: objects for each point would take the window seconds to receive. */
export interface PackedCables {
  readonly cables: readonly Omit<SceneCable, "route" | "labelBox">[];
  /** Per cable: how many points its route has. */
  readonly lengths: Uint16Array;
  /** Per cable: x, y, width, height of its label's box, then x and y of each point of its route. */
  readonly numbers: Float64Array;
}

/** Everything of a scene but its lists. */
export interface SceneHead extends Pick<Scene, "tenants" | "segments"> {
  readonly bounds: Box;
  /** The ids that are inside something closed, each with what stands for it. */
  readonly hidden: readonly (readonly [id: string, shown: string])[];
}

/** A change of the scene comes in pieces, in this order, and is shown when its end has come. */
export type FromPicture =
  | { readonly type: "nodes"; readonly document: number; readonly change: ListChange<SceneNode> }
  | { readonly type: "cables"; readonly document: number; readonly change: Omit<ListChange<SceneCable>, "changed" | "inserted"> & { readonly indices: readonly number[] }; readonly packed: PackedCables }
  | { readonly type: "end"; readonly document: number; readonly head: SceneHead }
  | { readonly type: "failed"; readonly document: number; readonly message: string };
