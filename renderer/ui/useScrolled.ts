import { useEffect, useState, type RefObject } from "react";

/** What part of a scrolled element is in sight, in pixels. */
export interface Sight {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** @param first what to take it for until the element is there */
export function useScrolled(box: RefObject<HTMLElement | null>, first: Pick<Sight, "width" | "height">): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, left: 0, ...first });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setSight({ top: element.scrollTop, left: element.scrollLeft, width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [box]);
  return sight;
}
