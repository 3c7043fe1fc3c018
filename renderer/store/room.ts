/** How much room a window has, in its own pixels: of larger text there is less of them. */
import { useSession } from "./session";

/** Below, only one of the panels at the sides stands beside the picture, and the bar above has menus in place of rows of buttons. */
const NARROW = "(max-width: 859px)";
/** Below, the findings stand under the picture only: under a matrix or a table neither would be of use. */
const LOW = "(max-height: 479px)";

/** Follows the window for as long as it lives. */
export function followRoom(): void {
  const narrow = window.matchMedia(NARROW), low = window.matchMedia(LOW);
  const tell = (): void => useSession.setState({ isNarrow: narrow.matches, isLow: low.matches });
  narrow.addEventListener("change", tell);
  low.addEventListener("change", tell);
  tell();
}
