/**
 * Every command of the desktop program: one list feeds the native menus, the command palette, the toolbar and the keys.
 * The renderer maps each id with `runsIn: "renderer"` to what it does; main runs the others itself.
 */

/** One command as people see it. */
export interface CommandSpec {
  /** Menu and palette text; "…" at the end means that a dialog follows. */
  readonly label: string;
  /** Electron accelerator syntax. */
  readonly keys?: string;
  /**
   * True where the keys also mean something while one types (Ctrl+C, Delete …): the menu then only shows them, and the
   * renderer's key handler, which knows where the focus is, acts on them.
   */
  readonly typing?: boolean;
  readonly runsIn: "renderer" | "main";
  /** `check` shows a tick, `radio` a dot, for the ids in the window's `checked` list. */
  readonly toggle?: "check" | "radio";
}

/** Commands by id, in menu order. */
export const COMMANDS = {
  "file.new": { label: "New", keys: "CmdOrCtrl+N", runsIn: "renderer" },
  "file.newFrom": { label: "New from Sample or Template…", keys: "CmdOrCtrl+Shift+N", runsIn: "renderer" },
  "file.open": { label: "Open…", keys: "CmdOrCtrl+O", runsIn: "renderer" },
  "file.import": { label: "Import…", keys: "CmdOrCtrl+I", runsIn: "renderer" },
  "file.save": { label: "Save", keys: "CmdOrCtrl+S", runsIn: "renderer" },
  "file.saveAs": { label: "Save As…", keys: "CmdOrCtrl+Shift+S", runsIn: "renderer" },
  "file.export": { label: "Export…", keys: "CmdOrCtrl+Shift+E", runsIn: "renderer" },
  "file.exportCsv": { label: "Export Table as CSV…", runsIn: "renderer" },
  "file.print": { label: "Print…", keys: "CmdOrCtrl+P", runsIn: "renderer" },
  "file.close": { label: "Close Window", keys: "CmdOrCtrl+W", runsIn: "main" },
  "app.quit": { label: "Quit", keys: "CmdOrCtrl+Q", runsIn: "main" },

  "edit.undo": { label: "Undo", keys: "CmdOrCtrl+Z", typing: true, runsIn: "renderer" },
  "edit.redo": { label: "Redo", keys: "CmdOrCtrl+Shift+Z", typing: true, runsIn: "renderer" },
  "edit.cut": { label: "Cut", keys: "CmdOrCtrl+X", typing: true, runsIn: "renderer" },
  "edit.copy": { label: "Copy", keys: "CmdOrCtrl+C", typing: true, runsIn: "renderer" },
  "edit.copyPng": { label: "Copy Diagram as PNG", keys: "CmdOrCtrl+Shift+C", runsIn: "renderer" },
  "edit.copySvg": { label: "Copy Diagram as SVG", runsIn: "renderer" },
  "edit.paste": { label: "Paste", keys: "CmdOrCtrl+V", typing: true, runsIn: "renderer" },
  "edit.pasteRows": { label: "Paste as New Rows…", keys: "CmdOrCtrl+Shift+V", typing: true, runsIn: "renderer" },
  "edit.duplicate": { label: "Duplicate", keys: "CmdOrCtrl+D", typing: true, runsIn: "renderer" },
  "edit.fillDown": { label: "Fill Down", runsIn: "renderer" },
  "edit.delete": { label: "Delete", keys: "Delete", typing: true, runsIn: "renderer" },
  "edit.selectAll": { label: "Select All", keys: "CmdOrCtrl+A", typing: true, runsIn: "renderer" },
  "edit.find": { label: "Find…", keys: "CmdOrCtrl+F", runsIn: "renderer" },
  "edit.align.left": { label: "Align Left Edges", runsIn: "renderer" },
  "edit.align.center": { label: "Align Centres", runsIn: "renderer" },
  "edit.align.right": { label: "Align Right Edges", runsIn: "renderer" },
  "edit.align.top": { label: "Align Top Edges", runsIn: "renderer" },
  "edit.align.middle": { label: "Align Middles", runsIn: "renderer" },
  "edit.align.bottom": { label: "Align Bottom Edges", runsIn: "renderer" },
  "edit.align.horizontally": { label: "Distribute Horizontally", runsIn: "renderer" },
  "edit.align.vertically": { label: "Distribute Vertically", runsIn: "renderer" },
  "edit.arrange": { label: "Arrange…", keys: "CmdOrCtrl+Shift+L", runsIn: "renderer" },

  "view.commandPalette": { label: "Command Palette…", keys: "CmdOrCtrl+K", runsIn: "renderer" },
  "view.zoomIn": { label: "Zoom In", keys: "CmdOrCtrl+=", runsIn: "renderer" },
  "view.zoomOut": { label: "Zoom Out", keys: "CmdOrCtrl+-", runsIn: "renderer" },
  "view.zoomFit": { label: "Zoom to Fit", keys: "CmdOrCtrl+0", runsIn: "renderer" },
  "view.zoomSelection": { label: "Zoom to Selection", keys: "CmdOrCtrl+Shift+0", runsIn: "renderer" },
  "view.collapse": { label: "Collapse or Expand", keys: "CmdOrCtrl+E", runsIn: "renderer" },
  "view.collapseHosts": { label: "Collapse All Hosts", runsIn: "renderer" },
  "view.expandAll": { label: "Expand All", runsIn: "renderer" },
  "view.palette": { label: "Palette", keys: "CmdOrCtrl+1", toggle: "check", runsIn: "renderer" },
  "view.inspector": { label: "Inspector", keys: "CmdOrCtrl+2", toggle: "check", runsIn: "renderer" },
  "view.findings": { label: "Findings", keys: "CmdOrCtrl+3", toggle: "check", runsIn: "renderer" },
  "view.matrix": { label: "Matrix", keys: "CmdOrCtrl+4", toggle: "check", runsIn: "renderer" },
  "view.attack": { label: "Attack Paths", keys: "CmdOrCtrl+5", toggle: "check", runsIn: "renderer" },
  "view.rules": { label: "Rules", keys: "CmdOrCtrl+6", toggle: "check", runsIn: "renderer" },
  "view.table": { label: "Table", keys: "CmdOrCtrl+7", toggle: "check", runsIn: "renderer" },
  "view.showOnCanvas": { label: "Show on Canvas", keys: "CmdOrCtrl+J", runsIn: "renderer" },
  "view.minimap": { label: "Minimap", keys: "CmdOrCtrl+M", toggle: "check", runsIn: "renderer" },
  "view.lens.tenants": { label: "Tenants", toggle: "radio", runsIn: "renderer" },
  "view.lens.segments": { label: "VLANs and Segments", toggle: "radio", runsIn: "renderer" },
  "view.lens.trust": { label: "Trust", toggle: "radio", runsIn: "renderer" },
  "view.lens.violations": { label: "Violations", toggle: "radio", runsIn: "renderer" },
  "view.lens.hardening": { label: "Hardening", toggle: "radio", runsIn: "renderer" },
  "view.theme.system": { label: "Follow the System", toggle: "radio", runsIn: "main" },
  "view.theme.light": { label: "Light", toggle: "radio", runsIn: "main" },
  "view.theme.dark": { label: "Dark", toggle: "radio", runsIn: "main" },
  "view.text.larger": { label: "Larger Text", keys: "CmdOrCtrl+Alt+=", runsIn: "main" },
  "view.text.smaller": { label: "Smaller Text", keys: "CmdOrCtrl+Alt+-", runsIn: "main" },
  "view.text.normal": { label: "Normal Text", keys: "CmdOrCtrl+Alt+0", runsIn: "main" },
  "view.nextPart": { label: "Next Part of the Window", keys: "F6", runsIn: "renderer" },
  "view.previousPart": { label: "Previous Part of the Window", keys: "Shift+F6", runsIn: "renderer" },
  "view.fullScreen": { label: "Toggle Full Screen", keys: "F11", runsIn: "main" },

  "analysis.fixPlan": { label: "Fix Plan…", keys: "CmdOrCtrl+Shift+F", runsIn: "renderer" },
  "analysis.segmentation": { label: "Segmentation…", runsIn: "renderer" },
  "analysis.trace": { label: "Trace…", keys: "CmdOrCtrl+T", runsIn: "renderer" },
  "analysis.hitTest": { label: "Hit Test of a Rule Set", keys: "CmdOrCtrl+Shift+T", runsIn: "renderer" },
  "analysis.attackFrom": { label: "Attack Paths from Here", keys: "CmdOrCtrl+Shift+A", runsIn: "renderer" },
  "analysis.attackTo": { label: "Attack Paths to Here", runsIn: "renderer" },
  "analysis.compareSaved": { label: "Compare with Last Save", keys: "CmdOrCtrl+Shift+D", runsIn: "renderer" },
  "analysis.compareFile": { label: "Compare with File…", runsIn: "renderer" },
  "analysis.nextFinding": { label: "Next Finding", keys: "F8", runsIn: "renderer" },
  "analysis.previousFinding": { label: "Previous Finding", keys: "Shift+F8", runsIn: "renderer" },

  "help.tour": { label: "Tour", runsIn: "renderer" },
  "help.shortcuts": { label: "Keyboard Shortcuts", keys: "F1", runsIn: "renderer" },
  "help.about": { label: "About Bulkhead", runsIn: "main" },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandId = keyof typeof COMMANDS;
/** Commands that main runs; the renderer asks for them with `runInMain`. */
export type MainCommandId = { [K in CommandId]: (typeof COMMANDS)[K]["runsIn"] extends "main" ? K : never }[CommandId];
/** Commands that the renderer must implement, every one. */
export type RendererCommandId = Exclude<CommandId, MainCommandId>;

/** All ids, in menu order. */
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/** True for a command that main runs. */
export function isMainCommand(id: CommandId): id is MainCommandId {
  return COMMANDS[id].runsIn === "main";
}

/** The specification of a command, with the optional fields visible to the type checker. */
export function commandSpec(id: CommandId): CommandSpec {
  return COMMANDS[id];
}

/** An entry of a menu: a command, a line, a submenu, or a list that main fills while the program runs. */
export type MenuEntry =
  | CommandId
  | "separator"
  | { readonly fill: "recent" | "samples"; readonly label: string }
  | { readonly label: string; readonly items: readonly MenuEntry[] };

export interface MenuSpec {
  readonly label: string;
  readonly items: readonly MenuEntry[];
}

/** The menu bar. */
export const MENU_BAR: readonly MenuSpec[] = [
  {
    label: "File",
    items: [
      "file.new", "file.newFrom", "file.open", { fill: "recent", label: "Open Recent" }, "separator",
      "file.save", "file.saveAs", "separator",
      "file.import", "file.export", "file.exportCsv", "separator", "file.print", "separator",
      "file.close", "app.quit",
    ],
  },
  {
    label: "Edit",
    items: [
      "edit.undo", "edit.redo", "separator", "edit.cut", "edit.copy", "edit.paste", "edit.pasteRows", "edit.duplicate", "edit.fillDown", "edit.delete", "separator",
      "edit.copyPng", "edit.copySvg", "separator",
      "edit.selectAll", "edit.find", "separator",
      { label: "Align", items: ["edit.align.left", "edit.align.center", "edit.align.right", "separator", "edit.align.top", "edit.align.middle", "edit.align.bottom", "separator", "edit.align.horizontally", "edit.align.vertically"] },
      "edit.arrange",
    ],
  },
  {
    label: "View",
    items: [
      "view.commandPalette", "separator", "view.zoomIn", "view.zoomOut", "view.zoomFit", "view.zoomSelection", "view.showOnCanvas", "separator",
      "view.collapse", "view.collapseHosts", "view.expandAll", "separator",
      { label: "Panels", items: ["view.palette", "view.inspector", "view.findings", "view.matrix", "view.table", "view.rules", "view.attack", "view.minimap"] },
      { label: "Lens", items: ["view.lens.tenants", "view.lens.segments", "view.lens.trust", "view.lens.violations", "view.lens.hardening"] },
      { label: "Appearance", items: ["view.theme.system", "view.theme.light", "view.theme.dark"] },
      { label: "Text Size", items: ["view.text.larger", "view.text.smaller", "view.text.normal"] }, "separator",
      "view.nextPart", "view.previousPart", "separator", "view.fullScreen",
    ],
  },
  { label: "Analysis", items: ["analysis.nextFinding", "analysis.previousFinding", "separator", "analysis.fixPlan", "analysis.segmentation", "analysis.trace", "analysis.hitTest", "separator", "analysis.attackFrom", "analysis.attackTo", "separator", "analysis.compareSaved", "analysis.compareFile"] },
  { label: "Help", items: [{ fill: "samples", label: "Samples" }, "help.tour", "help.shortcuts", "separator", "help.about"] },
];
