import { Activity, useDeferredValue } from "react";
import { useShallow } from "zustand/react/shallow";
import { Group, Panel, Separator } from "react-resizable-panels";
import { AttackPanel } from "./attack/AttackPanel";
import { Canvas } from "./canvas/Canvas";
import { Announcer } from "./chrome/Announcer";
import { Dialogs } from "./chrome/Dialogs";
import { AwaitedNotice } from "./chrome/AwaitedNotice";
import { FileNotice } from "./chrome/FileNotice";
import { StatusBar } from "./chrome/StatusBar";
import { Toasts } from "./chrome/Toasts";
import { TopBar } from "./chrome/TopBar";
import { useCommandKeys } from "./chrome/useCommandKeys";
import { ComparePanel } from "./compare/ComparePanel";
import { FindingsLine } from "./findings/FindingsLine";
import { FindingsPanel } from "./findings/FindingsPanel";
import { Inspector } from "./inspector/Inspector";
import { MatrixView } from "./matrix/MatrixView";
import { Palette } from "./palette/Palette";
import { RulesView } from "./rules/RulesView";
import { hidesCanvas, roomOf, showsFindingsLine, showsPanel, useSession, type View as ViewName } from "./store/session";
import { Tour } from "./tour/Tour";
import { TableView } from "./table/TableView";
import { Tooltips } from "./ui/Tooltip";
import "./app.css";

/** First sizes of the panels in pixels; on a small screen the picture keeps its share. */
const SIZES = window.innerWidth < 1200 ? { palette: 188, inspector: 264, findings: 192, beside: 348 } : { palette: 204, inspector: 312, findings: 232, beside: 400 };

/** Pixels of a palette of one column. */
const RAIL = 88;

/** What takes the inspector's place in a view of its own. */
const BESIDE = { attack: { name: "the attack paths", Panel: AttackPanel }, compare: { name: "the comparison", Panel: ComparePanel } } as const;

/** The window: palette, picture, inspector, findings, and the bars above and below. */
export function App() {
  useCommandKeys();
  return (
    <>
      <div className="app">
        <TopBar />
        <AwaitedNotice />
        <FileNotice />
        <Workspace />
        <StatusBar />
      </div>
      <Announcer />
      <Dialogs />
      <Tour />
      <Toasts />
      <Tooltips />
    </>
  );
}

/** What stands in the middle in place of the canvas. */
const OTHER_VIEWS = { matrix: MatrixView, table: TableView, rules: RulesView } as const;

/** What stands in the middle. The canvas stays too, out of sight: to make it anew for each return would hold the window up. */
function Middle({ view }: { readonly view: ViewName }) {
  const Other = hidesCanvas(view) ? OTHER_VIEWS[view] : undefined;
  return <><Activity mode={Other === undefined ? "visible" : "hidden"}>{CANVAS}</Activity>{Other !== undefined && <Other />}</>;
}

/** Made once: they follow what is in hand themselves, not each change of the room that they have. */
const PALETTE = <Palette />, INSPECTOR = <Inspector />, FINDINGS = <FindingsPanel />, CANVAS = <Canvas />;

/** The panels around the picture. */
function Workspace() {
  const now = useSession(useShallow(roomOf));
  // What is asked for is made piece by piece, while the view before it is still there.
  const view = useDeferredValue(now.view);
  const room = { ...now, view };
  const { isNarrow, isLow, isTiny } = room;
  const showsFindings = showsPanel(room, "findings");
  const beside = view === "attack" ? BESIDE.attack : view === "compare" ? BESIDE.compare : undefined;
  const showsInspector = showsPanel(room, "inspector");
  const showsPalette = showsPanel(room, "palette");
  return (
    <main className="app-main">
      <Group className="app-columns" orientation="horizontal">
        {showsPalette && <Panel id={isTiny ? "rail" : "palette"} className="app-panel" defaultSize={isTiny ? RAIL : SIZES.palette} minSize={isTiny ? RAIL : 160} maxSize={280} groupResizeBehavior="preserve-pixel-size">{PALETTE}</Panel>}
        {showsPalette && <Separator className="app-separator" aria-label="Width of the palette" />}
        <Panel id="middle" className="app-middle" minSize={isNarrow ? 200 : 320}>
          <Group className="app-rows" orientation="vertical">
            <Panel id="view" minSize={isNarrow ? 96 : 160}><Middle view={view} /></Panel>
            {showsFindings && <Separator className="app-separator app-separator-row" aria-label="Height of the findings" />}
            {showsFindings && <Panel id="findings" className="app-panel" defaultSize={isLow ? "60%" : SIZES.findings} minSize={96} groupResizeBehavior="preserve-pixel-size">{FINDINGS}</Panel>}
          </Group>
          {showsFindingsLine(room) && <FindingsLine />}
        </Panel>
        {beside !== undefined && <Separator className="app-separator" aria-label={`Width of ${beside.name}`} />}
        {beside !== undefined && <Panel id="beside" className="app-panel" defaultSize={SIZES.beside} minSize={300} maxSize={640} groupResizeBehavior="preserve-pixel-size"><beside.Panel /></Panel>}
        {showsInspector && <Separator className="app-separator" aria-label="Width of the inspector" />}
        {showsInspector && <Panel id="inspector" className="app-panel" defaultSize={SIZES.inspector} minSize={240} maxSize={560} groupResizeBehavior="preserve-pixel-size">{INSPECTOR}</Panel>}
      </Group>
    </main>
  );
}
