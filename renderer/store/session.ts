/** What one window shows and has in hand. Never saved, never undone. */
import { create } from "zustand";
import type { ShownStep } from "../../shared/diagram/attack-overlay";
import type { Lens } from "../../shared/diagram/elements";
import type { RecoveredDocument } from "../../shared/ipc";
import type { CollectionName } from "../../shared/model/topology";
import type { Hop, ImportReport } from "../../shared/analysis/result";

/** What the palette has handed to the pointer: the next click on the canvas places it. */
export type Tool = (
  | { readonly type: "kind"; readonly kind: CollectionName; /** A thing that exists: a tenant for a VM. */ readonly id?: string }
  | { readonly type: "template"; readonly template: string }
) & {
  /** The pointer is down: letting go places it or gives it up. Otherwise the next click places it. */
  readonly dragging?: boolean;
};

/** `attack` and `compare` are the canvas with the attack paths or the comparison beside it. */
export type View = "canvas" | "matrix" | "table" | "rules" | "attack" | "compare";

export type PanelName = SidePanel | "findings" | "minimap";
type SidePanel = "palette" | "inspector";

/** A path drawn on the canvas: of a finding, of a cell of the matrix, of a trace or of an attack. */
export interface ShownPath {
  readonly hops: readonly Hop[];
  /** Green where the flow is allowed, red where it is a violation. */
  readonly tone: "violation" | "permitted" | "blocked";
  /** Things that belong to it besides the hops: a finding's subjects. */
  readonly subjects: readonly string[];
  /** Of an attack, whose path is not one of packets; there are no `hops` then. */
  readonly steps?: readonly ShownStep[];
}

/** The one dialog that is open. */
export type OpenDialog =
  | { readonly type: "command-palette"; readonly query?: string }
  | { readonly type: "trace"; readonly from?: string; readonly to?: string }
  | { readonly type: "fix-plan" }
  | { readonly type: "segmentation" }
  /** Cells from the clipboard, for the table. */
  | { readonly type: "paste-cells"; readonly text: string; readonly asNew: boolean }
  | { readonly type: "shortcuts" }
  | { readonly type: "gallery" }
  | { readonly type: "export" | "print" }
  | { readonly type: "accept-risk"; readonly finding: string }
  | { readonly type: "rule"; readonly rule: string }
  | { readonly type: "refused"; /** Of an inventory, which is no document: the formats that can be read. */ readonly formats?: readonly string[]; readonly name: string; readonly problems: readonly string[]; readonly total: number }
  | { readonly type: "importing"; readonly name: string }
  | { readonly type: "import-report"; readonly name: string; readonly report: ImportReport }
  | { readonly type: "recovery"; readonly documents: readonly RecoveredDocument[] };

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "info" | "warning" | "error";
}

interface SessionState {
  /** Ids of nodes and cables (`a-web/eth0` for a vNIC), in the order in which they were chosen. */
  readonly selection: readonly string[];
  readonly lens: Lens;
  readonly view: View;
  readonly tool: Tool | undefined;
  /** Id of the finding whose path is drawn and whose evidence is open. */
  readonly activeFinding: string | undefined;
  readonly path: ShownPath | undefined;
  readonly panels: Readonly<Record<PanelName, boolean>>;
  /** The window has room for one panel at its sides, which is then the one that was asked for last; undefined: neither. */
  readonly isNarrow: boolean;
  /** The window has no room for findings under a view that is not the canvas; under the canvas they are a line until they are opened. */
  readonly isLow: boolean;
  /** In a low window the findings have been opened. */
  readonly isListOpen: boolean;
  /** The window has no room for a palette of more than one column. */
  readonly isTiny: boolean;
  readonly front: SidePanel | undefined;
  readonly dialog: OpenDialog | undefined;
  readonly toasts: readonly Toast[];
  /** Name of the document's file, while it holds something else than what was read or saved here. */
  readonly changedFile: string | undefined;
  /** Names of files that are to be opened and take long to read. */
  readonly awaitedFiles: readonly string[];
  /** Given to new VMs. */
  readonly currentTenant: string | undefined;
  /** Id of the node whose name is being edited on the canvas. */
  readonly renaming: string | undefined;
  /** Zoom of the canvas, 1 = 100 %. */
  readonly zoom: number;
}

export const useSession = create<SessionState>(() => ({
  selection: [], lens: "tenants", view: "canvas", tool: undefined, activeFinding: undefined, path: undefined,
  panels: { palette: true, inspector: true, findings: true, minimap: true }, isNarrow: false, isLow: false, isListOpen: false, isTiny: false, front: "palette",
  dialog: undefined, toasts: [], changedFile: undefined, awaitedFiles: [], currentTenant: undefined, renaming: undefined, zoom: 1,
}));

