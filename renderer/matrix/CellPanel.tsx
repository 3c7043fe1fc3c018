import { useState } from "react";
import { ArrowRight, ArrowRightLeft, X } from "lucide-react";
import type { Assume, MatrixPair } from "../../shared/analysis/result";
import { ask } from "../analysis/client";
import { openDialog, toast } from "../store/session";
import { drawPath, pathOfTrace } from "../store/trace-path";
import { Button, IconButton } from "../ui/Button";
import { PartyMark } from "../ui/PartyMark";
import { VerdictMark } from "../ui/VerdictMark";
import { cellKey, verdictOf, type Grid, type OpenCell, type Row } from "./grid";
import { WORSE } from "./merge";
import { briefFlow, frameWords, layerWords, VERDICT_WORDS } from "./words";

/** Beyond so many a list of pairs is cut; the grain of VMs shows all. */
const MOST_PAIRS = 200;

interface CellPanelProps {
  readonly grid: Grid;
  readonly assume: Assume;
  readonly cell: OpenCell;
  readonly onCell: (cell: OpenCell | undefined) => void;
}

/** The flows of one cell, and the pairs that it sums up. */
export function CellPanel({ grid, assume, cell, onCell }: CellPanelProps) {
  const from = grid.rows.find((row) => row.id === cell.from), to = grid.rows.find((row) => row.id === cell.to);
  const [busy, setBusy] = useState(false);
  if (from === undefined || to === undefined) return null;
  const verdict = verdictOf(grid, from.id, to.id) ?? "isolated";
  const pair = grid.cells.get(cellKey(from.id, to.id));
  const members = [...grid.members(from.id, to.id)].sort((a, b) => WORSE[b.verdict] - WORSE[a.verdict]);
  // Of a sum, the worst pair is drawn: its path is the one that matters.
  const worst = members[0];
  const source = worst?.from ?? from.selector, target = worst?.to ?? to.selector;

  const draw = async (a: string, b: string, of: MatrixPair): Promise<void> => {
    setBusy(true);
    try {
      const trace = await ask("trace", { from: a, to: b, services: undefined, assume });
      const subjects = [...new Set([of.from, of.to].filter((id) => !id.startsWith("\u0000")))];
      drawPath(pathOfTrace(trace, of.verdict, subjects));
    } catch (error) {
      setBusy(false);
      toast(`The path could not be drawn: ${error instanceof Error ? error.message : String(error)}`, "error");
    }
  };
  return (
    <aside className="matrix-panel selectable" aria-label={`From ${from.name} to ${to.name}`}>
      <header className="matrix-panel-head">
        <h3><Name row={from} /><ArrowRight aria-label="to" /><Name row={to} /></h3>
        <IconButton label="Close" keys="Escape" icon={<X />} onClick={() => onCell(undefined)} />
      </header>
      <p className={`matrix-verdict cell-${verdict}`}><VerdictMark verdict={verdict} /><strong>{VERDICT_WORDS[verdict]}</strong>{verdict === "isolated" && <span>nothing passes</span>}</p>
      {pair !== undefined && <Flows pair={pair} />}
      <div className="matrix-actions">
        {pair !== undefined && source !== undefined && target !== undefined && <Button variant="primary" size="small" disabled={busy} onClick={() => void draw(source, target, worst ?? pair)}>{busy ? "Tracing…" : "Show path"}</Button>}
        {source !== undefined && target !== undefined && <Button size="small" onClick={() => openDialog({ type: "trace", from: from.selector ?? source, to: to.selector ?? target })}>{verdict === "isolated" ? "Why not…" : "Trace…"}</Button>}
        {from.id !== to.id && <Button variant="ghost" size="small" icon={<ArrowRightLeft aria-hidden />} onClick={() => onCell({ from: to.id, to: from.id })}>Other direction</Button>}
      </div>
      {members.length > 0 && (
        <section className="matrix-pairs" aria-label="Pairs">
          <h4>{members.length} {members.length === 1 ? "pair" : "pairs"} <span className="muted">click: its path</span></h4>
          <ul>
            {members.slice(0, MOST_PAIRS).map((each) => (
              <li key={cellKey(each.from, each.to)}>
                <button type="button" className="matrix-pair" disabled={busy} onClick={() => void draw(each.from, each.to, each)} aria-label={`${each.from} to ${each.to}: ${VERDICT_WORDS[each.verdict]}, ${briefFlow(each)}. Show path`}>
                  <VerdictMark verdict={each.verdict} />
                  <span className="truncate">{each.from} → {each.to}</span>
                  <span className="truncate muted">{briefFlow(each)}</span>
                </button>
              </li>
            ))}
          </ul>
          {members.length > MOST_PAIRS && <p className="muted">and {members.length - MOST_PAIRS} more; compare VMs to see all.</p>}
        </section>
      )}
    </aside>
  );
}

function Name({ row }: { readonly row: Row }) {
  return <span className="matrix-label">{row.tag !== undefined && <PartyMark paint={row.tag.paint} mark={row.tag.mark} />}{row.name}</span>;
}

function Flows({ pair }: { readonly pair: MatrixPair }) {
  return (
    <dl className="matrix-flows">
      <dt>Layer</dt><dd>{layerWords(pair)}</dd>
      <dt>Frames</dt><dd>{frameWords(pair)}</dd>
      <dt>Services</dt><dd>{pair.services.length === 0 ? "none" : <code>{pair.services.join(", ")}</code>}</dd>
      {pair.oneWay.length > 0 && <><dt>One way</dt><dd><code>{pair.oneWay.join(", ")}</code> <span className="muted">delivered, not answered</span></dd></>}
      {pair.missing !== undefined && pair.missing.length > 0 && (
        <><dt>Missing</dt><dd><ul>{pair.missing.map((field) => <li key={field}><code>{field}</code></li>)}</ul></dd></>
      )}
    </dl>
  );
}
