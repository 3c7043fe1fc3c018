import { useState } from "react";
import type { Hop, Trace, Verdict } from "../../shared/analysis/result";
import { moreWords, packetWords, stopsAnswer } from "../../shared/reports/trace-words";
import { ask } from "../analysis/client";
import { openDialog } from "../store/session";
import { drawPath, pathOfTrace } from "../store/trace-path";
import { Button } from "../ui/Button";
import { CopyBlock } from "../ui/CopyBlock";
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
  const more = moreWords(trace);
  const stops = stopsOf(trace);
  const total = `${paths.length + (trace.morePaths ?? 0)}${trace.morePathsAtLeast === true ? "+" : ""}`;

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
      {trace.packet !== undefined && (
        <CopyBlock caption={<><strong>Packet</strong> <span className="muted">goes by {total === "1" ? "the path" : "path 1"} and is answered</span></>} label="Packet" copyLabel="Copy the packet" text={packetWords(trace.packet)} />
      )}
      {paths.map((hops, index) => (
        <section key={index} className="trace-path" aria-label={`Path ${index + 1} of ${total}`}>
          <header>
            <h3>{total === "1" ? "Path" : `Path ${index + 1} of ${total}`}</h3>
            <Button size="small" disabled={busy || waiting} onClick={() => void draw(index)}>Show on canvas</Button>
          </header>
          <HopList hops={hops} />
        </section>
      ))}
      {more !== "" && <p className="muted">{more}</p>}
      {stops.map(({ title, hops }, index) => (
        <section key={title} className="trace-path" aria-label={title}>
          <header>
            <h3>{trace.missing === undefined ? title : `${title}, as far as is known`}</h3>
            {paths.length === 0 && index === 0 && <Button size="small" disabled={busy || waiting} onClick={() => void draw(0)}>Show on canvas</Button>}
          </header>
          <HopList hops={hops} />
        </section>
      ))}
      {!trace.reachable && paths.length === 0 && blockedBy.length === 0 && trace.missing === undefined && <p className="muted">No cable or forwarder joins the two: nothing needs to stop it.</p>}
    </div>
  );
}

/** Where the answer is stopped, and where the packets are. */
function stopsOf({ blockedBy, oneWay }: Trace): { title: string; hops: readonly Hop[] }[] {
  return [
    { title: "The answer is stopped at", hops: blockedBy.filter(stopsAnswer) },
    { title: oneWay === undefined ? "Stopped at" : "Everything else is stopped at", hops: blockedBy.filter((hop) => !stopsAnswer(hop)) },
  ].filter(({ hops }) => hops.length > 0);
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
  if (trace.oneWay !== undefined) return <p className="trace-outcome one-way" role="status"><strong>One way only</strong><span><code>{trace.oneWay.join(", ")}</code> is delivered, but no answer comes back.</span></p>;
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