const set = useSession.setState;

export function select(ids: readonly string[]): void {
  set((state) => (sameIds(state.selection, ids) ? state : { selection: ids }));
}

export function setChangedFile(changedFile: string | undefined): void {
  set({ changedFile });
}

export function setAwaitedFiles(awaitedFiles: readonly string[]): void {
  set({ awaitedFiles });
}

export function setLens(lens: Lens): void {
  set({ lens });
}

export function setView(view: View): void {
  set({ view });
}

/** Whether a view stands where the canvas does. */
export function hidesCanvas(view: View): view is "matrix" | "table" | "rules" {
  return view === "matrix" || view === "table" || view === "rules";
}

/** Makes sure that the canvas is in sight. */
export function showCanvas(): void {
  set((state) => (hidesCanvas(state.view) ? { view: "canvas" } : state));
}

export function setTool(tool: Tool | undefined): void {
  set({ tool });
}

/** Opens a finding's evidence and draws its path; undefined closes both. */
export function showFinding(id: string | undefined, path: ShownPath | undefined): void {
  set({ activeFinding: id, path, ...(id === undefined ? {} : { isListOpen: true }) });
}

/** Draws a path that belongs to no finding. */
export function showPath(path: ShownPath | undefined): void {
  set({ path, activeFinding: undefined });
}

/** What decides which panels are in sight. */
export type Room = Pick<SessionState, "view" | "panels" | "isNarrow" | "isLow" | "isListOpen" | "isTiny" | "front">;

/** For `useShallow`: whoever asks for this is asked again only when the room changes. */
export function roomOf({ view, panels, isNarrow, isLow, isListOpen, isTiny, front }: SessionState): Room {
  return { view, panels, isNarrow, isLow, isListOpen, isTiny, front };
}

/** Things are only drawn on the canvas, and beside a picture and its attack paths or a comparison there is no room for a third. */
function hasPlaceFor(view: View, name: PanelName): boolean {
  return name === "palette" ? view === "canvas" : name !== "inspector" || (view !== "attack" && view !== "compare");
}

/** Whether a panel is in sight. */
export function showsPanel({ panels, view, isNarrow, isLow, isListOpen, front }: Room, name: PanelName): boolean {
  if (!panels[name] || !hasPlaceFor(view, name)) return false;
  if (isAtSide(name)) return !isNarrow || front === name;
  return name !== "findings" || !isLow || (isListOpen && !hidesCanvas(view));
}

/** Whether the findings are a line under the picture, which opens them. */
export function showsFindingsLine({ panels, view, isLow, isListOpen }: Room): boolean {
  return panels.findings && isLow && !isListOpen && !hidesCanvas(view);
}

/** In a narrow window a panel at the side takes the place of the other one; both are there again when it is wide. */
export function togglePanel(name: PanelName, shown?: boolean): void {
  set((state) => {
    const next = shown ?? !showsPanel(state, name);
    if (name === "findings" && state.isLow) return { panels: { ...state.panels, findings: state.panels.findings || next }, isListOpen: next, ...(next && hidesCanvas(state.view) ? { view: "canvas" } : {}) };
    const panels = { ...state.panels, [name]: next };
    if (!isAtSide(name)) return { panels };
    // Who asks for a panel sees it.
    const view = next && !hasPlaceFor(state.view, name) ? "canvas" : state.view;
    return state.isNarrow ? (next ? { view, panels, front: name } : { front: undefined }) : { view, panels, ...(next ? { front: name } : {}) };
  });
}

function isAtSide(name: PanelName): name is SidePanel {
  return name === "palette" || name === "inspector";
}

export function openDialog(dialog: OpenDialog | undefined): void {
  set({ dialog });
}

export function setRenaming(id: string | undefined): void {
  set({ renaming: id });
}

export function setCurrentTenant(id: string | undefined): void {
  set({ currentTenant: id });
}

let lastToast = 0;

/** Tells something that needs no answer. Errors stay until they are closed. */
export function toast(text: string, tone: Toast["tone"] = "info"): void {
  lastToast += 1;
  const id = lastToast;
  set((state) => ({ toasts: [...state.toasts.filter((other) => other.text !== text), { id, text, tone }].slice(-4) }));
  if (tone !== "error") setTimeout(() => dismissToast(id), tone === "warning" ? 6000 : 4000);
}

export function dismissToast(id: number): void {
  set((state) => ({ toasts: state.toasts.filter((other) => other.id !== id) }));
}

/** Forgets what belongs to the document that was open before. */
export function resetSession(): void {
  set({ selection: [], tool: undefined, activeFinding: undefined, path: undefined, currentTenant: undefined, renaming: undefined, dialog: undefined, changedFile: undefined });
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
