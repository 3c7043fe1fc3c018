import { FolderOpen, X } from "lucide-react";
import { runCommand } from "../commands";
import { useAnalysis } from "../store/analysis";
import { openComparison, useCompare } from "../store/compare";
import { useDocument } from "../store/document";
import { setView } from "../store/session";
import { Button, IconButton } from "../ui/Button";
import { Segmented } from "../ui/Segmented";
import { textTooltip } from "../ui/Tooltip";
import { CompareResult } from "./CompareResult";
import { useComparison } from "./useComparison";
import "./compare.css";

const VERSIONS = [{ value: "saved", label: "Last save" }, { value: "file", label: "File…" }] as const;

/** Beside the picture: which flows and findings came and went since the last save, or against another file. */
export function ComparePanel() {
  const other = useCompare((state) => state.other);
  const stopped = useAnalysis((state) => (state.state === "failed" ? state.failure : undefined));
  const compared = useComparison();
  const { key, answer, failure } = compared;
  const hasFile = useDocument((state) => state.file.handle !== null);
  const than = other.kind === "file" ? other.name : hasFile ? "the last save" : "the document as it was opened";
  return (
    <aside className="compare" aria-label="Compare">
      <header className="compare-head">
        <h2 className="panel-title">Compare</h2>
        <IconButton label="Close the comparison" icon={<X />} onClick={() => setView("canvas")} />
      </header>
      <div className="compare-form">
        <span aria-hidden>With</span>
        <Segmented label="Compare with" size="small" value={other.kind} options={VERSIONS} onChange={(kind) => (kind === "saved" ? openComparison({ kind }) : runCommand("analysis.compareFile"))} />
        {other.kind === "file" && (
          <>
            <strong className="truncate compare-file" {...textTooltip(other.name)}>{other.name}</strong>
            <IconButton label="Choose another file" icon={<FolderOpen />} onClick={() => runCommand("analysis.compareFile")} />
          </>
        )}
      </div>
      {stopped !== undefined ? <p className="compare-note" role="alert">The analysis stopped: {stopped}. The document is unharmed; the next change starts it again.</p>
        : key === undefined ? <NeverSaved />
        : failure !== undefined ? <p className="compare-note field-error" role="alert">{failure}</p>
        : answer === undefined ? <p className="compare-note muted" role="status">Comparing…</p>
        : <CompareResult key={key} version={key} answer={answer} waiting={compared.waiting} than={than} />}
    </aside>
  );
}

function NeverSaved() {
  return (
    <div className="compare-teach" role="status">
      <p><strong>This document was not saved yet.</strong></p>
      <p>Once it is, every change is compared with what was saved: which flows and findings it brings, and which it takes away. It can be compared with another file now.</p>
      <p><Button icon={<FolderOpen />} onClick={() => runCommand("analysis.compareFile")}>Compare with file…</Button></p>
    </div>
  );
}
