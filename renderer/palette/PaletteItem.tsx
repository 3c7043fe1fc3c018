import type { PointerEvent } from "react";
import type { IconName } from "../../shared/diagram/icons";
import { focusPart } from "../store/parts";
import { setTool, setView, useSession, type Tool } from "../store/session";
import { KindIcon } from "../ui/KindIcon";
import { tooltip } from "../ui/Tooltip";

/** The pointer has to move so far before a press is a drag. */
const DRAG_PIXELS = 4;

interface PaletteItemProps {
  readonly tool: Tool;
  readonly title: string;
  readonly icon: IconName;
  readonly hint: string;
  readonly keys?: string;
  readonly wide?: boolean;
}

/** One thing of the palette. Pressed and pulled it is dragged; clicked it waits for a click on the canvas. */
export function PaletteItem({ tool, title, icon, hint, keys, wide = false }: PaletteItemProps) {
  const armed = useSession((state) => state.tool !== undefined && sameTool(state.tool, tool));
  return (
    <button
      type="button" className={wide ? "palette-template" : "palette-item"} aria-pressed={armed} aria-keyshortcuts={keys} onPointerDown={(event) => startDrag(event, tool)}
      onClick={(event) => {
        arm(armed ? undefined : tool);
        // By the keyboard, which goes on where the thing is to go.
        if (event.detail === 0 && !armed) focusPart("view");
      }}
      {...tooltip(hint, { keys, side: "right" })}
    >
      <KindIcon name={icon} size={wide ? 16 : 18} />
      <span>{title}</span>
    </button>
  );
}

export function sameTool(a: Tool, b: Tool): boolean {
  return a.type === "kind" ? b.type === "kind" && a.kind === b.kind && a.id === b.id : b.type === "template" && a.template === b.template;
}

export function arm(tool: Tool | undefined): void {
  if (tool !== undefined) setView("canvas");
  setTool(tool);
}

/** Follows a pressed pointer until it has moved far enough to be a drag; the canvas takes over from there. */
export function startDrag(event: PointerEvent, tool: Tool): void {
  if (event.button !== 0) return;
  const { clientX, clientY } = event;
  const stop = (): void => {
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", stop);
  };
  const onMove = (move: globalThis.PointerEvent): void => {
    if (Math.hypot(move.clientX - clientX, move.clientY - clientY) < DRAG_PIXELS) return;
    stop();
    arm({ ...tool, dragging: true });
  };
  window.addEventListener("pointermove", onMove);
  window.addEventListener("pointerup", stop);
}
