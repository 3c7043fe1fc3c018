import type { ReactNode } from "react";
import { COMMANDS } from "../commands";
import { openDialog } from "../store/session";
import { Dialog } from "../ui/Dialog";
import { keyCaps } from "../ui/keys";
import "./dialogs.css";

const POINTER: readonly (readonly [string, string])[] = [
  ["Drag on the canvas", "select what lies inside"],
  ["Space or middle button, drag", "move the picture"],
  ["Wheel", "move the picture"],
  [`${keyCaps("CmdOrCtrl")} + wheel`, "zoom"],
  [`${keyCaps("CmdOrCtrl")} + plus, number pad`, "zoom"],
  ["Drag from a dot at an edge", "pull a cable"],
  ["Shift while placing", "place another one"],
  ["Double click, F2", "rename"],
  [keyCaps("CmdOrCtrl+Y"), "redo, too"],
];

/** What arrows mean depends on what has the keyboard: what is selected is moved, else one walks. */
const CANVAS: readonly (readonly [string, string])[] = [
  ["Arrows", "go to the next thing, along cables"],
  [`${keyCaps("CmdOrCtrl")} + up, ${keyCaps("CmdOrCtrl")} + down`, "out of a thing, into it"],
  ["Alt + arrows", "go on and keep the selection"],
  ["Enter", "select; again: to its properties"],
  ["Shift + Enter", "select it too, or not any more"],
  ["Arrows, on what is selected", "nudge; far with Shift"],
  ["C, with two selected", "connect them"],
  ["A letter of the palette, then Enter", "add one here"],
  ["Shift + F10", "menu of the thing"],
  ["Escape", "give up what is in hand, deselect"],
];

const LIST: readonly (readonly [string, string])[] = [
  ["Up, down, Home, End", "go through the findings"],
  ["Right, left", "unfold a root cause, fold it"],
  ["Escape", "close the evidence"],
];

const RULES: readonly (readonly [string, string])[] = [
  ["Enter, F2, or typing", "write a cell"],
  ["Tab, Shift + Tab", "go on to the next cell, the one before"],
  [`${keyCaps("CmdOrCtrl+Enter")}, Insert`, "add a rule below"],
  [keyCaps("CmdOrCtrl+Shift+Enter"), "add a rule above"],
  ["Alt + up, Alt + down", "move the rule"],
  ["Space", "turn a rule or its log on and off"],
  [keyCaps("CmdOrCtrl+D"), "duplicate the rule"],
  [keyCaps("Delete"), "delete the rule"],
];

const TABLE: readonly (readonly [string, string])[] = [
  ["Enter, F2, or typing", "write a cell, and that of every selected row"],
  ["Tab, Shift + Tab while writing", "take it and go on to the right, to the left"],
  ["Shift + arrows", "select rows and columns"],
  [keyCaps("CmdOrCtrl+D"), "fill down from the first selected row"],
  [keyCaps("Delete"), "set to default"],
  [keyCaps("CmdOrCtrl+Delete"), "delete the selected rows"],
  ["Up from the first row, then Enter", "sort by the column"],
  ["Shift + left, right on a column's name", "make it narrower, wider"],
];

const BY_HAND: readonly (readonly [string, typeof POINTER])[] = [
  ["Canvas by keyboard", CANVAS], ["List of findings", LIST], ["Pointer and canvas", POINTER], ["Table", TABLE], ["Rules of a firewall", RULES],
];

/** Every key there is. */
export function ShortcutsDialog() {
  const groups = [...new Set(COMMANDS.filter((command) => command.keys !== undefined).map((command) => command.group))];
  return (
    <Dialog reading title="Keyboard shortcuts" width="wide" onClose={() => openDialog(undefined)}>
      <div className="shortcuts">
        {groups.map((group) => (
          <Section key={group} title={group}>
            {COMMANDS.filter((command) => command.group === group && command.keys !== undefined).map((command) => (
              <div key={command.id}><dt>{command.label}</dt><dd><kbd>{keyCaps(command.keys ?? "")}</kbd></dd></div>
            ))}
          </Section>
        ))}
        {BY_HAND.map(([title, lines]) => (
          <Section key={title} title={title}>{lines.map(([keys, does]) => <div key={keys}><dt>{keys}</dt><dd>{does}</dd></div>)}</Section>
        ))}
      </div>
    </Dialog>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}
