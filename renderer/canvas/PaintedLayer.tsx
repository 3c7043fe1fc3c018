import { use, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useStore, useStoreApi } from "@xyflow/react";
import type { Box } from "../../shared/diagram/geometry";
import { pictureSeen } from "../store/picture";
import { Slices, windowTime } from "../ui/slices";
import { usePixelRatio } from "../ui/usePixelRatio";
import type { Area } from "./area";
import { NOWHERE, useHand } from "./drag";
import { Painter } from "./paint";
import { paintSteps, type Part } from "./paint-scene";
import { ThemeContext } from "./Primitives";
import { Sheet } from "./sheet";

interface PaintedLayerProps extends Omit<Part, "area" | "hasGround"> {
  /** What is in sight, and a little around it. */
  readonly area: Area;
  /** What of it is painted. */
  readonly box: Box;
  /** Whether it is what moves with the hand: it is painted once and then moved. */
  readonly isDragged: boolean;
}

/** Milliseconds: so long the window may wait for a piece of the picture. */
const SLICE_MS = 10;
/** Milliseconds without a change of the zoom after which the picture is painted anew; until then it is stretched. */
const SETTLED_MS = 120;
/** Milliseconds after which a picture is shown where there is none, though it is still being painted. */
const PATIENCE_MS = 250;

/**
 * The picture around what is in sight as an image under everything else, which the camera moves and stretches without painting it again.
 * One is shown while the next is painted.
 */
export function PaintedLayer({ scene, looks, area, box, far, skipsNode, skipsCable, isDragged }: PaintedLayerProps) {
  const theme = use(ThemeContext);
  const pixelRatio = usePixelRatio();
  const zoom = useSettledZoom(area);
  const layer = useRef<HTMLDivElement>(null);
  const shown = useRef<Sheet | undefined>(undefined);
  /** The one that was shown last is painted next: their memory is the dearest part of a picture. */
  const spare = useRef<Sheet | undefined>(undefined);
  /** Asked once: the browser works out the style of the whole window for the answer. */
  const family = useRef<string | undefined>(undefined);
  const [slices] = useState(() => new Slices(windowTime, SLICE_MS));
  const place = usePlace(shown, isDragged);
  useEffect(() => {
    const element = layer.current;
    if (element === null || box.width <= 0 || box.height <= 0) return;
    const sheet = (spare.current ??= new Sheet());
    family.current ??= getComputedStyle(element).fontFamily;
    const painter = new Painter(sheet.cover(box, zoom, pixelRatio), theme, family.current);
    const show = (): void => {
      spare.current = shown.current === sheet ? spare.current : shown.current;
      shown.current = sheet;
      place();
      if (sheet.canvas.parentElement !== element) element.replaceChildren(sheet.canvas);
    };
    const patience = shown.current === undefined ? setTimeout(show, PATIENCE_MS) : undefined;
    slices.start(
      paintSteps(painter, { scene, looks, area: box, far, hasGround: !isDragged, skipsNode, skipsCable }),
      () => {
        clearTimeout(patience);
        show();
        // For whoever waits for the whole of it.
        element.dataset["painted"] = scene.cables.length === 0 ? "boxes" : "whole";
        if (!isDragged) pictureSeen();
      },
      (error) => { throw error; },
    );
    return () => {
      clearTimeout(patience);
      slices.cancel();
    };
  }, [scene, looks, box, far, skipsNode, skipsCable, theme, zoom, pixelRatio, isDragged, slices, place]);
  return <div ref={layer} className={`painted ${isDragged ? "painted-dragged" : "painted-still"}`} aria-hidden />;
}

/** Keeps the image where the camera sees it, away from its place by as much as the hand where it is dragged; answers how to put it there at once. */
function usePlace(shown: RefObject<Sheet | undefined>, isDragged: boolean): () => void {
  const store = useStoreApi();
  const [place] = useState(() => (): void => {
    const { transform: [x, y, zoom] } = store.getState();
    shown.current?.place({ x, y, zoom }, isDragged ? useHand.getState().by : NOWHERE);
  });
  useLayoutEffect(place, [place]);
  // Not as a state: no element changes but this one.
  useEffect(() => store.subscribe((state, before) => { if (state.transform !== before.transform) place(); }), [store, place]);
  useEffect(() => (isDragged ? useHand.subscribe(place) : undefined), [isDragged, place]);
  return place;
}

/** The zoom once it stands still, or at once where the picture would be stretched too far. */
function useSettledZoom(area: Area): number {
  const zoom = useStore((state) => state.transform[2]);
  const [settled, setSettled] = useState({ zoom, step: area.step });
  const isFar = settled.step !== area.step;
  // Before anything is painted: at the old zoom the new area may have many times the pixels.
  if (isFar) setSettled({ zoom, step: area.step });
  useEffect(() => {
    if (settled.zoom === zoom) return;
    const timer = setTimeout(() => setSettled({ zoom, step: area.step }), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [zoom, settled, area]);
  return isFar ? zoom : settled.zoom;
}
