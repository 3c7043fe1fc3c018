/** Inventories on their way into a window: main reads their text, the window makes a document of it. */
import { isInventory } from "../shared/formats/choose";
import type { OpenResult } from "../shared/ipc";
import type { Desk } from "./desk";
import { chooseInventory } from "./dialogs";
import type { DocumentWindow } from "./document-window";
import { openInventories, openPath } from "./opening";

/** Asks for inventory files and reads them. */
export async function pickImport(desk: Desk, from: DocumentWindow): Promise<OpenResult> {
  const paths = await chooseInventory(from.window);
  return paths.length === 0 ? { status: "cancelled" } : openInventories(desk, paths, from);
}

/** Opens what was dropped on a window: each document by itself, inventories together. */
export async function openDropped(desk: Desk, from: DocumentWindow, paths: readonly string[]): Promise<OpenResult[]> {
  const inventories = paths.filter(isInventory);
  const results = inventories.length === 0 ? [] : [await openInventories(desk, inventories, from)];
  for (const path of paths) if (!isInventory(path)) results.push(await openPath(desk, path, from));
  return results;
}
