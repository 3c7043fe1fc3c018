import { Hourglass } from "lucide-react";
import { nameList } from "../actions/names";
import { attempt } from "../store/attempt";
import { useSession } from "../store/session";
import { Button } from "../ui/Button";
import "./file-notice.css";

/** A file that was asked for has not been read after some seconds, as on a disk that does not answer. */
export function AwaitedNotice() {
  const names = useSession((session) => session.awaitedFiles);
  if (names.length === 0) return null;
  return (
    <div className="file-notice" role="status">
      <Hourglass aria-hidden />
      <p>Reading <strong>{nameList(names)}</strong> takes longer than usual: the disk has not answered yet. {names.length === 1 ? "It opens as soon as it is read" : "Each opens as soon as it is read"}; work here goes on meanwhile.</p>
      <Button size="small" variant="ghost" onClick={() => attempt(window.bulkhead.giveUpAwaited(), "It is still waited for")}>Stop waiting</Button>
    </div>
  );
}
