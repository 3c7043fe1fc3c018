import { use, useEffect, useMemo, useRef, useState, type PointerEvent, type WheelEvent } from "react";
import { useReactFlow, useStore } from "@xyflow/react";
import { blockPaint } from "../../shared/diagram/draw-node";
import type { Scene } from "../../shared/diagram/elements";
import type { Box } from "../../shared/diagram/geometry";
import { Slices, windowTime } from "../ui/slices";
import { usePixelRatio } from "../ui/usePixelRatio";
import type { Camera } from "./camera";
import type { Looks } from "./looks";
import { Painter } from "./paint";
import { ThemeContext } from "./Primitives";

/** Pixels; the same as in the style sheet. */
const SIZE = { width: 150, height: 86 } as const;
const PIECE = 500;
const SLICE_MS = 8;
/** Blocks smaller than a pixel would vanish. */
const SMALLEST = 1;
/** From the edges of the map, so that a line there is seen whole. */
const EDGE = 1;

interface MinimapProps {
  readonly scene: Scene;
  readonly looks: Looks;
}

/** The whole picture in small; dragging in it moves the camera, the wheel brings it nearer. */
export function Minimap({ scene, looks }: MinimapProps) {
  const flow = useReactFlow();
  const camera = useMemo(() => mapCamera(scene.bounds), [scene.bounds]);
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width), height = useStore((state) => state.height);
  const seen = { x: (-x / zoom) * camera.zoom + camera.x, y: (-y / zoom) * camera.zoom + camera.y, width: (width / zoom) * camera.zoom, height: (height / zoom) * camera.zoom };
  const around = atLeast(inMap(seen), 5);

  const center = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: (event.clientX - box.left - camera.x) / camera.zoom, y: (event.clientY - box.top - camera.y) / camera.zoom };
    void flow.setViewport({ x: width / 2 - at.x * zoom, y: height / 2 - at.y * zoom, zoom });
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    center(event);
  };
  const onWheel = (event: WheelEvent): void => void flow.zoomTo(zoom * 2 ** (-event.deltaY * 0.004));
  return (
    <div className="canvas-control minimap" onWheel={onWheel}>
      <Blocks scene={scene} looks={looks} camera={camera} />
      <svg role="img" aria-label="Minimap" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} onPointerDown={onPointerDown} onPointerMove={(event) => { if (event.buttons === 1) center(event); }}>
        <rect className="minimap-seen" x={around.x} y={around.y} width={around.width} height={around.height} rx={1} />
        <path className="minimap-mask" fillRule="evenodd" d={`M0 0H${SIZE.width}V${SIZE.height}H0Z${boxPath(seen)}`} />
      </svg>
    </div>
  );
}

function mapCamera(bounds: Box): Camera {
  const margin = Math.max(bounds.width, bounds.height) * 0.04;
  const box = { x: bounds.x - margin, y: bounds.y - margin, width: bounds.width + 2 * margin, height: bounds.height + 2 * margin };
  const zoom = Math.min(SIZE.width / box.width, SIZE.height / box.height);
  return { x: (SIZE.width - box.width * zoom) / 2 - box.x * zoom, y: (SIZE.height - box.height * zoom) / 2 - box.y * zoom, zoom };
}

/** What of the box is on the map, its edges in sight where it goes on beyond. */
function inMap({ x, y, width, height }: Box): Box {
  const left = clamp(x, SIZE.width), top = clamp(y, SIZE.height);
  return { x: left, y: top, width: clamp(x + width, SIZE.width) - left, height: clamp(y + height, SIZE.height) - top };
}

function clamp(value: number, end: number): number {
  return Math.min(end - EDGE, Math.max(EDGE, value));
}

/** The same box, or one around its middle that can be seen. */
function atLeast({ x, y, width, height }: Box, least: number): Box {
  const more = { x: Math.max(0, least - width), y: Math.max(0, least - height) };
  return { x: x - more.x / 2, y: y - more.y / 2, width: width + more.x, height: height + more.y };
}

function boxPath({ x, y, width, height }: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}

interface BlocksProps extends MinimapProps {
  readonly camera: Camera;
}

function Blocks({ scene, looks, camera }: BlocksProps) {
  const theme = use(ThemeContext);
  const pixelRatio = usePixelRatio();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [slices] = useState(() => new Slices(windowTime, SLICE_MS));
  useEffect(() => {
    const shown = canvas.current;
    if (shown === null) return;
    const next = new OffscreenCanvas(SIZE.width * pixelRatio, SIZE.height * pixelRatio);
    const ground = next.getContext("2d", { willReadFrequently: true });
    if (ground === null) return;
    ground.scale(pixelRatio, pixelRatio);
    slices.start(blockSteps(new Painter(ground, theme, ""), scene, looks, camera), () => {
      Object.assign(shown, { width: next.width, height: next.height });
      shown.getContext("2d")?.drawImage(next, 0, 0);
    }, (error) => { throw error; });
    return () => slices.cancel();
  }, [scene, looks, camera, theme, pixelRatio, slices]);
  return <canvas ref={canvas} aria-hidden />;
}

function* blockSteps(painter: Painter, scene: Scene, looks: Looks, camera: Camera): Generator<undefined, undefined, undefined> {
  const { ground } = painter;
  for (const [index, node] of scene.nodes.entries()) {
    if (index % PIECE === PIECE - 1) yield;
    ground.fillStyle = painter.color(blockPaint(node, looks.node(node)));
    ground.fillRect(node.absolute.x * camera.zoom + camera.x, node.absolute.y * camera.zoom + camera.y, Math.max(SMALLEST, node.width * camera.zoom), Math.max(SMALLEST, node.height * camera.zoom));
  }
  return undefined;
}
