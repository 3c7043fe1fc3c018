import { useCallback, useEffect, useState } from "react";
import { useReactFlow, type FinalConnectionState } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
import { ownerOf } from "../../shared/model/ids";
import { connect } from "../actions/connect";
import { refuse, type Outcome, type Point } from "../actions/draft";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { useLive } from "../ui/useLive";
import { nodesAt } from "./hit";
import { clearHint, sentence, showHint } from "./pointer";

/** Pulling a cable from a handle: the thing under the pointer takes it or says why not. */
export function useConnecting(scene: Scene) {
  const flow = useReactFlow();
  const [from, setFrom] = useState<string | undefined>(undefined);
  const live = useLive(scene);

  useEffect(() => {
    if (from === undefined) return;
    const onMove = (event: PointerEvent): void => {
      const at = { x: event.clientX, y: event.clientY };
      const end = endOf(live.current, from, flow.screenToFlowPosition(at));
      if (end === undefined) showHint(at, undefined, undefined);
      else showHint(at, end.outcome.ok ? { text: sentence(end.outcome.change.label), tone: "ok" } : { text: end.outcome.reason, tone: "no" }, end.outcome.ok ? end.id : undefined);
    };
    window.addEventListener("pointermove", onMove);
    return () => window.removeEventListener("pointermove", onMove);
  }, [from, flow, live]);

  const onConnectStart = useCallback((_event: unknown, params: { nodeId: string | null }) => setFrom(params.nodeId ?? undefined), []);
  const onConnectEnd = useCallback((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    setFrom(undefined);
    clearHint();
    const start = state.fromNode?.id;
    if (start === undefined || !("clientX" in event)) return;
    const end = endOf(live.current, start, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    if (end !== undefined) perform(end.outcome);
  }, [flow, live]);
  return { connecting: from !== undefined, onConnectStart, onConnectEnd };
}

/**
 * The thing at a point that a cable from `from` would be plugged into: the innermost that takes it, else the innermost with its
 * reason. Containers of `from` itself are no ends, and a host is one only where nothing inside it is meant.
 */
function endOf(scene: Scene, from: string, point: Point): { readonly id: string; readonly outcome: Outcome } | undefined {
  const { topology } = useDocument.getState();
  const own = new Set([from, ownerOf(from)]);
  for (let parent = scene.node.get(from)?.parent; parent !== undefined; parent = scene.node.get(parent)?.parent) own.add(parent);
  const chain = nodesAt(scene, point).filter((id, index) => !own.has(id) && (index === 0 || scene.node.get(id)?.kind !== "host"));
  const [innermost] = chain;
  if (innermost === undefined) return undefined;
  for (const id of chain) {
    const outcome = connect(topology, from, id);
    if (outcome.ok) return { id, outcome };
  }
  const outcome = connect(topology, from, innermost);
  return { id: innermost, outcome: outcome.ok ? refuse("") : outcome };
}
