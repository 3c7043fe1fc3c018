import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { Box } from "../../shared/diagram/geometry";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { setView, useSession } from "../store/session";
import { setTourStep, useTour } from "../store/tour";
import { Button } from "../ui/Button";
import { placeCard } from "./place-card";
import { TOUR, type TourStep } from "./steps";
import { useAnchor } from "./useAnchor";
import "./tour.css";

/** Pixels that the ring stands out from its thing. */
const RING = 6;

/** The tour, if one is on. Nothing is covered or held up by it; while a dialog is open it waits. */
export function Tour() {
  const { step, generation } = useTour();
  const isOver = useDocument((state) => state.generation) !== generation;
  const waits = useSession((state) => state.dialog !== undefined);
  useEffect(() => {
    if (isOver) setTourStep(undefined);
  }, [isOver]);
  const shown = step === undefined || isOver ? undefined : TOUR[step];
  return shown === undefined || step === undefined || waits ? null : <Card key={step} step={shown} index={step} />;
}

function Card({ step, index }: { readonly step: TourStep; readonly index: number }) {
  const anchor = useAnchor(step.anchors);
  const analysed = useAnalysis((state) => state.summary !== undefined);
  const card = useRef<HTMLDivElement>(null), next = useRef<HTMLButtonElement>(null);
  const [size, setSize] = useState({ width: 320, height: 200 });
  const titleId = useId(), textId = useId();
  useEffect(() => {
    setView("canvas");
    step.begin?.();
  }, [step, analysed]);
  // Before the card is seen: Enter, pressed at once, means it.
  useLayoutEffect(() => next.current?.focus({ preventScroll: true }), []);
  useLayoutEffect(() => {
    const box = card.current?.getBoundingClientRect();
    if (box !== undefined && (box.width !== size.width || box.height !== size.height)) setSize({ width: box.width, height: box.height });
  }, [size]);
  const at = placeCard(size, { width: innerWidth, height: innerHeight }, anchor);
  const last = index === TOUR.length - 1;
  const end = (): void => setTourStep(undefined);
  return (
    <>
      {anchor !== undefined && <div className="tour-ring" aria-hidden style={ringAround(anchor)} />}
      <div
        ref={card} className="tour-card" role="dialog" aria-modal={false} aria-labelledby={titleId} aria-describedby={textId} style={{ left: at.x, top: at.y }}
        onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); end(); } }}
      >
        <p className="tour-count">Step {index + 1} of {TOUR.length}</p>
        <h2 id={titleId}>{step.title}</h2>
        <p id={textId} className="tour-text">{step.text}</p>
        {step.actions !== undefined && (
          <p className="tour-more">{step.actions.map(({ label, run }) => <Button key={label} size="small" onClick={() => { end(); run(); }}>{label}</Button>)}</p>
        )}
        <div className="tour-actions">
          {!last && <Button variant="ghost" onClick={end}>Skip the tour</Button>}
          <span className="tour-space" />
          {index > 0 && <Button onClick={() => setTourStep(index - 1)}>Back</Button>}
          <Button ref={next} variant="primary" onClick={() => (last ? end() : setTourStep(index + 1))}>{last ? "Done" : "Next"}</Button>
        </div>
      </div>
    </>
  );
}

/** The ring, whole also where its thing ends with the window. */
function ringAround({ x, y, width, height }: Box): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const left = Math.max(x, RING), top = Math.max(y, RING);
  return { left, top, width: Math.min(x + width, innerWidth - RING) - left, height: Math.min(y + height, innerHeight - RING) - top };
}
