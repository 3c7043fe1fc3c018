import { useEffect, useState } from "react";
import type { Box } from "../../shared/diagram/geometry";

/** Where the first of the selectors that is on the screen is, kept up to date while things move. */
export function useAnchor(selectors: readonly string[]): Box | undefined {
  const [box, setBox] = useState<Box | undefined>(undefined);
  const key = selectors.join(" | ");
  useEffect(() => {
    let frame = 0, revealed = false;
    const look = (): void => {
      // A fix comes a moment later, below what is seen of its list.
      const fix = revealed ? null : document.querySelector(key.split(" | ")[0] ?? "")?.closest(".evidence .fix");
      if (fix !== null && fix !== undefined) {
        fix.scrollIntoView({ block: "nearest" });
        revealed = true;
      }
      const found = key.split(" | ").map((selector) => document.querySelector(selector)?.getBoundingClientRect()).find((rect) => rect !== undefined && rect.width > 0 && rect.top < innerHeight && rect.bottom > 0);
      setBox((old) => {
        if (found === undefined) return undefined;
        const { x, y, width, height } = found;
        return old !== undefined && old.x === x && old.y === y && old.width === width && old.height === height ? old : { x, y, width, height };
      });
      frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [key]);
  return box;
}
