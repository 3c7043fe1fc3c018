import type { Corners, Size } from "./camera";

const NOTHING: Size = { width: 0, height: 0 };

/** How far what lies over the lower corners of the canvas reaches into it now. */
export function cornersOf(frame: HTMLElement | null): Corners {
  const screen = frame?.getBoundingClientRect();
  const boxOf = (selector: string): DOMRect | undefined => {
    const box = frame?.querySelector(selector)?.getBoundingClientRect();
    return box === undefined || box.width === 0 ? undefined : box;
  };
  const legend = boxOf(".legend"), minimap = boxOf(".minimap");
  return {
    left: screen === undefined || legend === undefined ? NOTHING : { width: legend.right - screen.left, height: screen.bottom - legend.top },
    right: screen === undefined || minimap === undefined ? NOTHING : { width: screen.right - minimap.left, height: screen.bottom - minimap.top },
  };
}
