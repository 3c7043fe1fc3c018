/** The selection in line, or evenly spaced. */
import { align, place, type Alignment } from "../actions/arrange";
import { edit, useDocument } from "../store/document";
import { useSession } from "../store/session";
import { viewport } from "../store/viewport";
import type { Handler } from "./command";

/** Between two there is one space only. */
const FEWEST = { align: 2, distribute: 3 } as const;

function alignment(how: Alignment): Handler {
  const spaces = how === "horizontally" || how === "vertically";
  const fewest = spaces ? FEWEST.distribute : FEWEST.align;
  const boxes = () => viewport()?.siblings(useSession.getState().selection);
  return {
    enabled: () => (boxes()?.size ?? 0) >= fewest,
    run: () => {
      const found = boxes();
      if (found !== undefined) edit(place(useDocument.getState().topology, align(found, how), spaces ? "distribute" : "align"));
    },
  };
}

export const ALIGN_COMMANDS = {
  "edit.align.left": alignment("left"),
  "edit.align.center": alignment("center"),
  "edit.align.right": alignment("right"),
  "edit.align.top": alignment("top"),
  "edit.align.middle": alignment("middle"),
  "edit.align.bottom": alignment("bottom"),
  "edit.align.horizontally": alignment("horizontally"),
  "edit.align.vertically": alignment("vertically"),
} as const satisfies Readonly<Record<string, Handler>>;
