import { useCallback, useEffect, useMemo, useRef, useState, type FocusEvent, type MouseEvent } from "react";
import {
  Background, BackgroundVariant, ConnectionMode, PanOnScrollMode, ReactFlow, ReactFlowProvider, SelectionMode, useStore, useStoreApi, ViewportPortal,
  type NodeChange, type NodeTypes,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { collapse } from "../actions/collapse";
import { useArranging } from "../store/arranging";
import { edit, useDocument } from "../store/document";
import { pictureSeen } from "../store/picture";
import { select, setRenaming, showPath, useSession } from "../store/session";
import { ArrangeBar } from "./ArrangeBar";
import { MAX_ZOOM, MIN_ZOOM } from "./camera";
import { AwaitedPicture } from "./AwaitedPicture";
import { CableGrips } from "./CableGrips";
import { CableLayer } from "./CableLayer";
import { CanvasMenu } from "./CanvasMenu";
import { ConnectionLine } from "./ConnectionLine";
import { EmptyCanvas } from "./EmptyCanvas";
import { FarCables } from "./FarCables";
import { flowNodes, type FlowNodeCache } from "./flow-nodes";
import { thingOf, useLastFocused } from "./focus-thing";
import { GuideLayer } from "./GuideLayer";
import { Hint } from "./Hint";
import { Legend } from "./Legend";
import { looksOf } from "./looks";
import { MarkLayer } from "./MarkLayer";
import { Minimap } from "./Minimap";
import { NodeView, type FlowNode } from "./NodeView";
import { PaintedPicture } from "./PaintedPicture";
import { AttackLayer, LabelLayer, OverLayer, PathLayer } from "./OverLayer";
import { usePointer } from "./pointer";
import { ThemeContext } from "./Primitives";
import { TornCables } from "./TornCables";
import { useCanvasKeys } from "./useCanvasKeys";
import { useConnecting } from "./useConnecting";
import { useDraggedElements } from "./useDraggedElements";
import { useMapPointer } from "./useMapPointer";
import { GRID, useNodeDrag } from "./useNodeDrag";
import { usePainted } from "./usePainted";
import { usePlacing } from "./usePlacing";
import { usePictureOfDocument } from "./useScene";
import { useTheme } from "./useTheme";
import { useVisibleArea } from "./useVisibleArea";
import { useViewport } from "./useViewport";

const NODE_TYPES: NodeTypes = { thing: NodeView };
const SNAP: [number, number] = [GRID, GRID];
const PAN_BUTTONS = [1];
const ADDITIVE = ["Shift", "Control", "Meta"];

/** The picture, and everything that is done with the pointer on it. */
export function Canvas() {
  return <ReactFlowProvider><div className="canvas-column"><CanvasBody /></div></ReactFlowProvider>;
}

/** From this zoom on everything is drawn in full; below, things become blocks, their names as large as the steps allow. */
const FULL = 0.4;
const FAR_STEPS = [0.34, 0.22, 0.12, 0.06, 0.03, 0.012] as const;

/** 0 in full; else the zoom, in steps, for which things become blocks. */
function useFar(): number {
  return useStore(({ transform: [, , zoom] }) => (zoom >= FULL ? 0 : FAR_STEPS.find((step) => zoom >= step * 0.82) ?? 0.012));
}

function rememberFocus({ target }: FocusEvent): void {
  const id = thingOf(target);
  if (id !== undefined) useLastFocused.setState({ id });
}

/** Of several that are selected, the one that is clicked is meant. */
function onNodeClick(event: MouseEvent, { id }: FlowNode): void {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) select([id]);
}

/** Opens what is closed; of everything else the name is written. */
function onNodeDoubleClick(_event: object, { id, data: { node } }: FlowNode): void {
  if (node.collapsed) edit(collapse(useDocument.getState().topology, id, node, false));
  else setRenaming(id);
}

/** What the library chooses, which knows only what has an element: where nothing is added, everything else is chosen no more. */
function useChoice(): (changes: NodeChange<FlowNode>[]) => void {
  const store = useStoreApi();
  return useCallback((changes) => {
    const choices = changes.filter((change) => change.type === "select");
    if (choices.length === 0) return;
    const { multiSelectionActive, nodeLookup } = store.getState();
    const isAdding = multiSelectionActive || !choices.some(({ selected }) => selected);
    const chosen = new Set(useSession.getState().selection.filter((id) => isAdding || nodeLookup.has(id)));
    for (const { id, selected } of choices) {
      if (selected) chosen.add(id);
      else chosen.delete(id);
    }
    select([...chosen]);
  }, [store]);
}

