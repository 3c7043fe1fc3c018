import { defaultOf } from "../../shared/model/field-defaults";
import type { PathSegment } from "../../shared/model/path";
import { Select, type SelectOption } from "../ui/Select";
import { TextField } from "../ui/TextField";
import { candidates, hostNics } from "../fields/blank";
import type { Control, Field } from "../fields/form";
import { commit, commonValue, refusalOf, useTarget, write, type Target } from "./target";
import { MIXED_VALUE as MIXED } from "./mixed";

interface ControlProps {
  readonly field: Field;
  readonly path: readonly PathSegment[];
  /** Undefined where absent; `MIXED_VALUE` where several records differ. */
  readonly value: unknown;
}


const NOT_SET = "\u0000";

/** What an empty field counts as, for the note at its right. */
function defaultNote({ topology, collection, ids }: Target, path: readonly PathSegment[]): string | undefined {
  const id = ids[0];
  const found = id === undefined || collection === "policy" ? undefined : defaultOf(collection, topology, id, path);
  return found === undefined ? undefined : found.text;
}

/** A value of one line: text, number, on or off, one of a few, or a reference. */
export function SimpleControl({ field, path, value }: ControlProps) {
  switch (field.control.type) {
    case "flag": return <FlagControl field={field} path={path} value={value} />;
    case "choice": return <ChoiceControl field={field} path={path} value={value} control={field.control} />;
    case "reference": return <ReferenceControl field={field} path={path} value={value} to={field.control.to} />;
    default: return <TextControl field={field} path={path} value={value} />;
  }
}

function TextControl({ field, path, value }: ControlProps) {
  const target = useTarget();
  const numeric = field.control.type === "number";
  const parse = (text: string): unknown => (text.trim() === "" ? undefined : numeric ? Number(text) : text);
  const note = value === undefined ? defaultNote(target, path) : undefined;
  const check = (text: string): string | undefined => {
    if (text.trim() === "" && !field.optional) return `${field.title} is required.`;
    if (numeric && text.trim() !== "" && !Number.isFinite(Number(text))) return "A number.";
    return refusalOf(target, path, parse(text), field.title);
  };
  return (
    <TextField
      label={field.title} value={value === undefined || value === MIXED ? "" : String(value)} placeholder={value === MIXED ? "mixed" : (note ?? "")} numeric={numeric}
      check={check} onCommit={(text) => write(target, path, parse(text), field.title)}
      {...(field.unit !== undefined ? { note: field.unit } : note !== undefined ? { note: "default" } : {})}
    />
  );
}

function FlagControl({ field, path, value }: ControlProps) {
  const target = useTarget();
  const note = defaultNote(target, path);
  const options: SelectOption<string>[] = [{ value: "on", label: "on" }, { value: "off", label: "off" }, ...(field.optional ? [{ value: NOT_SET, label: "not set", note: note ?? "" }] : [])];
  const shown = value === MIXED ? "mixed" : value === undefined ? <span className="muted">{note ?? "not set"}</span> : undefined;
  return (
    <Select
      label={field.title} value={value === true ? "on" : value === false ? "off" : value === undefined ? NOT_SET : undefined} options={options}
      {...(shown === undefined ? {} : { shown })} {...(value === undefined && note !== undefined ? { note: "default" } : {})}
      onChange={(next) => commit(target, path, next === NOT_SET ? undefined : next === "on", field.title)}
    />
  );
}

function ChoiceControl({ field, path, value, control }: ControlProps & { readonly control: Extract<Control, { type: "choice" }> }) {
  const target = useTarget();
  const note = defaultNote(target, path);
  const options: SelectOption<string>[] = [...control.options.map((option) => ({ value: option, label: option })), ...(field.optional ? [{ value: NOT_SET, label: "not set", note: note ?? "" }] : [])];
  const shown = value === MIXED ? "mixed" : value === undefined ? <span className="muted">{note ?? "not set"}</span> : undefined;
  return (
    <Select
      label={field.title} value={typeof value === "string" ? value : undefined} options={options}
      {...(shown === undefined ? {} : { shown })} {...(value === undefined && note !== undefined ? { note: "default" } : {})}
      onChange={(next) => commit(target, path, next === NOT_SET ? undefined : next, field.title)}
    />
  );
}

function ReferenceControl({ field, path, value, to }: ControlProps & { readonly to: string }) {
  const target = useTarget();
  if (to === "selector") return <TextControl field={field} path={path} value={value} />;
  const found = to === "hosts.nics" ? hostNics(target.topology, commonValue(target, ["hypervisor"])) : candidates(target.topology, to);
  const options: SelectOption<string>[] = [...found.map(({ id, name }) => ({ value: id, label: name, ...(name === id ? {} : { note: id }) })), ...(field.optional ? [{ value: NOT_SET, label: "none" }] : [])];
  return (
    <Select
      label={field.title} value={typeof value === "string" ? value : undefined} options={options} placeholder={found.length === 0 ? "nothing to choose" : "none"} disabled={options.length === 0}
      {...(value === MIXED ? { shown: "mixed" } : {})} onChange={(next) => commit(target, path, next === NOT_SET ? undefined : next, field.title)}
    />
  );
}
