/** Puts the pieces of a picture together to a scene, which shares with the one before whatever has not changed. Pure. */
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import { applyChange } from "./list-change";
import { unpackCables } from "./pack";
import type { FromPicture, SceneHead } from "./protocol";

type Of<T extends FromPicture["type"]> = Extract<FromPicture, { type: T }>;

export class SceneAssembly {
  private last: Scene | undefined;
  private nodes: SceneNode[] | undefined;
  private cables: SceneCable[] | undefined;

  addNodes({ change }: Of<"nodes">): void {
    this.nodes ??= [...(this.last?.nodes ?? [])];
    applyChange(this.nodes, change);
  }

  addCables({ change: { indices, ...change }, packed }: Of<"cables">): void {
    this.cables ??= [...(this.last?.cables ?? [])];
    const cables = unpackCables(packed);
    const changed = indices.flatMap((index, place) => (cables[place] === undefined ? [] : [[index, cables[place]] as const]));
    applyChange(this.cables, { ...change, changed, inserted: cables.slice(indices.length) });
  }

  /** The scene that the pieces since the last one make. */
  end({ tenants, segments, bounds, hidden }: SceneHead): Scene {
    const { last } = this, nodes = this.nodes ?? last?.nodes ?? [], cables = this.cables ?? last?.cables ?? [];
    const node = nodes === last?.nodes ? last.node : new Map(nodes.map((each) => [each.id, each]));
    const cable = cables === last?.cables ? last.cable : new Map(cables.map((each) => [each.id, each]));
    const shownAs = new Map(hidden);
    for (const { id } of nodes) shownAs.set(id, id);
    this.last = { nodes, cables, tenants, segments, bounds, node, cable, shownAs };
    this.nodes = this.cables = undefined;
    return this.last;
  }
}
