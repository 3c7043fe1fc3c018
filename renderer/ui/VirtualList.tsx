import { useRef, type ReactNode } from "react";
import { useScrolled } from "./useScrolled";
import "./virtual-list.css";

/** Rows before and after those in sight that are there too. */
const AROUND = 4;
const FIRST_SIGHT = { width: 400, height: 240 };

interface VirtualListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Pixels; all rows are alike. */
  readonly rowHeight: number;
  /** How many rows are seen at once, at most. */
  readonly most: number;
  readonly children: (item: T, index: number) => ReactNode;
}

/** A list of which only the rows in sight are made. */
export function VirtualList<T>({ label, items, rowHeight, most, children }: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const view = useScrolled(box, FIRST_SIGHT);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - AROUND);
  const rows = items.slice(first, Math.ceil((view.top + view.height) / rowHeight) + AROUND);
  return (
    // Where it scrolls it can be scrolled with the keys, also where nothing in it takes the focus.
    <div ref={box} className="virtual-list" style={{ maxHeight: rowHeight * most }} {...(items.length > most ? { tabIndex: 0, role: "group", "aria-label": label } : {})}>
      <ul aria-label={label} style={{ height: items.length * rowHeight }}>
        {rows.map((item, index) => (
          <li key={first + index} className="virtual-row" style={{ top: (first + index) * rowHeight, height: rowHeight }} aria-posinset={first + index + 1} aria-setsize={items.length}>
            {children(item, first + index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
