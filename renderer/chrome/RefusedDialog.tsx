import { CircleAlert } from "lucide-react";
import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import "./dialogs.css";

interface RefusedDialogProps {
  /** Of an inventory: the formats that can be read. */
  readonly formats?: readonly string[];
  readonly name: string;
  readonly problems: readonly string[];
  readonly total: number;
}

/** A file that is no document, with everything that is wrong with it. The file stays as it is. */
export function RefusedDialog({ formats, name, problems, total }: RefusedDialogProps) {
  const isInventory = formats !== undefined;
  const close = (): void => openDialog(undefined);
  return (
    <Dialog
      title={isInventory ? `${name} could not be imported` : `${name} is not a valid document`} width="wide" onClose={close} footer={<Button variant="primary" onClick={close}>Close</Button>}
      description={`${total} ${total === 1 ? "problem" : "problems"}. Nothing was opened; the file and the document in this window are as they were.`}
    >
      <ul className="problems selectable">
        {problems.map((problem, index) => <li key={index}><CircleAlert aria-hidden /><code>{problem}</code></li>)}
        {total > problems.length && <li className="muted">and {total - problems.length} more; <code>{isInventory ? "bulkhead import FILE" : "bulkhead check FILE"}</code> lists them all</li>}
      </ul>
      {isInventory && <p className="muted">What can be imported: {formats.join("; ")}.</p>}
    </Dialog>
  );
}
