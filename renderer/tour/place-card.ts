/** Where the card of a step stands: beside what it is about, never over it where there is room, and always inside the window. */
import type { Box } from "../../shared/diagram/geometry";

interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP = 12;
const EDGE = 12;

/** The top left corner. Tries right, left, below, above; the corner at the bottom right where nothing is to be pointed at. */
export function placeCard(card: Size, screen: Size, anchor: Box | undefined): { readonly x: number; readonly y: number } {
  const within = (value: number, length: number, room: number): number => Math.max(EDGE, Math.min(value, room - length - EDGE));
  const corner = { x: screen.width - card.width - EDGE, y: screen.height - card.height - EDGE };
  if (anchor === undefined) return corner;
  const x = within(anchor.x, card.width, screen.width), y = within(anchor.y, card.height, screen.height);
  if (anchor.x + anchor.width + GAP + card.width + EDGE <= screen.width) return { x: anchor.x + anchor.width + GAP, y };
  if (anchor.x - GAP - card.width >= EDGE) return { x: anchor.x - GAP - card.width, y };
  if (anchor.y + anchor.height + GAP + card.height + EDGE <= screen.height) return { x, y: anchor.y + anchor.height + GAP };
  if (anchor.y - GAP - card.height >= EDGE) return { x, y: anchor.y - GAP - card.height };
  return corner;
}
