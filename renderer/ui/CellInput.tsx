import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";
import "./field.css";
import "./menu.css";
import "./cell-input.css";

const LIST_HEIGHT = 224;
const LIST_WIDTH = 288;

/** Where the reader goes on after a cell is written. */
export type Leave = "stay" | "down" | "up" | "right" | "left";

/** Something that may stand in a cell. */
export interface Suggestion {
  /** What is written. */
  readonly id: string;
  /** What it means, where that says more. */
  readonly name: string;
}

interface CellInputProps {
  /** For those who do not see it: "From of rule web". */
  readonly label: string;
  readonly text: string;
  /** Whether the text is what has just been typed, and not what was there. */
  readonly begun: boolean;
  /** Commas part the items of a list. */
  readonly isList: boolean;
  /** A unit, at the right. */
  readonly note?: string | undefined;
  /** Stands above the suggestions: what Enter is about to do. */
  readonly hint?: ReactNode;
  /** Why a text cannot stand here, asked while one types; undefined where it can. */
  readonly check: (text: string) => string | undefined;
  /** What may stand here, best first; of a cell that was opened without typing, everything. */
  readonly suggest: (text: string) => readonly Suggestion[];
  /** The text with what is being typed replaced by a suggestion. */
  readonly complete: (text: string, by: string) => string;
  /** Takes the text; answers why it was not taken. */
  readonly onCommit: (text: string, leave: Leave) => string | undefined;
  readonly onCancel: (reason: string | undefined) => void;
}

/** Writes a cell of a grid, with completion: arrows choose, Enter and Tab take what is chosen and hand the text over, Escape gives the old back. */
export function CellInput({ label, text: first, begun, isList, note, hint, check, suggest, complete, onCommit, onCancel }: CellInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const [text, setText] = useState(first);
  const [typed, setTyped] = useState(begun);
  const [at, setAt] = useState(-1);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const id = useId();
  const found = useMemo(() => suggest(typed ? text : ""), [suggest, typed, text]);
  const problem = check(text);
  // Where the text is not valid yet, what it most likely begins is taken.
  const chosen = at >= 0 ? at : typed && problem !== undefined && found.length > 0 ? 0 : -1;

  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (!begun) input.current?.select();
  }, [begun]);

  const write = (next: string): void => {
    setText(next);
    setTyped(true);
    setAt(-1);
    setRefused(undefined);
  };
  const take = (index: number): void => {
    write(complete(text, found[index]?.id ?? ""));
    setTyped(false);
    input.current?.focus();
  };
  const finish = (leave: Leave): void => {
    const value = chosen < 0 ? text : complete(text, found[chosen]?.id ?? "");
    setText(value);
    done.current = true;
    const reason = check(value) ?? onCommit(value, leave);
    if (reason === undefined) return;
    done.current = false;
    setRefused(reason);
  };
  const onBlur = (): void => {
    if (done.current) return;
    done.current = true;
    const reason = problem ?? onCommit(text, "stay");
    if (reason !== undefined) onCancel(reason);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, -1));
    else if (event.key === "Enter") finish(event.shiftKey ? "up" : "down");
    else if (event.key === "Tab") finish(event.shiftKey ? "left" : "right");
    else if (event.key === "Escape") {
      done.current = true;
      onCancel(undefined);
    } else if (event.key === "," && isList && chosen >= 0) write(`${complete(text, found[chosen]?.id ?? "")}, `);
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = found.length > 0;
  return (
    <>
      <input
        ref={input} className="cell-input" type="text" role="combobox" aria-label={label} aria-expanded={shown} aria-autocomplete="list" aria-invalid={refused !== undefined} spellCheck={false} autoComplete="off" value={text}
        {...(shown ? { "aria-controls": id } : {})} {...(chosen >= 0 ? { "aria-activedescendant": `${id}-${chosen}` } : {})} {...(refused === undefined ? {} : { "aria-describedby": `${id}-error` })}
        onKeyDown={onKeyDown} onBlur={onBlur} onChange={(event) => write(event.target.value)}
      />
      {note !== undefined && <span className="field-note">{note}</span>}
      <Below anchor={input}>
        {refused !== undefined && <p id={`${id}-error`} role="alert" className="field-error cell-error">{refused}</p>}
        {hint !== undefined && <p className="cell-hint">{hint}</p>}
        {shown && (
          <ul id={id} className="menu cell-list" role="listbox" aria-label={`${label}: suggestions`}>
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
function Below({ anchor, children }: { readonly anchor: React.RefObject<HTMLElement | null>; readonly children: ReactNode }) {
  const [place, setPlace] = useState<React.CSSProperties | undefined>(undefined);
  useEffect(() => {
    const follow = (): void => {
      const box = anchor.current?.getBoundingClientRect();
      if (box === undefined) return;
      const left = Math.max(8, Math.min(box.left - 1, window.innerWidth - LIST_WIDTH - 8));
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
  return place === undefined ? null : createPortal(<div className="cell-below" style={place} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()}>{children}</div>, document.body);
}