function CanvasBody() {
  const theme = useTheme();
  const { scene, isLate, isAwaited } = usePictureOfDocument();
  const generation = useDocument((state) => state.generation);
  const far = useFar();
  const frame = useRef<HTMLDivElement>(null);
  const [cache] = useState<FlowNodeCache>(() => new Map());
  const [hovered, setHovered] = useState<string | undefined>(undefined);
  // One by one: the session changes with each step of the zoom.
  const selection = useSession((state) => state.selection), lens = useSession((state) => state.lens), path = useSession((state) => state.path);
  const hasMinimap = useSession((state) => state.panels.minimap), tool = useSession((state) => state.tool);
  const arranging = useArranging((state) => state.question !== undefined);
  const target = usePointer((state) => state.target);
  const { drag, onDrag, onDragStop } = useNodeDrag(scene, isLate);
  const { connecting, onConnectStart, onConnectEnd } = useConnecting(scene);
  usePlacing(scene, frame);
  const onKeyDown = useCanvasKeys(scene);
  const onNodesChange = useChoice();
  const isPlaced = useViewport(scene, isAwaited, frame);

  const area = useVisibleArea(scene.nodes.length, isPlaced);
  const looks = useMemo(() => looksOf({ scene, lens, selection, path, target, hovered }), [scene, lens, selection, path, target, hovered]);
  const painted = area !== undefined;
  useEffect(() => { if (!painted) pictureSeen(); }, [painted, scene]);
  const { pointed, choose, ...pointer } = useMapPointer(scene, painted);
  const walked = useLastFocused(({ id }) => id);
  const live = usePainted({ scene, area, looks, far, drag, target, pointed, walked });
  const tabStop = (live.nodes.find(({ id }) => id === walked) ?? live.nodes[0])?.id;
  const nodes = useMemo(
    () => flowNodes({ nodes: live.nodes, looks, drag, far, painted, hasPaintedSelection: live.hasSelection, hovered: pointed, tabStop }, cache),
    [live.nodes, live.hasSelection, looks, drag, far, painted, pointed, tabStop, cache],
  );
  useDraggedElements(frame, drag, nodes);

  // The library hands every handler that is another one on to all its nodes: these stay the same while something is dragged.
  const onSelectionDrag = useCallback((event: object, all: FlowNode[]) => onDrag(event, undefined, all), [onDrag]);
  const onSelectionDragStop = useCallback((event: object, all: FlowNode[]) => onDragStop(event, undefined, all), [onDragStop]);
  const onPaneClick = useCallback((event: MouseEvent) => {
    if (choose(event)) return;
    select([]);
    if (useSession.getState().path !== undefined) showPath(undefined);
  }, [choose]);
  const onMoveStart = useCallback(() => frame.current?.classList.add("canvas-moving"), []);
  const onMoveEnd = useCallback(() => frame.current?.classList.remove("canvas-moving"), []);
  return (
    <ThemeContext value={theme}>
      {arranging && <ArrangeBar />}
      <CanvasMenu scene={scene}>
        <div ref={frame} tabIndex={-1} className={`canvas${far > 0 ? " canvas-far" : ""}${tool === undefined ? "" : " canvas-placing"}${connecting ? " canvas-connecting" : ""}${selection.length > 1 ? " canvas-several" : ""}${arranging ? " canvas-arranging" : ""}`} onKeyDown={onKeyDown} onFocus={rememberFocus} onPointerMove={pointer.onPointerMove} onPointerDownCapture={pointer.onPointerDownCapture}>
          <ReactFlow
            nodes={nodes} nodeTypes={NODE_TYPES} onNodesChange={onNodesChange} onNodeClick={onNodeClick} onNodeDrag={onDrag} onNodeDragStop={onDragStop}
            onSelectionDrag={onSelectionDrag} onSelectionDragStop={onSelectionDragStop}
            onConnectStart={onConnectStart} onConnectEnd={onConnectEnd} connectionLineComponent={ConnectionLine} connectionMode={ConnectionMode.Loose}
            onSelectionEnd={pointer.onSelectionEnd} onPaneClick={onPaneClick} onNodeDoubleClick={onNodeDoubleClick}
            snapToGrid snapGrid={SNAP} selectionOnDrag selectionMode={SelectionMode.Full} panOnDrag={PAN_BUTTONS} panOnScroll panOnScrollMode={PanOnScrollMode.Free} multiSelectionKeyCode={ADDITIVE}
            selectionKeyCode="Shift" minZoom={MIN_ZOOM} maxZoom={MAX_ZOOM} deleteKeyCode={null} disableKeyboardA11y elevateNodesOnSelect={false}
            onMoveStart={onMoveStart} onMoveEnd={onMoveEnd}
            zoomOnDoubleClick={false} nodeDragThreshold={3} proOptions={{ hideAttribution: true }} aria-label="Network diagram"
          >
            {area !== undefined && <PaintedPicture key={generation} scene={scene} looks={live.looks} area={area} far={far} drag={drag} />}
            {!painted && <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--dot)" />}
            <ViewportPortal>
              {far > 0 && !painted ? <FarCables scene={scene} looks={looks} far={far} /> : <CableLayer scene={scene} cables={live.cables} looks={looks} drag={painted ? undefined : drag} painted={painted} onHover={setHovered} />}
              {drag !== undefined && area !== undefined && live.torn.length > 0 && <TornCables scene={scene} cables={live.torn} looks={looks} drag={drag} area={area} />}
              {drag === undefined && <PathLayer looks={looks} path={path} part="line" />}
              {drag === undefined && <AttackLayer looks={looks} part="line" />}
              {far === 0 && !painted && <OverLayer scene={scene} looks={looks} drag={drag} />}
              {far === 0 && <LabelLayer cables={live.cables} looks={looks} drag={painted ? undefined : drag} painted={painted} />}
              {drag === undefined && <PathLayer looks={looks} path={path} part="arrow" />}
              {drag === undefined && <AttackLayer looks={looks} part="arrow" />}
              {far === 0 && <MarkLayer scene={scene} drag={drag} area={area} />}
              {(drag !== undefined || tool !== undefined) && <GuideLayer />}
              {far === 0 && drag === undefined && <CableGrips scene={scene} selection={selection} />}
            </ViewportPortal>
          </ReactFlow>
          {hasMinimap && scene.nodes.length > 0 && <Minimap scene={scene} looks={live.looks} />}
          {isAwaited ? <AwaitedPicture /> : scene.nodes.length === 0 && tool === undefined && <EmptyCanvas />}
          {scene.nodes.length > 0 && <Legend scene={scene} lens={lens} path={path} looks={looks} />}
        </div>
      </CanvasMenu>
      <Hint />
    </ThemeContext>
  );
}
