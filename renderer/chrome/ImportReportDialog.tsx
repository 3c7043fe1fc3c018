import type { ImportReport } from "../../shared/analysis/result";
import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import "./dialogs.css";

interface ImportReportDialogProps {
  readonly name: string;
  readonly report: ImportReport;
}

/** What an import took over, left out and did not understand. */
export function ImportReportDialog({ name, report }: ImportReportDialogProps) {
  const close = (): void => openDialog(undefined);
  return (
    <Dialog
      title={`Imported ${name}`} width="wide" reading onClose={close} footer={<Button variant="primary" onClick={close}>Show the network</Button>}
      description="A new document, not saved yet. Check what the sources did not say: the analysis reads it as unknown."
    >
      <div className="import-report selectable">
        <Counts title="Taken over" counts={report.mapped} />
        <Counts title="Left out, without bearing on isolation" counts={report.ignored} />
        <section>
          <h3>Not understood <span className="muted">{report.notUnderstood.length}</span></h3>
          {report.notUnderstood.length === 0 ? <p className="muted">Nothing.</p> : (
            <ul>{report.notUnderstood.map(({ source, text }, index) => <li key={index}><code>{source}</code> {text}</li>)}</ul>
          )}
        </section>
        <section>
          <h3>Not in the sources</h3>
          {report.notAssessed.length === 0 ? <p className="muted">Nothing.</p> : <ul>{report.notAssessed.map((text) => <li key={text}>{text}</li>)}</ul>}
        </section>
      </div>
    </Dialog>
  );
}

function Counts({ title, counts }: { readonly title: string; readonly counts: Readonly<Record<string, number>> }) {
  const lines = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return (
    <section>
      <h3>{title} <span className="muted tabular">{lines.reduce((sum, [, count]) => sum + count, 0)}</span></h3>
      {lines.length === 0 ? <p className="muted">Nothing.</p> : (
        <ul className="import-counts">{lines.map(([field, count]) => <li key={field}><code className="truncate">{field}</code><span className="muted tabular">{count}</span></li>)}</ul>
      )}
    </section>
  );
}
