/** Draws a large document that it follows by edits, and tells what has changed of its picture since the last time. Pure but for what it is told to tell. */
import type { Edit } from "../../shared/analysis/result";
import type { Scene } from "../../shared/diagram/elements";
import { sceneStages } from "../../shared/diagram/scene";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { Assembly, type Piece } from "../analysis/pieces";
import { changeOf, piecesOfChange } from "./list-change";
import { packCables } from "./pack";
import type { FromPicture, PictureFacts } from "./protocol";
import { sceneOptions } from "./scene-options";

type Stages = Generator<Scene, Scene, undefined>;
type Told = Pick<Scene, "nodes" | "cables">;

/** A document that is not shown yet; laid out as far as its boxes, where that was possible. */
interface Ahead {
  readonly document: number;
  readonly topology: Topology;
  readonly stages?: Stages;
  readonly told?: Told;
}

export class PictureMaker {
  private readonly arriving = new Map<number, Assembly>();
  private ahead: Ahead | undefined;
  private topology: Topology | undefined;
  private generation = -1;
  private facts: PictureFacts | undefined;
  /** What the window has. */
  private told: Told | undefined;
  /** A drawing of the document as it is that has come as far as its boxes. */
  private begun: Stages | undefined;
  /** The number of the document that is drawn; -1: none. */
  document = -1;

  constructor(private readonly say: (message: FromPicture, transfer?: Transferable[]) => void) {}

  /** A piece of a document that is being handed over. */
  add(document: number, piece: Piece): void {
    const assembly = this.arriving.get(document) ?? new Assembly();
    this.arriving.set(document, assembly);
    assembly.add(piece);
  }

  /** Draws the boxes of a file that others read and check meanwhile. What is wrong with it they say; an older format comes in pieces, as they have migrated it. */
  prepare(document: number, bytes: Uint8Array): void {
    this.ahead = undefined;
    try {
      const topology = JSON.parse(new TextDecoder().decode(bytes)) as Topology;
      if (topology.format !== FORMAT) return;
      this.ahead = { document, topology };
      const stages = sceneStages(topology), { value } = stages.next();
      this.ahead = { document, topology, stages, told: this.tell(document, undefined, value) };
    } catch {
      // No document at all, or one that will be refused; if it is shown after all, drawing it says why it cannot be.
    }
  }

  /** The document has come, in pieces or as a file: from now on it is drawn. */
  begin(document: number, generation: number): void {
    const ahead = this.ahead?.document === document ? this.ahead : undefined;
    this.topology = ahead?.topology ?? this.arriving.get(document)?.topology;
    if (this.topology === undefined) throw new Error("the document did not arrive");
    this.arriving.delete(document);
    this.ahead = undefined;
    this.document = document;
    this.generation = generation;
    this.facts = undefined;
    this.told = ahead?.told;
    this.begun = ahead?.stages;
  }

  edit(edits: readonly Edit[]): void {
    if (this.topology !== undefined) this.topology = applyEdits(this.topology, edits);
    this.begun = undefined;
  }

  /** Answers whether it was the one that is drawn. */
  forget(document: number): boolean {
    this.arriving.delete(document);
    if (document === this.ahead?.document) this.ahead = undefined;
    if (document !== this.document) return false;
    this.topology = this.facts = this.told = this.begun = undefined;
    return true;
  }

  /** Answers whether the facts are about what is drawn. */
  learn(facts: PictureFacts): boolean {
    if (facts.generation !== this.generation || !this.isDrawing) return false;
    this.facts = facts;
    this.begun = undefined;
    return true;
  }

  get isDrawing(): boolean {
    return this.topology !== undefined;
  }

  draw(): void {
    if (this.topology === undefined) return;
    const stages = this.begun ?? sceneStages(this.topology, this.facts === undefined ? {} : sceneOptions(this.facts));
    this.begun = undefined;
    for (;;) {
      const stage = stages.next();
      // The boxes alone are worth showing only while there is nothing else.
      if (stage.done === true || this.told === undefined) this.told = this.tell(this.document, this.told, stage.value);
      if (stage.done === true) return;
    }
  }

  /** Tells what has changed since `told`; answers what has been told then. */
  private tell(document: number, told: Told | undefined, scene: Scene): Told {
    for (const change of piecesOfChange(changeOf(told?.nodes ?? [], scene.nodes))) this.say({ type: "nodes", document, change });
    for (const { changed, inserted, ...rest } of piecesOfChange(changeOf(told?.cables ?? [], scene.cables))) {
      const packed = packCables([...changed.map(([, cable]) => cable), ...inserted]);
      this.say({ type: "cables", document, change: { ...rest, indices: changed.map(([index]) => index) }, packed }, [packed.lengths.buffer, packed.numbers.buffer]);
    }
    const hidden = [...scene.shownAs].filter(([id, shown]) => id !== shown);
    this.say({ type: "end", document, head: { tenants: scene.tenants, segments: scene.segments, bounds: scene.bounds, hidden } });
    return { nodes: scene.nodes, cables: scene.cables };
  }
}
