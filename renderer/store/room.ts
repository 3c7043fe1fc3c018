/** How much room a window has, in its own pixels: of larger text there is less of them. */
import { useSession } from "./session";

/** Below, only one of the panels at the sides stands beside the picture, and the bar above has menus in place of rows of buttons. */
const NARROW = "(max-width: 859px)";
/** Below, the findings are a line under the picture until they are opened, and are not there under a matrix or a table, where neither would be of use. */
const LOW = "(max-height: 479px)";

/** Below, the palette is a rail of one column. */
const TINY = "(max-width: 639px)";

/** Follows the window for as long as it lives. */
export function followRoom(): void {
  const narrow = window.matchMedia(NARROW), low = window.matchMedia(LOW), tiny = window.matchMedia(TINY);
  const tell = (): void => useSession.setState({ isNarrow: narrow.matches, isLow: low.matches, isTiny: tiny.matches });
  for (const query of [narrow, low, tiny]) query.addEventListener("change", tell);
  tell();
}
