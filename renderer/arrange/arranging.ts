/** Arranging with a preview: begins, changes its mind, is applied as one step or given up. */
import elkWorker from "elkjs/lib/elk-worker.min.js?url";
import { arrangeInGrid, type Layout } from "../../shared/diagram/arrange";
import { arrangeInLayers } from "../../shared/diagram/arrange-layered";
import { ArrangementEnded, startElk, type Elk, type ElkWorker } from "../../shared/diagram/elk";
import type { Topology } from "../../shared/model/topology";
import { arrange, freeIn, moved, placedByHand } from "../actions/arrange";
import { layoutWithRoom } from "../actions/room";
import { isArranging, resetArranging, setArranging, useArranging, type ArrangeQuestion } from "../store/arranging";
import { edit, isLarge, useDocument } from "../store/document";
import { setTool, setView, showPath, toast, useSession } from "../store/session";
import { viewport } from "../store/viewport";

/** Where arrangements of this window have put things, so that they are not taken for placed by hand. */
let arranged: Layout = {};
let arrangedIn = -1;

/** The engine at work, if one is. */
let elk: Elk | undefined;

/** Shows the nested grid; the bar on the canvas offers the rest. */
export function startArranging(): void {
  const { topology, generation } = useDocument.getState();
  if (isArranging()) return;
  if (isLarge(topology) && viewport() === undefined) {
    setView("canvas");
    return toast("A network of this size is drawn only when asked for. Draw it, then arrange it.", "warning");
  }
  if (arrangedIn !== generation) arranged = {};
  arrangedIn = generation;
  const selected = useSession.getState().selection.filter((id) => freeIn(topology, [id]).size > 0);
  const byHand = placedByHand(topology, arranged), movable = Object.keys(arrangeInGrid(topology)).length;
  if (movable === 0) return toast("There is nothing to arrange yet.");
  setView("canvas");
  showPath(undefined);
  setTool(undefined);
  setArranging({ selected, byHand, question: { method: "grid", selection: freeIn(topology, selected).size > 1 ? selected : undefined, keep: byHand.length > 0 && byHand.length < movable } });
  void work();
}

export function changeArranging(change: Partial<ArrangeQuestion>): void {
  const { question } = useArranging.getState();
  if (question === undefined) return;
  setArranging({ question: { ...question, ...change } });
  void work();
}

/** Gives up what is being worked out and goes back to the grid, which is there at once. */
export function stopWorking(): void {
  changeArranging({ method: "grid" });
}

/** Takes the layout that is shown as one step. */
export function applyArranging(): void {
  const { question, layout } = useArranging.getState();
  if (question === undefined || layout === undefined) return;
  const { topology } = useDocument.getState();
  const way = question.method === "grid" ? "in a grid" : "in layers";
  const change = arrange(topology, layout, `arrange ${question.selection === undefined ? "" : "the selection "}${way}`);
  arranged = layout;
  cancelArranging();
  edit(change);
}

/** The canvas is as before. */
export function cancelArranging(): void {
  endElk();
  resetArranging();
}

function endElk(): void {
  elk?.end();
  elk = undefined;
}

/** Works out the layout that is asked for. An answer to an older question is dropped. */
async function work(): Promise<void> {
  endElk();
  const { question, byHand } = useArranging.getState(), { topology } = useDocument.getState();
  if (question === undefined) return;
  setArranging({ failure: undefined, progress: 0, ...(question.method === "layered" ? { layout: undefined } : {}) });
  try {
    const layout = await layoutFor(topology, question, byHand);
    if (useArranging.getState().question !== question || useDocument.getState().topology !== topology) return;
    setArranging({ layout, moves: moved(topology, layout).length });
    if (question.selection === undefined) setTimeout(() => viewport()?.zoomToFit(), 30);
  } catch (error) {
    if (!(error instanceof ArrangementEnded) && useArranging.getState().question === question) setArranging({ failure: error instanceof Error ? error.message : String(error) });
  } finally {
    if (useArranging.getState().question === question) endElk();
  }
}

async function layoutFor(topology: Topology, { method, selection, keep }: ArrangeQuestion, byHand: readonly string[]): Promise<Layout> {
  const kept = new Set(keep ? byHand : []), scope = selection === undefined ? undefined : freeIn(topology, selection);
  const isFree = (id: string): boolean => !kept.has(id) && (scope === undefined || scope.has(id));
  if (method === "grid") return roomy(topology, arrangeInGrid(topology, isFree), selection);
  const engine = (elk = startElk(startWorker()));
  const layout = await arrangeInLayers(topology, engine.place, { isFree, onLevel: (done, all) => setArranging({ progress: done / all }) });
  return roomy(topology, layout, selection);
}

/** Where only a part is arranged, the rest makes way. */
function roomy(topology: Topology, layout: Layout, selection: readonly string[] | undefined): Layout {
  return selection === undefined ? layout : layoutWithRoom(topology, layout);
}

function startWorker(): ElkWorker {
  const worker = new Worker(elkWorker);
  const port: ElkWorker = { onmessage: null, postMessage: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
  worker.onmessage = ({ data }) => port.onmessage?.({ data });
  worker.onerror = () => port.onerror?.();
  return port;
}
