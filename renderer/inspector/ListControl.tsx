import { useId, useState } from "react";
import { X } from "lucide-react";
import type { PathSegment } from "../../shared/model/path";
import { IconButton } from "../ui/Button";
import { TextField } from "../ui/TextField";
import { tooltip } from "../ui/Tooltip";
import { selectorCandidates } from "../actions/selectors";
import { candidates } from "../fields/blank";
import type { Control, Field } from "../fields/form";
import { MIXED_VALUE } from "./mixed";
import { commit, refusalOf, useTarget } from "./target";

interface ListControlProps {
  readonly field: Field;
  readonly of: Control;
  readonly path: readonly PathSegment[];
  readonly value: unknown;
}

/** A list of texts, references or choices: a chip each, and a field that adds one. Empty and absent differ, and both can be had. */
export function ListControl({ field, of, path, value }: ListControlProps) {
  const target = useTarget();
  const items = Array.isArray(value) ? (value as unknown[]).map(String) : [];
  const write = (next: readonly string[]) => commit(target, path, next.length === 0 && field.optional ? undefined : next, field.title);
  if (value === MIXED_VALUE) return <p className="muted">mixed</p>;
  return (
    <div className="list-control">
      {items.length > 0 && (
        <ul className="chips">
          {items.map((item, index) => (
            <li key={`${index} ${item}`} className="chip-item" {...tooltip(item, { cut: true })}>
              <span className="truncate">{item}</span>
              <IconButton label={`Remove ${item}`} icon={<X />} onClick={() => write(items.filter((_, other) => other !== index))} />
            </li>
          ))}
        </ul>
      )}
      {Array.isArray(value) && items.length === 0 && field.optional && <p className="muted field-hint">{of.type === "reference" && of.to === "selector" ? "empty: matches nothing" : "none"}</p>}
      <AddItem key={items.length} field={field} of={of} items={items} refuse={(text) => refusalOf(target, path, [...items, text], field.title)} onAdd={(text) => write([...items, text])} />
    </div>
  );
}

interface AddItemProps {
  readonly field: Field;
  readonly of: Control;
  readonly items: readonly string[];
  readonly refuse: (text: string) => string | undefined;
  readonly onAdd: (text: string) => void;
}

/** Suggests what the document holds; a free text is taken where the list holds texts. */
function AddItem({ field, of, items, refuse, onAdd }: AddItemProps) {
  const { topology } = useTarget();
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const listId = useId();
  if (of.type === "text" || of.type === "number") {
    return <TextField label={`Add to ${field.title}`} value="" placeholder="Add…" check={(text) => (text === "" ? undefined : refuse(text))} onCommit={onAdd} />;
  }
  const isAsked = open || query !== "";
  const all = !isAsked ? [] : of.type === "choice" ? of.options.map((id) => ({ id, name: "" })) : of.type === "reference" ? (of.to === "selector" ? selectorCandidates(topology) : candidates(topology, of.to)) : [];
  const found = all.filter(({ id, name }) => !items.includes(id) && `${id} ${name}`.toLowerCase().includes(query.toLowerCase())).slice(0, 40);
  const add = (text: string) => {
    if (refuse(text) === undefined) onAdd(text);
  };
  const error = query !== "" && found.length === 0 ? refuse(query) : undefined;
  return (
    <div className="combobox" onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false); }}>
      <div className={`field-box${error === undefined ? "" : " invalid"}`}>
        <input
          type="text" role="combobox" aria-label={`Add to ${field.title}`} aria-expanded={open} aria-controls={listId} placeholder="Add…" spellCheck={false} value={query}
          onFocus={() => setOpen(true)} onChange={(event) => { setQuery(event.target.value); setOpen(true); }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && query !== "") add(found.length === 1 ? (found[0]?.id ?? query) : query);
            if (event.key === "Escape") setOpen(false);
          }}
        />
      </div>
      {open && found.length > 0 && (
        <ul id={listId} className="menu combobox-list" role="listbox" aria-label={`Suggestions for ${field.title}`}>
          {found.map(({ id, name }) => (
            <li key={id} role="option" aria-selected={false}>
              <button type="button" className="menu-item" onClick={() => add(id)}><span className="menu-label truncate">{id}</span>{name !== "" && name !== id && <span className="field-note">{name}</span>}</button>
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && <p className="field-error" role="alert">{error}</p>}
    </div>
  );
}
