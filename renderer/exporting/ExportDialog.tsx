import { useEffect, useMemo, useState } from "react";
import { FORMATS } from "../../shared/exports/formats";
import { useDocument } from "../store/document";
import { openDialog, useSession } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { choose, orderOf, recallChoices, today, useChoices } from "./choices";
import { endExporting } from "./client";
import { FormatList } from "./FormatList";
import { printPages, writeFile } from "./make";
import { PageSetup } from "./PageSetup";
import { useCanonical } from "./useCanonical";
import { PreviewPane } from "./PreviewPane";
import type { Progress } from "./protocol";
import { usePreview } from "./usePreview";
import { viewOf, type Scope } from "./view-choices";
import { progressWords } from "./words";
import "./exporting.css";

interface ExportDialogProps {
  readonly purpose: "file" | "print";
}

/** What the file, or the paper, is to hold, with what it will look like beside it. The work is done in a worker, and ends when the dialog does. */
export function ExportDialog({ purpose }: ExportDialogProps) {
  const isPrint = purpose === "print";
  const { choices: kept, isKnown } = useChoices();
  // What is printed has pages.
  const choices = useMemo(() => (isPrint ? { ...kept, format: "pdf" as const } : kept), [kept, isPrint]);
  const selection = useSession((state) => state.selection);
  const source = useDocument((state) => state.file.name);
  const canonical = useCanonical(choices.format === "sarif");
  const [scope, setScope] = useState<Scope>({ kind: "network", id: "" });
  const [day, setDay] = useState(today);
  const [page, setPage] = useState(0);
  const [making, setMaking] = useState<Progress | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  const order = useMemo(() => orderOf(choices, { view: viewOf(scope, selection), today: day, source, canonical }), [choices, scope, selection, day, source, canonical]);
  const shown = usePreview(isKnown ? order : undefined, page, attempt);
  useEffect(() => {
    void recallChoices();
    return endExporting;
  }, []);
  const close = (): void => openDialog(undefined);
  const stop = (): void => {
    endExporting();
    setMaking(undefined);
    setAttempt(attempt + 1);
  };
  const make = async (): Promise<void> => {
    const { dialog } = useSession.getState();
    setMaking({ step: isPrint ? "Drawing pages" : `Writing the ${FORMATS[order.format].title}` });
    const done = await (isPrint ? printPages(order, choices, setMaking) : writeFile(order, setMaking));
    setMaking(undefined);
    // Who has not waited for the printer may be in another dialog.
    if (done && useSession.getState().dialog === dialog) close();
  };
  const nothing = shown.preview?.kind === "nothing";
  return (
    <Dialog
      title={isPrint ? "Print" : "Export"} width="full" onClose={close} description={isPrint ? "The pages of the PDF, on paper." : FORMATS[choices.format].what}
      footer={
        <>
          {making !== undefined && <ProgressLine progress={making} />}
          {making === undefined ? <Button onClick={close}>Cancel</Button> : <Button onClick={stop}>Stop</Button>}
          <Button variant="primary" disabled={making !== undefined || nothing || !isKnown} onClick={() => void make()}>{isPrint ? "Print…" : "Export…"}</Button>
        </>
      }
    >
      <div className={`exporting${isPrint ? " is-print" : ""}`} inert={making !== undefined}>
        {!isPrint && <FormatList chosen={choices.format} onChoose={(format) => { choose({ format }); setPage(0); }} />}
        <PageSetup choices={choices} scope={scope} onScope={setScope} day={day} onDay={setDay} isPrint={isPrint} />
        <PreviewPane shown={shown} onPage={setPage} />
      </div>
    </Dialog>
  );
}

function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { done, of } = progress;
  return (
    <div className="export-progress">
      <span role="status">{progressWords(progress)}</span>
      {done !== undefined && of !== undefined && <progress aria-label={progress.step} value={done} max={of} />}
    </div>
  );
}
