import { useState } from "react";
import type { Hop, Trace, Verdict } from "../../shared/analysis/result";
import { ask } from "../analysis/client";
import { openDialog } from "../store/session";
import { drawPath, pathOfTrace } from "../store/trace-path";
import { Button } from "../ui/Button";
import { HopList } from "../ui/HopList";
import { pairVerdict } from "./verdict";
import type { Question } from "./useTrace";

interface TraceResultProps {
  readonly trace: Trace;
  readonly question: Question;
  /** The answer is of an earlier question; the next is on its way. */
  readonly waiting: boolean;
}

/** Reachable, unknown or not; every path hop by hop, or the places that stop it. */
export function TraceResult({ trace, question, waiting }: TraceResultProps) {
  const [busy, setBusy] = useState(false);
  const { paths, blockedBy } = trace;

  const draw = async (index: number): Promise<void> => {
    setBusy(true);
    const hops = paths[index];
    const verdict = hops === undefined ? "isolated" : await verdictOf(hops);
    openDialog(undefined);
    drawPath(pathOfTrace(trace, verdict, [], index));
  };
  return (
    <div className="trace-result" aria-busy={waiting}>
      <Outcome trace={trace} service={question.services} />
      {paths.map((hops, index) => (
        <section key={index} className="trace-path" aria-label={`Path ${index + 1} of ${paths.length}`}>
          <header>
            <h3>{paths.length === 1 ? "Path" : `Path ${index + 1} of ${paths.length}`}</h3>
            <Button size="small" disabled={busy || waiting} onClick={() => void draw(index)}>Show on canvas</Button>
          </header>
          <HopList hops={hops} />
        </section>
      ))}
      {blockedBy.length > 0 && (
        <section className="trace-path" aria-label="Stopped at">
          <header>
            <h3>{trace.missing === undefined ? "Stopped at" : "Stopped at, as far as is known"}</h3>
            {paths.length === 0 && <Button size="small" disabled={busy || waiting} onClick={() => void draw(0)}>Show on canvas</Button>}
          </header>
          <HopList hops={blockedBy} />
        </section>
      )}
      {!trace.reachable && paths.length === 0 && blockedBy.length === 0 && trace.missing === undefined && <p className="muted">No cable or forwarder joins the two: nothing needs to stop it.</p>}
    </div>
  );
}

function Outcome({ trace, service }: { readonly trace: Trace; readonly service: string | undefined }) {
  const asked = service === undefined ? "" : ` on ${service}`;
  if (trace.reachable) return <p className="trace-outcome reachable" role="status"><strong>Reachable</strong><span>answered on <code>{trace.services.join(", ")}</code></span></p>;
  if (trace.missing !== undefined) {
    return (
      <div className="trace-outcome unknown" role="status">
        <strong>Unknown{asked}</strong>
        <span>The document does not say enough. Fill in:</span>
        <ul>{trace.missing.map((field) => <li key={field}><code>{field}</code></li>)}</ul>
      </div>
    );
  }
  if (trace.paths.length > 0) return <p className="trace-outcome one-way" role="status"><strong>One way only{asked}</strong><span>Packets are delivered, but no answer comes back.</span></p>;
  return <p className="trace-outcome blocked" role="status"><strong>Not reachable{asked}</strong></p>;
}

/** The policy's word on the parties at both ends of a path: it decides the colour of the path, not whether there is one. */
async function verdictOf(hops: readonly Hop[]): Promise<Verdict> {
  try {
    return pairVerdict(await ask("matrix", { by: "vm" }), hops);
  } catch {
    return "unknown";
  }
}
