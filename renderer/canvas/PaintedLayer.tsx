import { use, useEffect, useRef, useState } from "react";
import { useStore } from "@xyflow/react";
import type { Point } from "../../shared/diagram/geometry";
import { Slices } from "../ui/slices";
import type { Area } from "./area";
import { Painter } from "./paint";
import { paintSteps, type Part } from "./paint-scene";
import { ThemeContext } from "./Primitives";

interface PaintedLayerProps extends Omit<Part, "area" | "hasGround"> {
  readonly area: Area;
  /** How far it is away from its place: what is dragged is painted once and then moved. */
  readonly by?: Point;
  readonly name: "still" | "dragged";
}

/** Milliseconds: so long the window may wait for a piece of the picture. */
const SLICE_MS = 10;
/** Milliseconds without a change of the zoom after which the picture is painted anew; until then it is stretched. */
const SETTLED_MS = 120;
/** No canvas gets more pixels: beyond, it is painted a little coarser. */
const MOST_PIXELS = 12_000_000;

const world = { now: () => performance.now(), later: (task: () => void) => void setTimeout(task, 0) };

/**
 * The picture around what is in sight as an image, which the camera moves and stretches without painting it again. One is shown while
 * the next is painted.
 */
export function PaintedLayer({ scene, looks, area, far, skipsNode, skipsCable, by, name }: PaintedLayerProps) {
  const theme = use(ThemeContext);
  const zoom = useSettledZoom(area);
  const layer = useRef<HTMLDivElement>(null);
  /** The canvas that was shown last is painted next: their memory is the dearest part of a picture. */
  const spare = useRef<HTMLCanvasElement | undefined>(undefined);
  /** Asked once: the browser works out the style of the whole window for the answer. */
  const family = useRef<string | undefined>(undefined);
  const [slices] = useState(() => new Slices(world, SLICE_MS));
  useEffect(() => {
    const element = layer.current;
    if (element === null || area.width === 0) return;
    const { canvas, ground } = blank(spare.current ?? document.createElement("canvas"), area, zoom);
    spare.current = canvas;
    family.current ??= getComputedStyle(element).fontFamily;
    const painter = new Painter(ground, theme, family.current);
    // What is still being painted is shown where nothing else is.
    if (element.childElementCount === 0) element.append(canvas);
    slices.start(
      paintSteps(painter, { scene, looks, area, far, hasGround: name === "still", skipsNode, skipsCable }),
      () => {
        const before = element.firstElementChild;
        spare.current = before instanceof HTMLCanvasElement && before !== canvas ? before : undefined;
        element.replaceChildren(canvas);
        // For whoever waits for the whole of it.
        element.dataset["painted"] = "";
      },
      (error) => { throw error; },
    );
    return () => slices.cancel();
  }, [scene, looks, area, far, skipsNode, skipsCable, theme, zoom, name, slices]);
  return <div ref={layer} className={`painted painted-${name}`} style={by === undefined ? undefined : { transform: `translate(${by.x}px, ${by.y}px)` }} aria-hidden />;
}

/** Makes a canvas blank and has it cover an area, its pixels those of the screen. One that is larger than needed keeps its size. */
function blank(canvas: HTMLCanvasElement, area: Area, zoom: number): { readonly canvas: HTMLCanvasElement; readonly ground: CanvasRenderingContext2D } {
  const scale = Math.min(zoom * devicePixelRatio, Math.sqrt(MOST_PIXELS / (area.width * area.height)));
  const width = Math.ceil(area.width * scale) + 1, height = Math.ceil(area.height * scale) + 1;
  const fits = canvas.width >= width && canvas.height >= height && canvas.width * canvas.height < 2 * width * height;
  // Read often means painted by the processor, piece by piece, and never all at once when the picture is shown.
  const ground = canvas.getContext("2d", { willReadFrequently: true });
  if (ground === null) throw new Error("there is no 2D canvas");
  if (!fits) Object.assign(canvas, { width, height });
  ground.setTransform(1, 0, 0, 1, 0, 0);
  ground.clearRect(0, 0, canvas.width, canvas.height);
  // Where the pixels of the screen are, so that nothing is smeared between two of them.
  const left = Math.floor(area.x * scale), top = Math.floor(area.y * scale);
  canvas.style.transform = `translate(${left / scale}px, ${top / scale}px) scale(${1 / scale})`;
  ground.setTransform(scale, 0, 0, scale, -left, -top);
  return { canvas, ground };
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
