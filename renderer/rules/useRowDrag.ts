import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";

/** A rule that is being dragged, and the gap that it would be dropped into: `to` is the place before which it would stand. */
export interface RowDrag {
  readonly from: number;
  readonly to: number;
}

/** So near the edge the list scrolls, so many pixels a frame. */
const EDGE = 36;
const SCROLL = 9;
/** A press that moves less is a click. */
const SLACK = 4;

interface Rows {
  readonly height: number;
  /** Height of what stands above the first row and does not scroll. */
  readonly head: number;
  readonly count: number;
}

/** Drags rows of a list by their grip. Escape gives it up. */
export function useRowDrag(scroller: RefObject<HTMLElement | null>, { height, head, count }: Rows, onDrop: (from: number, to: number) => void): { drag: RowDrag | undefined; onPointerDown: (event: PointerEvent) => void } {
  const [drag, setDrag] = useState<RowDrag | undefined>(undefined);
  const stop = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const onPointerDown = useCallback((event: PointerEvent): void => {
    const box = scroller.current;
    const from = event.target instanceof Element ? Number(event.target.closest<HTMLElement>("[data-grip]")?.dataset["grip"] ?? NaN) : NaN;
    if (box === null || event.button !== 0 || Number.isNaN(from)) return;
    const start = event.clientY;
    let [y, now, frame] = [start, undefined as RowDrag | undefined, 0];
    const follow = (): void => {
      const { top, bottom } = box.getBoundingClientRect();
      if (now !== undefined && y > bottom - EDGE) box.scrollTop += SCROLL;
      else if (now !== undefined && y < top + head + EDGE) box.scrollTop -= SCROLL;
      if (now !== undefined || Math.abs(y - start) >= SLACK) {
        const to = Math.max(0, Math.min(count, Math.round((y - top - head + box.scrollTop) / height)));
        if (now?.to !== to) setDrag((now = { from, to }));
      }
      frame = requestAnimationFrame(follow);
    };
    const end = (drop: boolean): void => {
      stop.current?.();
      if (drop && now !== undefined) onDrop(now.from, now.to > now.from ? now.to - 1 : now.to);
    };
    const onMove = (move: globalThis.PointerEvent): void => { y = move.clientY; };
    const onUp = (): void => end(true);
    const onCancel = (): void => end(false);
    const onKey = (key: KeyboardEvent): void => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      end(false);
    };
    stop.current = () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onCancel);
      window.removeEventListener("keydown", onKey, true);
      setDrag(undefined);
      stop.current = undefined;
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onCancel);
    window.addEventListener("keydown", onKey, true);
    frame = requestAnimationFrame(follow);
  }, [scroller, height, head, count, onDrop]);
  return { drag, onPointerDown };
}
