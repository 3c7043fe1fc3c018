/** Camera, panels, lenses. */
import { LENSES, type Lens } from "../../shared/diagram/elements";
import { closedIn, collapse, collapseHosts, expandAll } from "../actions/collapse";
import { ask } from "../analysis/client";
import { attempt } from "../store/attempt";
import { edit, isDrawnApart, useDocument } from "../store/document";
import { hidesCanvas, openDialog, setLens, setView, showsPanel, togglePanel, useSession, type PanelName } from "../store/session";
import { goToPart } from "../store/parts";
import { openRules } from "../store/rules";
import { openTable } from "../store/table";
import { flyTo, viewport } from "../store/viewport";
import type { Handler } from "./command";

function panel(name: PanelName): Handler {
  return { run: () => togglePanel(name), checked: () => showsPanel(useSession.getState(), name) };
}

function lens(name: Lens): Handler {
  return { run: () => setLens(name), checked: () => useSession.getState().lens === name };
}

function closableSelection(): string[] {
  return useSession.getState().selection.filter((id) => viewport()?.closable(id) !== undefined);
}

/** The first of them decides for all. */
function toggleCollapsed(): void {
  const ids = closableSelection();
  const [first] = ids.map((id) => viewport()?.closable(id));
  for (const id of ids) {
    const at = viewport()?.closable(id);
    if (at !== undefined && first !== undefined && at.collapsed === first.collapsed) edit(collapse(useDocument.getState().topology, id, at, !first.collapsed), `collapse ${ids.join(" ")}`);
  }
}

/** Where everything would stand takes a while to work out in a large document: the worker does it. */
function foldAll(how: "collapseHosts" | "expandAll"): void {
  const { topology } = useDocument.getState();
  if (isDrawnApart(topology)) attempt(foldLater(how), "The picture is as it was");
  else edit({ collapseHosts, expandAll }[how](topology));
}

async function foldLater(how: "collapseHosts" | "expandAll"): Promise<void> {
  const { topology, generation } = useDocument.getState();
  const change = await ask("fold", { how });
  const now = useDocument.getState();
  if (now.generation !== generation) return;
  if (now.topology === topology) edit(change);
  // A step that came meanwhile may have moved what stands beside.
  else await foldLater(how);
}

const onCanvas = (): boolean => !hidesCanvas(useSession.getState().view);

const noDialog = (): boolean => useSession.getState().dialog === undefined;

export const VIEW_COMMANDS = {
  "view.commandPalette": { run: () => openDialog({ type: "command-palette" }) },
  "view.zoomIn": { run: () => viewport()?.zoomIn(), enabled: onCanvas },
  "view.zoomOut": { run: () => viewport()?.zoomOut(), enabled: onCanvas },
  "view.zoomFit": { run: () => viewport()?.zoomToFit(), enabled: onCanvas },
  "view.zoomSelection": { run: () => viewport()?.zoomTo(useSession.getState().selection), enabled: () => onCanvas() && useSession.getState().selection.length > 0 },
  "view.collapse": { run: toggleCollapsed, enabled: () => onCanvas() && closableSelection().length > 0 },
  "view.collapseHosts": { run: () => foldAll("collapseHosts"), enabled: () => onCanvas() && Object.keys(useDocument.getState().topology.hypervisors ?? {}).length > 0 },
  "view.expandAll": { run: () => foldAll("expandAll"), enabled: () => onCanvas() && closedIn(useDocument.getState().topology).length > 0 },
  "view.palette": panel("palette"),
  "view.inspector": panel("inspector"),
  "view.findings": panel("findings"),
  "view.minimap": panel("minimap"),
  "view.matrix": { run: () => setView(useSession.getState().view === "matrix" ? "canvas" : "matrix"), checked: () => useSession.getState().view === "matrix" },
  "view.attack": { run: () => setView(useSession.getState().view === "attack" ? "canvas" : "attack"), checked: () => useSession.getState().view === "attack" },
  "view.rules": { run: () => (useSession.getState().view === "rules" ? setView("canvas") : openRules()), checked: () => useSession.getState().view === "rules" },
  "view.table": { run: () => (useSession.getState().view === "table" ? setView("canvas") : openTable()), checked: () => useSession.getState().view === "table" },
  "view.showOnCanvas": { run: () => flyTo(useSession.getState().selection), enabled: () => useSession.getState().selection.length > 0 },
  "view.nextPart": { run: () => goToPart(1), enabled: noDialog },
  "view.previousPart": { run: () => goToPart(-1), enabled: noDialog },
  "view.lens.tenants": lens(LENSES[0]),
  "view.lens.segments": lens(LENSES[1]),
  "view.lens.trust": lens(LENSES[2]),
  "view.lens.violations": lens(LENSES[3]),
  "view.lens.hardening": lens(LENSES[4]),
} as const satisfies Readonly<Record<string, Handler>>;
