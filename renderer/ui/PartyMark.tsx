import { MARK_PATHS, type Mark } from "../../shared/diagram/marks";
import type { Paint } from "../../shared/diagram/theme";
import { DARK, LIGHT, paintOf } from "../../shared/diagram/theme";

/** A tenant's (or management's) colour and shape, as in the picture. Follows the colour scheme by itself. */
export function PartyMark({ paint, mark }: { readonly paint: Paint; readonly mark: Mark }) {
  return (
    <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden style={{ flex: "none", color: `light-dark(${paintOf(LIGHT, paint)}, ${paintOf(DARK, paint)})` }}>
      <path d={MARK_PATHS[mark]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
