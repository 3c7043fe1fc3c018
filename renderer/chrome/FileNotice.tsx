import { FileDiff } from "lucide-react";
import { loadAgain } from "../files/current";
import { attempt } from "../store/attempt";
import { isDirty } from "../store/history";
import { useDocument } from "../store/document";
import { setChangedFile, useSession } from "../store/session";
import { Button } from "../ui/Button";
import "./file-notice.css";

/** Another program has written the document's file; what is in the window stays until the user says otherwise. */
export function FileNotice() {
  const name = useSession((session) => session.changedFile);
  const dirty = useDocument((state) => isDirty(state.history));
  if (name === undefined) return null;
  return (
    <div className="file-notice" role="status">
      <FileDiff aria-hidden />
      <p><strong>{name}</strong> has changed on disk. {dirty ? "Loading it takes the place of your changes; Undo brings them back." : "This window shows what it held before."}</p>
      <Button size="small" variant="primary" onClick={() => attempt(loadAgain(), "The file could not be loaded again")}>Load it again</Button>
      <Button size="small" variant="ghost" onClick={() => setChangedFile(undefined)}>Not now</Button>
    </div>
  );
}
