import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import "./dialogs.css";

/** An import is on its way. Closing gives it up. */
export function ImportingDialog({ name }: { readonly name: string }) {
  const giveUp = (): void => openDialog(undefined);
  return (
    <Dialog title={`Importing ${name}`} onClose={giveUp} description="The document in this window stays as it is until the import is done." footer={<Button onClick={giveUp}>Cancel</Button>}>
      <div className="progress" role="progressbar" aria-label={`Importing ${name}`} />
    </Dialog>
  );
}
