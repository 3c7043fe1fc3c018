import { Fragment, useState, type ReactNode } from "react";
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, ListOrdered, Plus, Trash2 } from "lucide-react";
import { inNaturalOrder } from "../../shared/model/natural-order";
import { valueAt, type PathSegment } from "../../shared/model/path";
import { openRules } from "../store/rules";
import { Button, IconButton } from "../ui/Button";
import { Shortened } from "../ui/Shortened";
import { blankObject, freshLocal, isFlow } from "../fields/blank";
import type { Control, Field } from "../fields/form";
import { FieldFindings } from "./FieldFindings";
import { commit, useTarget } from "./target";

interface EntriesControlProps {
  readonly field: Field;
  readonly control: Extract<Control, { type: "map" | "rows" }>;
  readonly path: readonly PathSegment[];
  readonly value: unknown;
  readonly renderField: (field: Field, path: readonly PathSegment[]) => ReactNode;
}

/** Nics, interfaces, mirrors (keyed), or rules, disks, shared folders (in order): a card each, closed until it is wanted. */
export function EntriesControl({ field, control, path, value, renderField }: EntriesControlProps) {
  const target = useTarget();
  /** Key of what was added last: it is to be written. */
  const [added, setAdded] = useState<PathSegment | undefined>(undefined);
  const keyed = control.type === "map";
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const keys: readonly PathSegment[] = keyed ? inNaturalOrder(Object.keys(typeof value === "object" && value !== null ? value : {}), (key) => key) : list.map((_, index) => index);
  if (target.ids.length > 1) return null;

  const add = () => {
    const blank = blankObject(target.topology, control.fields);
    const key = keyed ? freshLocal(field.key, target.collection, keys.map(String)) : list.length;
    setAdded(key);
    if (keyed) commit(target, [...path, key], blank, field.title);
    else commit(target, path, [...list, "id" in blank ? { ...blank, id: freshLocal(field.key, target.collection, list.map((entry) => String(valueAt(entry, ["id"])))) } : blank], field.title);
  };
  const remove = (key: PathSegment) => {
    if (keyed) commit(target, [...path, key], undefined, `${field.title} ${key}`);
    else commit(target, path, list.filter((_, index) => index !== key), field.title);
  };
  const move = (from: number, to: number) => {
    const next = [...list];
    next.splice(to, 0, ...next.splice(from, 1));
    commit(target, path, next, `order of ${field.title}`);
  };
  return (
    <div className="entries">
      <div className="entries-head">
        <span className="field-label">{field.title}</span>
        {field.key === "rules" && <Button size="small" variant="ghost" icon={<ListOrdered aria-hidden />} onClick={() => openRules(target.ids[0])}>Edit rules…</Button>}
        {field.key !== "accept" && <Button size="small" variant="ghost" icon={<Plus aria-hidden />} aria-label={`Add to ${field.title}`} onClick={add}>Add</Button>}
      </div>
      {field.key === "accept" && keys.length === 0 && <p className="muted">None. A risk is accepted where the evidence of its finding is shown.</p>}
      <FieldFindings path={path} whole />
      <Shortened items={keys}>{(key, index) => (
        <Entry key={String(key)} title={titleOf(key, valueAt(value, [key]))} summary={(isFlow(control.fields) ? flowWords : summaryOf)(valueAt(value, [key]))} onRemove={() => remove(key)} open={(keys.length === 1 && keyed) || key === added}
          {...(keyed ? {} : { onUp: index === 0 ? undefined : () => move(index, index - 1), onDown: index === keys.length - 1 ? undefined : () => move(index, index + 1) })}>
          <FieldFindings path={[...path, key]} whole />
          {control.fields.map((inner) => <Fragment key={inner.key}>{renderField(inner, [...path, key, inner.key])}</Fragment>)}
        </Entry>
      )}</Shortened>
    </div>
  );
}

interface EntryProps {
  readonly title: string;
  readonly summary: string;
  readonly open: boolean;
  readonly onRemove: () => void;
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
  readonly children: ReactNode;
}

function Entry({ title, summary, open: first, onRemove, onUp, onDown, children }: EntryProps) {
  const [open, setOpen] = useState(first);
  return (
    <div className="entry">
      <div className="entry-head">
        <button type="button" className="entry-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          <strong>{title}</strong> <span className="muted truncate">{summary}</span>
        </button>
        {onUp !== undefined && <IconButton label={`Move ${title} up`} icon={<ArrowUp />} onClick={onUp} />}
        {onDown !== undefined && <IconButton label={`Move ${title} down`} icon={<ArrowDown />} onClick={onDown} />}
        <IconButton label={`Remove ${title}`} icon={<Trash2 />} onClick={onRemove} />
      </div>
      {open && <div className="entry-body">{children}</div>}
    </div>
  );
}

function titleOf(key: PathSegment, value: unknown): string {
  return typeof key === "string" ? key : String(valueAt(value, ["id"]) ?? valueAt(value, ["hostPath"]) ?? valueAt(value, ["finding"]) ?? `${Number(key) + 1}`);
}

/** What tells entries apart while they are closed. */
function summaryOf(value: unknown): string {
  return wordsOf(value, "portGroup") ?? wordsOf(value, "physicalSwitch") ?? wordsOf(value, "datastore") ?? wordsOf(value, "name") ?? "";
}

/** Of a rule or a flow of the policy. */
function flowWords(value: unknown): string {
  return `${wordsOf(value, "action") ?? ""} ${wordsOf(value, "from") ?? "any"} → ${wordsOf(value, "to") ?? "any"} ${wordsOf(value, "services", "nothing") ?? ""}`.trim();
}

function wordsOf(value: unknown, key: string, none = "nobody"): string | undefined {
  const found = valueAt(value, [key]);
  return found === undefined ? undefined : Array.isArray(found) ? (found.length === 0 ? none : found.join(", ")) : String(found);
}
