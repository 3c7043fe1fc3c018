/** Every command of the window in one list: menus, keys, toolbar and command palette run what is here. */
import { commandSpec, COMMAND_IDS, isMainCommand, type CommandId, type RendererCommandId } from "../shared/commands";
import { KINDS } from "./actions/kinds";
import { connect } from "./actions/connect";
import { TEMPLATES } from "./actions/templates";
import { addTenant } from "./commands/add-tenant";
import { ALIGN_COMMANDS } from "./commands/align";
import { ANALYSIS_COMMANDS } from "./commands/analysis";
import { EDIT_COMMANDS } from "./commands/edit";
import { FILE_COMMANDS } from "./commands/file";
import { VIEW_COMMANDS } from "./commands/view";
import type { Command, CommandRef, Handler } from "./commands/command";
import { COLLECTIONS, record } from "../shared/model/topology";
import { attempt } from "./store/attempt";
import { redoLabel, undoLabel } from "./store/history";
import { useDocument } from "./store/document";
import { perform } from "./store/perform";
import { viewport } from "./store/viewport";
import { hidesCanvas, setRenaming, setTool, setView, showsPanel, toast, togglePanel, useSession } from "./store/session";

export type { CommandRef } from "./commands/command";

/** Exhaustive: a menu command without a handler is a type error. */
const HANDLERS: Readonly<Record<RendererCommandId, Handler>> = { ...FILE_COMMANDS, ...EDIT_COMMANDS, ...ALIGN_COMMANDS, ...VIEW_COMMANDS, ...ANALYSIS_COMMANDS };

const GROUPS: Readonly<Record<string, string>> = { file: "File", app: "File", edit: "Edit", view: "View", analysis: "Analysis", help: "Help" };

/** Commands of the window that are about nothing behind a dialog: they open another, or a file. */
const OVER_DIALOGS = /^(?:file|help)\.|^edit\.find$|^view\.commandPalette$|^analysis\.(?:fixPlan|segmentation|trace)$/;

/** Whether a dialog has the window to itself. Whoever chooses in the command palette means what is behind it. */
function isBehindDialog(): boolean {
  const { dialog } = useSession.getState();
  return dialog !== undefined && dialog.type !== "command-palette";
}

function menuCommand(id: CommandId): Command {
  const { label, keys, typing } = commandSpec(id);
  const handler: Handler = isMainCommand(id) ? { run: () => attempt(window.bulkhead.runInMain(id), `“${label}” was not possible`) } : HANDLERS[id];
  return {
    id, keys, typing, group: GROUPS[id.split(".")[0] ?? ""] ?? "View",
    get label() {
      return nameOfStep(id) ?? label;
    },
    enabled: () => (isMainCommand(id) || OVER_DIALOGS.test(id) || !isBehindDialog()) && (handler.enabled?.() ?? true),
    ...(handler.checked === undefined ? {} : { checked: handler.checked }),
    run: () => handler.run(),
  };
}

/** "Undo: set VLAN of Production to 20". */
function nameOfStep(id: CommandId): string | undefined {
  const { history } = useDocument.getState();
  const step = id === "edit.undo" ? undoLabel(history) : id === "edit.redo" ? redoLabel(history) : undefined;
  return step === undefined ? undefined : `${id === "edit.undo" ? "Undo" : "Redo"}: ${step}`;
}

const MENU_COMMANDS: readonly Command[] = COMMAND_IDS.map(menuCommand);

const ADD_COMMANDS: readonly Command[] = COLLECTIONS.flatMap((kind) => {
  const { noun, key, section } = KINDS[kind];
  if (section === undefined) return [];
  const run = kind === "tenants" ? addTenant : (): void => {
    setView("canvas");
    togglePanel("palette", true);
    setTool({ type: "kind", kind });
  };
  return [{ id: `add.${kind}` as const, label: `Add ${noun}`, group: "Add", keys: key?.toUpperCase(), typing: true, enabled: () => true, run }];
});

const TEMPLATE_COMMANDS: readonly Command[] = TEMPLATES.map((template) => ({
  id: `template.${template.id}` as const, label: `Add ${template.title}`, group: "Add", enabled: () => true,
  run: () => {
    setView("canvas");
    setTool({ type: "template", template: template.id });
  },
}));

/** The one thing in hand, where its name stands on the canvas, or in the inspector if it is a tenant. */
function nameable(): string | undefined {
  const session = useSession.getState(), { selection, view } = session;
  const [only] = selection;
  if (selection.length === 1 && record(useDocument.getState().topology, "tenants", only) !== undefined) return showsPanel(session, "inspector") ? only : undefined;
  return only !== undefined && selection.length === 1 && !hidesCanvas(view) && !only.endsWith("/bmc") && viewport()?.siblings([only])?.size === 1 ? only : undefined;
}

const LOCAL_COMMANDS: readonly Command[] = [
  {
    id: "local.rename", label: "Rename", group: "Edit", keys: "F2", typing: true,
    enabled: () => nameable() !== undefined,
    run: () => setRenaming(nameable()),
  },
  {
    id: "local.connect", label: "Connect the two selected things", group: "Edit", keys: "C", typing: true,
    enabled: () => useSession.getState().selection.length === 2,
    run: () => {
      const [from, to] = useSession.getState().selection;
      if (from === undefined || to === undefined) return toast("Select two things to connect them", "warning");
      perform(connect(useDocument.getState().topology, from, to));
    },
  },
];

/** Commands that are there whatever the document holds. */
export const COMMANDS: readonly Command[] = [...MENU_COMMANDS, ...ADD_COMMANDS, ...TEMPLATE_COMMANDS, ...LOCAL_COMMANDS];

const byId = new Map<CommandRef, Command>(COMMANDS.map((command) => [command.id, command]));

export function commandById(id: CommandRef): Command | undefined {
  return byId.get(id);
}

/** Runs a command if it can run now. */
export function runCommand(id: CommandRef): void {
  const command = byId.get(id);
  if (command?.enabled() === true) command.run();
}
