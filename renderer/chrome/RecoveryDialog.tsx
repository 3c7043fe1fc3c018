import type { RecoveredDocument } from "../../shared/ipc";
import { showResult } from "../files/current";
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
  const open = (id: string): void => {
    remaining(id);
    void window.bulkhead.openRecovered(id).then(showResult);
  };
  const discard = (id: string): void => {
    remaining(id);
    void window.bulkhead.discardRecovery(id);
  };
  return (
    <Dialog
      title="Work was left behind" onClose={() => openDialog(undefined)} footer={<Button onClick={() => openDialog(undefined)}>Decide later</Button>}
      description="Bulkhead did not end in an orderly way. These changes were kept; the files on disk are as they were last saved."
    >
      <ul className="recovery">
        {documents.map(({ id, name, changedAt }) => (
          <li key={id}>
            <span className="recovery-name truncate"><b>{name}</b><span className="muted">last change {new Date(changedAt).toLocaleString()}</span></span>
            <Button variant="danger" onClick={() => discard(id)}>Discard</Button>
            <Button variant="primary" onClick={() => open(id)}>Recover</Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
