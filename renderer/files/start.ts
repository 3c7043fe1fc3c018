/** What happens once when the window opens: menus, drops, recovery, the first document. */
import type { MenuCommand } from "../../shared/ipc";
import { isInventory } from "../../shared/formats/choose";
import { runCommand } from "../commands";
import { attempt } from "../store/attempt";
import { openDialog, setAwaitedFiles } from "../store/session";
import { fileChanged, rulesChanged, showResult } from "./current";
import { tourOnFirstStart } from "../tour/tour";
import { keepInStep } from "./keep-in-step";
import { textActionOf } from "./text-actions";

export async function startFiles(): Promise<void> {
  window.bulkhead.onCommand(fromMenu);
  window.bulkhead.onOpen((result) => attempt(showResult(result), "The document could not be shown"));
  window.bulkhead.onAwaited(setAwaitedFiles);
  window.bulkhead.onFileChange(fileChanged);
  window.bulkhead.onRules(rulesChanged);
  takeDrops();
  await showResult(await window.bulkhead.initialDocument());
  keepInStep();
  const recovered = await window.bulkhead.recovered();
  if (recovered.length > 0) openDialog({ type: "recovery", documents: recovered });
  else await tourOnFirstStart();
}

function fromMenu(command: MenuCommand): void {
  if (command.id === "file.openRecent") return attempt(window.bulkhead.openRecent(command.index).then(showResult), "The document could not be opened");
  if (command.id === "help.openSample") return attempt(window.bulkhead.openSample(command.name).then(showResult), "The sample could not be opened");
  const action = textActionOf(command.id);
  if (action !== undefined) return attempt(window.bulkhead.editText(action), `The text is as it was, “${action}” was not possible`);
  runCommand(command.id);
}

/** Documents and inventories dropped anywhere on the window are opened; text dropped does nothing. */
function takeDrops(): void {
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) attempt(openDropped(files), "What was dropped could not be opened");
  });
}

/** Inventories are one document together. Whatever is read first may take this window: none waits for the disk of another. */
async function openDropped(files: readonly File[]): Promise<void> {
  const inventories = files.filter(({ name }) => isInventory(name));
  const groups = [...(inventories.length === 0 ? [] : [inventories]), ...files.filter((file) => !inventories.includes(file)).map((file) => [file])];
  await Promise.all(groups.map(async (group) => {
    for (const result of await window.bulkhead.openDropped(group)) await showResult(result);
  }));
}
