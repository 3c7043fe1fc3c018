import { useLayoutEffect, useRef, type RefObject } from "react";

/** The newest value, for listeners and effects that must not start over whenever it changes. */
export function useLive<T>(value: T): RefObject<T> {
  const live = useRef(value);
  useLayoutEffect(() => {
    live.current = value;
  });
  return live;
}
