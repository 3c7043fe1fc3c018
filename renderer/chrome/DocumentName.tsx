import { useDocument } from "../store/document";
import { isDirty } from "../store/history";
import { select, togglePanel } from "../store/session";
import { tooltip } from "../ui/Tooltip";

/** The document's name and whether it is saved. A click opens its properties. */
export function DocumentName() {
  const name = useDocument((state) => state.topology.name);
  const file = useDocument((state) => state.file);
  const dirty = useDocument((state) => isDirty(state.history));
  const saved = dirty ? "changed since it was saved" : file.handle === null ? "not saved in a file" : "saved";
  const show = (): void => {
    select([]);
    togglePanel("inspector", true);
  };
  return (
    <button type="button" className="document-name" onClick={show} aria-label={`${name}, ${saved}. Show the document's properties`} {...tooltip(`${file.handle === null ? "No file yet" : file.name}: ${saved}`)}>
      <span className="truncate">{name}</span>
      {dirty && <span className="document-dirty" aria-hidden />}
    </button>
  );
}
