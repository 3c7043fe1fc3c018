import type { MenuItemConstructorOptions } from "electron";
import { commandSpec, MENU_BAR, type CommandId, type MenuEntry } from "../shared/commands";
import type { DocumentState, MenuCommand, RecentFile, Sample, Settings } from "../shared/ipc";
import { sizeBeside } from "./text-size";

/** What the menu bar is made from. */
export interface MenuInput {
  readonly platform: NodeJS.Platform;
  readonly state: DocumentState;
  readonly settings: Pick<Settings, "theme" | "textSize">;
  readonly recent: readonly RecentFile[];
  readonly samples: readonly Sample[];
  run(command: MenuCommand): void;
}

/** The native menu bar, from the one list of commands. */
export function menuTemplate(input: MenuInput): MenuItemConstructorOptions[] {
  const bar = MENU_BAR.map((menu) => ({ label: menu.label, submenu: entries(menu.items, input) }));
  return input.platform === "darwin" ? [{ role: "appMenu" }, ...bar, { role: "windowMenu" }] : bar;
}

function entries(items: readonly MenuEntry[], input: MenuInput): MenuItemConstructorOptions[] {
  return items.flatMap((item) => entry(item, input) ?? []);
}

function entry(item: MenuEntry, input: MenuInput): MenuItemConstructorOptions | undefined {
  if (item === "separator") return { type: "separator" };
  if (typeof item === "string") return commandItem(item, input);
  const submenu = "fill" in item ? filled(item.fill, input) : entries(item.items, input);
  return { label: item.label, submenu, enabled: submenu.length > 0 };
}

function commandItem(id: CommandId, { state, settings, platform, run }: MenuInput): MenuItemConstructorOptions | undefined {
  // On macOS the program's own menu has it.
  if (id === "app.quit" && platform === "darwin") return undefined;
  const { keys, typing, toggle } = commandSpec(id);
  return {
    id,
    label: label(id, state),
    enabled: enabled(id, state, settings),
    click: () => run({ id }),
    ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: typing !== true }),
    ...(toggle === undefined ? {} : { type: toggle === "radio" ? "radio" : "checkbox", checked: checked(id, state, settings) }),
  };
}

function label(id: CommandId, state: DocumentState): string {
  if (id === "edit.undo" && state.undo !== null) return `Undo: ${literal(state.undo)}`;
  if (id === "edit.redo" && state.redo !== null) return `Redo: ${literal(state.redo)}`;
  return literal(commandSpec(id).label);
}

function enabled(id: CommandId, state: DocumentState, { textSize }: MenuInput["settings"]): boolean {
  if (id === "view.text.larger") return sizeBeside(textSize, 1) !== undefined;
  if (id === "view.text.smaller") return sizeBeside(textSize, -1) !== undefined;
  return !state.disabled.includes(id);
}

function checked(id: CommandId, state: DocumentState, { theme }: MenuInput["settings"]): boolean {
  return id.startsWith("view.theme.") ? id === `view.theme.${theme}` : state.checked.includes(id);
}

function filled(fill: "recent" | "samples", { recent, samples, run }: MenuInput): MenuItemConstructorOptions[] {
  if (fill === "samples") {
    return samples.map(({ name, title }) => ({ label: literal(title), click: () => run({ id: "help.openSample", name }) }));
  }
  return recent.map(({ name, folder }, index) => ({
    id: `file.openRecent.${index}`,
    label: literal(`${name} — ${folder}`),
    click: () => run({ id: "file.openRecent", index }),
  }));
}

/** Menus take "&" for the mark of the next letter; names and titles mean it as it stands. */
function literal(text: string): string {
  return text.replaceAll("&", "&&");
}
