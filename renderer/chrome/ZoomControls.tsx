import { Maximize, Minus, Plus } from "lucide-react";
import { useSession } from "../store/session";
import { viewport } from "../store/viewport";
import { IconButton } from "../ui/Button";
import { tooltip } from "../ui/Tooltip";

/** Zoom by pointer. */
export function ZoomControls() {
  const zoom = useSession((state) => Math.round(state.zoom * 100));
  return (
    <div className="zoom-controls" role="group" aria-label="Zoom">
      <IconButton label="Zoom out" keys="CmdOrCtrl+-" icon={<Minus />} onClick={() => viewport()?.zoomOut()} />
      <button type="button" className="zoom-level tabular" aria-label={`Zoom ${zoom} percent; zoom to fit`} onClick={() => viewport()?.zoomToFit()} {...tooltip("Zoom to fit", { keys: "CmdOrCtrl+0" })}>{zoom} %</button>
      <IconButton label="Zoom in" keys="CmdOrCtrl+=" icon={<Plus />} onClick={() => viewport()?.zoomIn()} />
      <IconButton label="Zoom to fit" keys="CmdOrCtrl+0" icon={<Maximize />} onClick={() => viewport()?.zoomToFit()} />
    </div>
  );
}
