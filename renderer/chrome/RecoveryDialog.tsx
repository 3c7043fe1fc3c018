import type { RecoveredDocument } from "../../shared/ipc";
import { showResult } from "../files/current";
import { attempt } from "../store/attempt";
import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import "./dialogs.css";

/** Documents that an earlier run left behind: each can be opened or discarded, and waits otherwise. */
export function RecoveryDialog({ documents }: { readonly documents: readonly RecoveredDocument[] }) {
  const remaining = (id: string): void => {
    const rest = documents.filter((document) => document.id !== id);
    openDialog(rest.length === 0 ? undefined : { type: "recovery", documents: rest });
  };
  const open = ({ id, name }: RecoveredDocument): void => {
    remaining(id);
    attempt(window.bulkhead.openRecovered(id).then(showResult), `${name} could not be recovered now, and is offered again at the next start`);
  };
  const discard = ({ id, name }: RecoveredDocument): void => {
    remaining(id);
    attempt(window.bulkhead.discardRecovery(id), `${name} could not be discarded, and is offered again at the next start`);
  };
  return (
    <Dialog
      title="Work was left behind" onClose={() => openDialog(undefined)} footer={<Button onClick={() => openDialog(undefined)}>Decide later</Button>}
      description="Bulkhead did not end in an orderly way. These changes were kept; the files on disk are as they were last saved."
    >
      <ul className="recovery">
        {documents.map((document) => (
          <li key={document.id}>
            <span className="recovery-name truncate"><b>{document.name}</b><span className="muted">last change {new Date(document.changedAt).toLocaleString()}</span></span>
            <Button variant="danger" onClick={() => discard(document)}>Discard</Button>
            <Button variant="primary" onClick={() => open(document)}>Recover</Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
