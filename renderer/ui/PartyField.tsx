import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { filterSuggestions, type Suggestion } from "./suggestions";
import "./field.css";
import "./menu.css";
import "./party-field.css";

const MOST = 50;

interface PartyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly suggestions: readonly Suggestion[];
  readonly autoFocus: boolean;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

/** A text with suggestions: arrows choose, Enter takes, Escape closes the list. */
export function PartyField({ label, value, suggestions, autoFocus, placeholder = "VM, tenant, management…", onChange }: PartyFieldProps) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [typed, setTyped] = useState(false);
  const id = useId();
  // A field that is opened without typing offers everything, not only what it already holds.
  const found = useMemo(() => filterSuggestions(suggestions, typed ? value : "", MOST), [suggestions, typed, value]);
  const known = suggestions.find((each) => each.value === value);
  const shown = open && found.length > 0;

  const close = (): void => {
    setOpen(false);
    setAt(-1);
    setTyped(false);
  };
  const take = (suggestion: Suggestion | undefined): void => {
    if (suggestion !== undefined) onChange(suggestion.value);
    close();
  };
  const move = (to: number): void => {
    setOpen(true);
    setAt(to);
    document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") move(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") move(Math.max(at - 1, 0));
    else if (event.key === "Enter" && shown) take(found[at] ?? (typed ? found[0] : undefined));
    else if (event.key === "Escape" && shown) {
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="party-field">
      <div className="field-box">
        <input
          type="text" role="combobox" aria-label={label} aria-expanded={shown} aria-autocomplete="list" spellCheck={false} autoComplete="off" placeholder={placeholder} autoFocus={autoFocus}
          {...(shown ? { "aria-controls": id, "data-list-open": "" } : {})} {...(shown && at >= 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
          value={value} onKeyDown={onKeyDown} onBlur={close} onClick={() => setOpen(true)}
          onChange={(event) => {
            onChange(event.target.value);
            setTyped(true);
            setOpen(true);
            setAt(-1);
          }}
        />
        {known !== undefined && <span className="field-note">{known.kind}</span>}
      </div>
      {shown && (
        // The pointer must not take the focus, which would close the list before the click arrives.
        <ul id={id} className="menu party-list" role="listbox" aria-label={`${label}: suggestions`} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()}>
          {found.map((each, index) => (
            <li key={each.value} id={`${id}-${index}`} role="option" aria-selected={index === at} className="menu-item" data-selected={index === at} onClick={() => take(each)} onPointerMove={() => setAt(index)}>
              <span className="menu-label truncate">{each.name}{each.name !== each.value && <code className="muted party-value">{each.value}</code>}</span>
              <span className="field-note">{each.kind}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
