/** The picture of a large document, which is drawn in a worker. Of a small one nothing is here: it is drawn where it is shown. */
import { create } from "zustand";
import type { Scene } from "../../shared/diagram/elements";

interface PictureState {
  /** Undefined until the first of it is drawn. */
  readonly scene: Scene | undefined;
  /** Of which opened document it is, as in `document.ts`; -1: of none. */
  readonly generation: number;
  readonly failure: string | undefined;
  /** Of which opened document a picture has stood on the screen, if only of its boxes; -1: of none. */
  readonly seen: number;
}

export const usePicture = create<PictureState>(() => ({ scene: undefined, generation: -1, failure: undefined, seen: -1 }));

/** The scene, such as it is, has been drawn to its end. */
export function pictureSeen(): void {
  const { seen, generation, scene } = usePicture.getState();
  if (scene !== undefined && seen !== generation) usePicture.setState({ seen: generation });
}
