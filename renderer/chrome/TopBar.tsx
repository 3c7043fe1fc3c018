import { useShallow } from "zustand/react/shallow";
import { Ellipsis, Search } from "lucide-react";
import { LENSES, type Lens } from "../../shared/diagram/elements";
import { commandSpec } from "../../shared/commands";
import { runCommand } from "../commands";
import { useAnalysis } from "../store/analysis";
import { openRules } from "../store/rules";
import { hidesCanvas, openDialog, roomOf, setLens, setView, showsPanel, useSession, type View } from "../store/session";
import { openTable } from "../store/table";
import { Button, IconButton } from "../ui/Button";
import { keyCaps } from "../ui/keys";
import { Menu } from "../ui/Menu";
import { Select } from "../ui/Select";
import { Segmented } from "../ui/Segmented";
import { tooltip } from "../ui/Tooltip";
import { DocumentName } from "./DocumentName";
import "./top-bar.css";

const VIEWS: readonly { readonly value: View; readonly label: string }[] = [{ value: "canvas", label: "Canvas" }, { value: "matrix", label: "Matrix" }, { value: "table", label: "Table" }, { value: "rules", label: "Rules" }, { value: "attack", label: "Attack paths" }, { value: "compare", label: "Compare" }];
const LENS_NAMES: Readonly<Record<Lens, string>> = { tenants: "Tenants", segments: "Segments", trust: "Trust", violations: "Violations", hardening: "Hardening" };

const LENS_OPTIONS = LENSES.map((value) => ({ value, label: LENS_NAMES[value] }));

/** Document, views, lenses, and the commands that are wanted most. */
export function TopBar() {
  const view = useSession((state) => state.view), lens = useSession((state) => state.lens), isNarrow = useSession((state) => state.isNarrow);
  const show = (next: View): void => (next === "rules" ? openRules() : next === "table" ? openTable() : setView(next));
  const urgent = useAnalysis((state) => (state.summary === undefined ? 0 : state.summary.critical + state.summary.high));
  return (
    <header className="top-bar">
      <h1 className="top-product">Bulkhead</h1>
      <DocumentName />
      <Choice label="View" value={view} options={VIEWS} onChange={show} />
      <Choice label="Lens" value={lens} options={LENS_OPTIONS} onChange={setLens} disabled={hidesCanvas(view)} />
      <span className="top-space" />
      <button type="button" className="top-find" aria-label="Find, run…" onClick={() => openDialog({ type: "command-palette" })} {...tooltip("Find a thing or run a command", { keys: commandSpec("view.commandPalette").keys })}>
        <Search aria-hidden />
        <span className="top-find-text">Find, run…</span>
        <kbd>{keyCaps("CmdOrCtrl+K")}</kbd>
      </button>
      <Button className="top-trace" onClick={() => runCommand("analysis.trace")}>Trace…</Button>
      <Button variant="primary" disabled={urgent === 0} onClick={() => runCommand("analysis.fixPlan")} aria-label={`Fix plan, ${urgent} critical and high findings`}>
        {isNarrow ? "Fix" : "Fix plan"}{urgent > 0 && <span className="tabular"> · {urgent}</span>}
      </Button>
      <OverflowMenu />
    </header>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}

/** One of a few: all in sight where there is room for them. */
function Choice<T extends string>(props: ChoiceProps<T>) {
  const isNarrow = useSession((state) => state.isNarrow);
  return isNarrow ? <div className="top-select"><Select {...props} /></div> : <Segmented {...props} />;
}

/** The rest of what one wants at hand, for windows whose menu bar is hidden. */
function OverflowMenu() {
  const room = useSession(useShallow(roomOf));
  return (
    <Menu
      align="end"
      trigger={<IconButton label="More" icon={<Ellipsis />} />}
      items={[
        { label: "Trace…", keys: "CmdOrCtrl+T", run: () => runCommand("analysis.trace") },
        "separator",
        { label: "Palette", keys: "CmdOrCtrl+1", checked: showsPanel(room, "palette"), run: () => runCommand("view.palette") },
        { label: "Inspector", keys: "CmdOrCtrl+2", checked: showsPanel(room, "inspector"), run: () => runCommand("view.inspector") },
        { label: "Findings", keys: "CmdOrCtrl+3", checked: showsPanel(room, "findings"), run: () => runCommand("view.findings") },
        { label: "Minimap", keys: "CmdOrCtrl+M", checked: showsPanel(room, "minimap"), run: () => runCommand("view.minimap") },
        "separator",
        { label: "Arrange…", keys: "CmdOrCtrl+Shift+L", run: () => runCommand("edit.arrange") },
        { label: "Export…", keys: "CmdOrCtrl+Shift+E", run: () => runCommand("file.export") },
        { label: "Print…", keys: "CmdOrCtrl+P", run: () => runCommand("file.print") },
        "separator",
        { label: "Keyboard shortcuts", keys: "F1", run: () => runCommand("help.shortcuts") },
      ]}
    />
  );
}
