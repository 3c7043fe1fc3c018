import { useState, type ReactNode } from "react";
import { Button } from "./Button";

const MOST = 40;

interface ShortenedProps<T> {
  readonly items: readonly T[];
  readonly children: (item: T, index: number) => ReactNode;
}

/** The first of a list that may be very long, with the way to the others. */
export function Shortened<T>({ items, children }: ShortenedProps<T>) {
  const [all, setAll] = useState(false);
  const left = items.length - MOST;
  if (all || left <= 0) return <>{items.map(children)}</>;
  return (
    <>
      {items.slice(0, MOST).map(children)}
      <Button size="small" variant="ghost" onClick={() => setAll(true)}>Show {left.toLocaleString("en")} more</Button>
    </>
  );
}
