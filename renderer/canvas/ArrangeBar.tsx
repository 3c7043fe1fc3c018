import { useEffect, useRef } from "react";
import { applyArranging, cancelArranging, changeArranging, stopWorking } from "../arrange/arranging";
import { useArranging, type ArrangeMethod } from "../store/arranging";
import { useDocument } from "../store/document";
import { Button } from "../ui/Button";
import { Segmented } from "../ui/Segmented";
import { Switch } from "../ui/Switch";

const METHODS: readonly { readonly value: ArrangeMethod; readonly label: string }[] = [{ value: "grid", label: "Grid" }, { value: "layered", label: "Layered by cables" }];

/** Chooses how things are arranged while the canvas shows what would come of it. */
export function ArrangeBar() {
  const { question, selected, byHand, layout, moves, progress, failure } = useArranging();
  const topology = useDocument((state) => state.topology);
  const apply = useRef<HTMLButtonElement>(null);
  const before = useRef(topology);
  // What it was made for is not there any more: then it means nothing. The same goes for leaving the canvas.
  useEffect(() => { if (before.current !== topology) cancelArranging(); }, [topology]);
  useEffect(() => {
    apply.current?.focus();
    return () => cancelArranging();
  }, []);
  if (question === undefined) return null;
  const working = layout === undefined && failure === undefined;
  const nothing = layout !== undefined && moves === 0;
  return (
    <section className="arrange-bar" aria-label="Arrange" onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); cancelArranging(); } }}>
      <div className="arrange-line">
        <h2>Arrange</h2>
        <Segmented label="How" value={question.method} options={METHODS} onChange={(method) => changeArranging({ method })} />
        {selected.length > 0 && (
          <Segmented
            label="What" value={question.selection === undefined ? "all" : "selection"} onChange={(what) => changeArranging({ selection: what === "all" ? undefined : selected })}
            options={[{ value: "all", label: "Whole network" }, { value: "selection", label: "Selection" }]}
          />
        )}
        {byHand.length > 0 && <Switch label="Keep what I placed by hand" description={`${byHand.length} of the things have a place that no arrangement gave them.`} checked={question.keep} onChange={(keep) => changeArranging({ keep })} />}
        <span className="arrange-actions">
          <Button onClick={cancelArranging}>Cancel</Button>
          <Button ref={apply} variant="primary" disabled={layout === undefined || nothing} onClick={applyArranging}>Apply</Button>
        </span>
      </div>
      <div className="arrange-line arrange-note" role="status">
        {working && <Working progress={progress} />}
        {failure !== undefined && <span className="arrange-failure">The layers could not be worked out: {failure}. Nothing has changed; the grid is there still.</span>}
        {layout !== undefined && <span>{nothing ? "Nothing would move." : noteOf(moves, question.keep || question.selection !== undefined ? 0 : byHand.length)}</span>}
      </div>
    </section>
  );
}

function Working({ progress }: { readonly progress: number }) {
  return (
    <span className="arrange-work">
      Working out the layers
      <progress className="arrange-progress" aria-label="Layers worked out" value={progress} max={1} />
      <Button size="small" variant="ghost" onClick={stopWorking}>Stop</Button>
    </span>
  );
}

/** What applying would do. */
function noteOf(moves: number, byHand: number): string {
  const what = `${moves === 1 ? "One thing" : `${moves.toLocaleString("en")} things`} would move${byHand === 0 ? "" : `, ${byHand === 1 ? "one" : byHand.toLocaleString("en")} of them placed by hand`}.`;
  return `This is a preview. ${what} Apply is one step, which undo takes back.`;
}
