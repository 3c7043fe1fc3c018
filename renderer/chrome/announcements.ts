/** What is said to screen readers. Pure. */
import { locate } from "../../shared/model/ids";
import type { Topology } from "../../shared/model/topology";
import { KINDS } from "../actions/kinds";
import { nameOf } from "../actions/names";
import { TEMPLATES } from "../actions/templates";
import type { History } from "../store/history";
import type { Tool } from "../store/session";

/** `VM a-web selected`. */
export function selected(topology: Topology, selection: readonly string[]): string {
  const [only] = selection;
  if (only === undefined) return "Nothing selected";
  if (selection.length > 1) return `${selection.length} things selected`;
  const location = locate(topology, only);
  const noun = location === undefined || location.local !== undefined ? "" : `${KINDS[location.collection].noun} `;
  return `${noun}${nameOf(topology, only)} selected`;
}

/** What became of the document between two states of its history; undefined where no step was made. */
export function stepTaken<T>(before: History<T>, now: History<T>): string | undefined {
  if (now.present === before.present) return undefined;
  if (now.future.length > before.future.length) return `Undone: ${now.future[0]?.label ?? ""}`;
  if (now.past.length > before.past.length && now.past.at(-1)?.label === before.future[0]?.label && now.future.length === before.future.length - 1) return `Redone: ${now.past.at(-1)?.label ?? ""}`;
  return now.past.length === before.past.length ? undefined : now.past.at(-1)?.label;
}

/** What the palette has handed over, and what to do with it. */
export function inHand(tool: Tool): string {
  const what = tool.type === "kind" ? KINDS[tool.kind].noun : (TEMPLATES.find(({ id }) => id === tool.template)?.title ?? "");
  return `${what} in hand: Enter on the canvas puts it on the thing there, Escape gives it up`;
}
