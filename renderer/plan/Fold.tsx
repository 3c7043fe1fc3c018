import { useState, type ReactNode } from "react";
import { ChevronDown, ChevronRight } from "lucide-react";

/** Details that a person opens. */
export function Fold({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="plan-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}{label}</button>
      {open && <div className="plan-details selectable">{children}</div>}
    </>
  );
}

export function Ids({ label, ids }: { readonly label: string; readonly ids: readonly string[] }) {
  return ids.length === 0 ? null : <div><span className="muted">{label}</span><ul>{ids.map((id) => <li key={id}><code>{id}</code></li>)}</ul></div>;
}
