import { Ban, Check } from "lucide-react";
import { usePointer } from "./pointer";

/** Beside the pointer: what a drop here does, or why it means nothing. */
export function Hint() {
  const { at, hint } = usePointer();
  if (hint === undefined) return null;
  return (
    <div className={`pointer-hint hint-${hint.tone}`} role="status" style={{ left: Math.min(at.x + 16, window.innerWidth - 300), top: at.y + 20 }}>
      {hint.tone === "no" && <Ban aria-hidden />}
      {hint.tone === "ok" && <Check aria-hidden />}
      <span>{hint.text}</span>
    </div>
  );
}
