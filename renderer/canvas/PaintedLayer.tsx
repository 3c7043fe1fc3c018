import { use, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useStore, useStoreApi } from "@xyflow/react";
import type { SceneCable } from "../../shared/diagram/elements";
import { union, type Box } from "../../shared/diagram/geometry";
import type { Theme } from "../../shared/diagram/theme";
import { pictureSeen } from "../store/picture";
import { Slices, windowTime } from "../ui/slices";
import { usePixelRatio } from "../ui/usePixelRatio";
import { AROUND, boxAround, widened, type Area } from "./area";
import { NOWHERE, useHand } from "./drag";
import { Painter } from "./paint";
import { paintSteps, type Part } from "./paint-scene";
import { ThemeContext } from "./Primitives";
import { Sheet } from "./sheet";

interface PaintedLayerProps extends Pick<Part, "scene" | "looks" | "far"> {
  /** What is in sight, and a little around it. */
  readonly area: Area;
  /** What of it is painted. */
  readonly box: Box;
  /** What moves with the hand. */
  readonly moving: ReadonlySet<string>;
  /** Whether that is what is painted, once, and then moved; else it is the rest. */
  readonly isDragged: boolean;
}

/** Milliseconds: so long the window may wait for a piece of the picture. */
const SLICE_MS = 10;
/** Milliseconds without a change of the zoom after which the picture is painted anew; until then it is stretched. */
const SETTLED_MS = 120;
/** Milliseconds after which a picture is shown where there is none, though it is still being painted. */
const PATIENCE_MS = 250;

/** So much of a picture may be painted anew in one go. */
const SMALL_PART = 1 / 4;

/** Whatever a picture was painted of, but what was in hand. */
interface PaintedOf extends Pick<Part, "scene" | "looks" | "far"> {
  readonly box: Box;
  readonly theme: Theme;
  readonly zoom: number;
  readonly pixelRatio: number;
  /** How often fonts have come in. */
  readonly fonts: number;
}

/**
 * The picture around what is in sight as an image under everything else, which the camera moves and stretches without painting it again.
 * One is shown while the next is painted; where only something else is in hand, the part around it is painted anew.
 */
export function PaintedLayer({ scene, looks, area, box, far, moving, isDragged }: PaintedLayerProps) {
  const theme = use(ThemeContext);
  const pixelRatio = usePixelRatio();
  const zoom = useSettledZoom(area);
  const fonts = useLoadedFonts();
  const layer = useRef<HTMLDivElement>(null);
  const shown = useRef<Sheet | undefined>(undefined);
  /** The one that was shown last is painted next: their memory is the dearest part of a picture. */
  const spare = useRef<Sheet | undefined>(undefined);
  /** What the shown one is a whole picture of, with the part of it that was left to the hand. */
  const whole = useRef<{ readonly of: PaintedOf; readonly hole: Box } | undefined>(undefined);
  /** Asked once: the browser works out the style of the whole window for the answer. */
  const family = useRef<string | undefined>(undefined);
  const [slices] = useState(() => new Slices(windowTime, SLICE_MS));
  const place = usePlace(shown, isDragged);
  useEffect(() => {
    const element = layer.current;
    if (element === null || box.width <= 0 || box.height <= 0) return;
    const font = (family.current ??= getComputedStyle(element).fontFamily);
    const of: PaintedOf = { scene, looks, box, far, theme, zoom, pixelRatio, fonts };
    const hole = isDragged ? NO_BOX : boxAround(scene, moving, "all", box);
    const part = {
      scene, looks, far, hasGround: !isDragged,
      skipsNode: (id: string): boolean => moving.has(id) !== isDragged,
      skipsCable: ({ source, target }: SceneCable): boolean => (isDragged ? !moving.has(source) || !moving.has(target) : moving.has(source) || moving.has(target)),
    };
    const before = whole.current;
    if (before !== undefined && isSame(before.of, of)) {
      const changed = union([before.hole, hole].filter(({ width }) => width > 0));
      if (changed.width * changed.height <= SMALL_PART * box.width * box.height) {
        if (changed.width > 0) shown.current?.renew(changed, (ground) => {
          for (const _ of paintSteps(new Painter(ground, theme, font), { ...part, area: widened(changed, AROUND) }));
        });
        whole.current = { of, hole };
        return;
      }
    }
    whole.current = undefined;
    const sheet = (spare.current ??= new Sheet());
    const painter = new Painter(sheet.cover(box, zoom, pixelRatio), theme, font);
    const show = (): void => {
      spare.current = shown.current === sheet ? spare.current : shown.current;
      shown.current = sheet;
      place();
      if (sheet.canvas.parentElement !== element) element.replaceChildren(sheet.canvas);
    };
    const patience = shown.current === undefined ? setTimeout(show, PATIENCE_MS) : undefined;
    slices.start(
      paintSteps(painter, { ...part, area: box }),
      () => {
        clearTimeout(patience);
        show();
        whole.current = { of, hole };
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
  }, [scene, looks, box, far, moving, theme, zoom, pixelRatio, fonts, isDragged, slices, place]);
  return <div ref={layer} className={`painted ${isDragged ? "painted-dragged" : "painted-still"}`} aria-hidden />;
}

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 };

function isSame(a: PaintedOf, b: PaintedOf): boolean {
  return a.scene === b.scene && a.looks === b.looks && a.box === b.box && a.far === b.far && a.theme === b.theme && a.zoom === b.zoom && a.pixelRatio === b.pixelRatio && a.fonts === b.fonts;
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

/** Counts fonts that come in: a picture shows letters only of those that were there when it was painted. */
function useLoadedFonts(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const counted = (): void => setCount((before) => before + 1);
    document.fonts.addEventListener("loadingdone", counted);
    return () => document.fonts.removeEventListener("loadingdone", counted);
  }, []);
  return count;
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
