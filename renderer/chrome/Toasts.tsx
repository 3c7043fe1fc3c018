import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import { dismissToast, useSession } from "../store/session";
import "./toasts.css";

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** Short notices that need no answer. */
export function Toasts() {
  const toasts = useSession((state) => state.toasts);
  const isOverDialog = useSession((state) => state.dialog !== undefined);
  return (
    <div className={`toasts${isOverDialog ? " over-dialog" : ""}`} role="status" aria-live="polite">
      {toasts.map(({ id, text, tone }) => {
        const Icon = ICONS[tone];
        return (
          <div key={id} className={`toast toast-${tone}`} role={tone === "error" ? "alert" : undefined}>
            <Icon aria-hidden />
            <span className="selectable">{text}</span>
            <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismissToast(id)}><X /></button>
          </div>
        );
      })}
    </div>
  );
}
