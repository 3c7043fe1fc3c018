/** Draws a large document that it follows by edits, and tells what has changed of its picture since the last time. Pure but for what it is told to tell. */
import type { Edit } from "../../shared/analysis/result";
import type { Scene } from "../../shared/diagram/elements";
import { sceneStages } from "../../shared/diagram/scene";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import { Assembly, type Piece } from "../analysis/pieces";
import { changeOf, piecesOfChange } from "./list-change";
import { packCables } from "./pack";
import type { FromPicture, PictureFacts } from "./protocol";
import { sceneOptions } from "./scene-options";

export class PictureMaker {
  private readonly arriving = new Map<number, Assembly>();
  private topology: Topology | undefined;
  private generation = -1;
  private facts: PictureFacts | undefined;
  /** What the window has. */
  private told: Pick<Scene, "nodes" | "cables"> | undefined;
  /** The number of the document that is drawn; -1: none. */
  document = -1;

  constructor(private readonly say: (message: FromPicture, transfer?: Transferable[]) => void) {}

  /** A piece of a document that is being handed over. */
  add(document: number, piece: Piece): void {
    const assembly = this.arriving.get(document) ?? new Assembly();
    this.arriving.set(document, assembly);
    assembly.add(piece);
  }

  /** All pieces of the document have come: from now on it is drawn. */
  begin(document: number, generation: number): void {
    this.topology = this.arriving.get(document)?.topology;
    this.arriving.delete(document);
    this.document = document;
    this.generation = generation;
    this.facts = this.told = undefined;
  }

  edit(edits: readonly Edit[]): void {
    if (this.topology !== undefined) this.topology = applyEdits(this.topology, edits);
  }

  /** Answers whether it was the one that is drawn. */
  forget(document: number): boolean {
    this.arriving.delete(document);
    if (document !== this.document) return false;
    this.topology = this.facts = this.told = undefined;
    return true;
  }

  /** Answers whether the facts are about what is drawn. */
  learn(facts: PictureFacts): boolean {
    if (facts.generation !== this.generation || !this.isDrawing) return false;
    this.facts = facts;
    return true;
  }

  get isDrawing(): boolean {
    return this.topology !== undefined;
  }

  draw(): void {
    if (this.topology === undefined) return;
    const stages = sceneStages(this.topology, this.facts === undefined ? {} : sceneOptions(this.facts));
    for (;;) {
      const stage = stages.next();
      if (stage.done === true) return this.tell(stage.value);
      // The boxes alone are worth showing only while there is nothing else.
      if (this.told === undefined) this.tell(stage.value);
    }
  }

  private tell(scene: Scene): void {
    const { document, told } = this;
    for (const change of piecesOfChange(changeOf(told?.nodes ?? [], scene.nodes))) this.say({ type: "nodes", document, change });
    for (const { changed, inserted, ...rest } of piecesOfChange(changeOf(told?.cables ?? [], scene.cables))) {
      const packed = packCables([...changed.map(([, cable]) => cable), ...inserted]);
      this.say({ type: "cables", document, change: { ...rest, indices: changed.map(([index]) => index) }, packed }, [packed.lengths.buffer, packed.numbers.buffer]);
    }
    const hidden = [...scene.shownAs].filter(([id, shown]) => id !== shown);
    this.say({ type: "end", document, head: { tenants: scene.tenants, segments: scene.segments, bounds: scene.bounds, hidden } });
    this.told = { nodes: scene.nodes, cables: scene.cables };
  }
}
