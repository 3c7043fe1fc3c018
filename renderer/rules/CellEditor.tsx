import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { selectorCandidates } from "../actions/selectors";
import { useDocument } from "../store/document";
import { candidatesFor, completed, matching, readCell, type Typed } from "./cells";
import type { ColumnKey } from "./columns";
import "../ui/field.css";
import "../ui/menu.css";

const MOST = 40;
const LIST_HEIGHT = 224;

/** Where the reader goes on after a cell is written. */
export type Leave = "stay" | "right" | "left";

interface CellEditorProps {
  readonly column: ColumnKey;
  /** For those who do not see it: "From of rule web". */
  readonly label: string;
  readonly text: string;
  /** Whether the text is what has just been typed, and not what was there. */
  readonly begun: boolean;
  readonly interfaces: readonly string[];
  readonly onCommit: (value: Extract<Typed, { ok: true }>["value"], leave: Leave) => void;
  readonly onCancel: (reason: string | undefined) => void;
}

/** Writes a cell, with completion: arrows choose, Enter and Tab take what is chosen and hand the text over, Escape gives the old back. */
export function CellEditor({ column, label, text: first, begun, interfaces, onCommit, onCancel }: CellEditorProps) {
  const topology = useDocument((state) => state.topology);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const [text, setText] = useState(first);
  const [typed, setTyped] = useState(begun);
  const [at, setAt] = useState(-1);
  const [refused, setRefused] = useState(false);
  const id = useId();
  const candidates = useMemo(() => candidatesFor(column, column === "from" || column === "to" ? selectorCandidates(topology) : [], interfaces), [column, topology, interfaces]);
  // A cell that is opened without typing offers everything, not only what it already holds.
  const found = useMemo(() => matching(column, candidates, typed ? text : "", MOST), [column, candidates, typed, text]);
  const read = readCell(column, text, topology, interfaces);
  // Where the text is not valid yet, what it most likely begins is taken.
  const chosen = at >= 0 ? at : typed && !read.ok && found.length > 0 ? 0 : -1;

  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (!begun) input.current?.select();
  }, [begun]);

  const hand = (value: string, leave: Leave): void => {
    const typedNow = readCell(column, value, topology, interfaces);
    setText(value);
    if (!typedNow.ok) return setRefused(true);
    done.current = true;
    onCommit(typedNow.value, leave);
  };
  const take = (index: number): void => {
    setText(completed(column, text, found[index]?.id ?? ""));
    setTyped(false);
    setAt(-1);
    setRefused(false);
    input.current?.focus();
  };
  const finish = (leave: Leave): void => hand(chosen < 0 ? text : completed(column, text, found[chosen]?.id ?? ""), leave);
  const onBlur = (): void => {
    if (done.current) return;
    done.current = true;
    if (read.ok) onCommit(read.value, "stay");
    else onCancel(read.message);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, -1));
    else if (event.key === "Enter") finish("stay");
    else if (event.key === "Tab") finish(event.shiftKey ? "left" : "right");
    else if (event.key === "Escape") {
      done.current = true;
      onCancel(undefined);
    } else if (event.key === "," && chosen >= 0) {
      setText(`${completed(column, text, found[chosen]?.id ?? "")}, `);
      setTyped(true);
      setAt(-1);
    } else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = found.length > 0;
  return (
    <>
      <input
        ref={input} className="rules-input" type="text" role="combobox" aria-label={label} aria-expanded={shown} aria-autocomplete="list" aria-invalid={refused} spellCheck={false} autoComplete="off" value={text}
        {...(shown ? { "aria-controls": id } : {})} {...(chosen >= 0 ? { "aria-activedescendant": `${id}-${chosen}` } : {})} {...(refused ? { "aria-describedby": `${id}-error` } : {})}
        onKeyDown={onKeyDown} onBlur={onBlur}
        onChange={(event) => {
          setText(event.target.value);
          setTyped(true);
          setAt(-1);
          setRefused(false);
        }}
      />
      <Below anchor={input}>
        {refused && !read.ok && <p id={`${id}-error`} role="alert" className="field-error rules-error">{read.message}</p>}
        {shown && (
          <ul id={id} className="menu rules-list" role="listbox" aria-label={`${label}: suggestions`}>
            {found.map((each, index) => (
              <li key={each.id} id={`${id}-${index}`} role="option" aria-selected={index === chosen} className="menu-item" data-selected={index === chosen} ref={index === chosen ? intoView : null} onClick={() => take(index)}>
                <span className="menu-label truncate">{each.id}</span>
                {each.name !== "" && !each.id.endsWith(`:${each.name}`) && <span className="field-note">{each.name}</span>}
              </li>
            ))}
          </ul>
        )}
      </Below>
    </>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** Under the cell, or above it near the bottom of the window; outside the list, which would cut it off. */
function Below({ anchor, children }: { readonly anchor: React.RefObject<HTMLElement | null>; readonly children: React.ReactNode }) {
  const [place, setPlace] = useState<React.CSSProperties | undefined>(undefined);
  useEffect(() => {
    const follow = (): void => {
      const box = anchor.current?.getBoundingClientRect();
      if (box === undefined) return;
      const left = Math.max(8, Math.min(box.left - 1, window.innerWidth - 296));
      setPlace(box.bottom + LIST_HEIGHT + 16 < window.innerHeight ? { left, top: box.bottom + 3 } : { left, bottom: window.innerHeight - box.top + 3 });
    };
    follow();
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
    return () => {
      window.removeEventListener("scroll", follow, true);
      window.removeEventListener("resize", follow);
    };
  }, [anchor]);
  // The pointer must not take the focus, which would close the cell before the click arrives.
  return place === undefined ? null : createPortal(<div className="rules-below" style={place} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()}>{children}</div>, document.body);
}
