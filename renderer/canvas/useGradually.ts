import { useEffect, useMemo, useState } from "react";
import { windowTime } from "../ui/slices";

interface Named {
  readonly id: string;
}

/** All of these, but of those that are new only so many at a time, the rest in tasks of their own: many elements that come at once hold the window up. */
export function useGradually<T extends Named>(all: readonly T[], most: number): readonly T[] {
  const [shown, setShown] = useState<readonly T[]>([]);
  const now = useMemo(() => withSome(shown, all, most), [shown, all, most]);
  useEffect(() => {
    if (now === shown) return;
    let isWanted = true;
    windowTime.later(() => { if (isWanted) setShown(now); });
    return () => { isWanted = false; };
  }, [now, shown]);
  return now;
}

/** All that were shown before, and in order the first `most` of the others; the very list where that is all. Pure. */
export function withSome<T extends Named>(shown: readonly Named[], all: readonly T[], most: number): readonly T[] {
  const before = new Set(shown.map(({ id }) => id));
  let room = most;
  const some = all.filter(({ id }) => before.has(id) || room-- > 0);
  return some.length === all.length ? all : some;
}
