import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useScrolled } from "./useScrolled";
import "./choice-list.css";

/** Rows before and after those in sight that are there too. */
const AROUND = 4;
const FIRST_SIGHT = { width: 400, height: 240 };

interface ChoiceListProps<T> {
  readonly label: string;
  /** Of the ids of rows; one list at a time has it. */
  readonly id: string;
  readonly items: readonly T[];
  /** One of the items; undefined where none is chosen. */
  readonly chosen: T | undefined;
  readonly keyOf: (item: T) => string;
  /** Pixels; all rows are alike. */
  readonly rowHeight: number;
  /** How many rows are seen at once, at most; absent: as many as there is room for. */
  readonly most?: number;
  readonly onChoose: (item: T) => void;
  readonly children: (item: T) => ReactNode;
}

/** A list box of which only the rows in sight are made: arrow keys, Home and End go through it. */
export function ChoiceList<T>({ label, id, items, chosen, keyOf, rowHeight, most, onChoose, children }: ChoiceListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const view = useScrolled(box, FIRST_SIGHT);
  const at = chosen === undefined ? -1 : items.indexOf(chosen);
  useEffect(() => {
    const element = box.current;
    if (element === null || at < 0) return;
    if (at * rowHeight < element.scrollTop) element.scrollTop = at * rowHeight;
    else if ((at + 1) * rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = (at + 1) * rowHeight - element.clientHeight;
  }, [at, rowHeight]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = items.length - 1;
    const target = event.key === "ArrowDown" ? Math.min(at + 1, last) : event.key === "ArrowUp" ? Math.max(at - 1, 0) : event.key === "Home" ? 0 : event.key === "End" ? last : undefined;
    const item = target === undefined ? undefined : items[target];
    if (item === undefined) return;
    event.preventDefault();
    onChoose(item);
  };
  const first = Math.max(0, Math.floor(view.top / rowHeight) - AROUND);
  return (
    <div
      ref={box} className="choice-list" role="listbox" aria-label={label} tabIndex={0} style={most === undefined ? undefined : { maxHeight: rowHeight * most }}
      onKeyDown={onKeyDown} {...(at < 0 ? {} : { "aria-activedescendant": `${id}-${at}` })}
    >
      <div className="choice-space" role="presentation" style={{ height: items.length * rowHeight }}>
        {items.slice(first, Math.ceil((view.top + view.height) / rowHeight) + AROUND).map((item, index) => (
          <div
            key={keyOf(item)} id={`${id}-${first + index}`} role="option" aria-selected={item === chosen} aria-posinset={first + index + 1} aria-setsize={items.length}
            className="choice-row" style={{ top: (first + index) * rowHeight, height: rowHeight }} onClick={() => onChoose(item)}
          >
            {children(item)}
          </div>
        ))}
      </div>
    </div>
  );
}
