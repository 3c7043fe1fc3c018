import { Fragment, type ReactNode } from "react";
import { valueAt, type PathSegment } from "../../shared/model/path";
import { defaultOf } from "../../shared/model/field-defaults";
import { Select } from "../ui/Select";
import { blankVariant } from "../fields/blank";
import type { Control, Field } from "../fields/form";
import { MIXED_VALUE } from "./mixed";
import { commit, useTarget } from "./target";

const NONE = "\u0000";

interface VariantControlProps {
  readonly field: Field;
  readonly control: Extract<Control, { type: "variants" }>;
  readonly path: readonly PathSegment[];
  readonly value: unknown;
  readonly renderField: (field: Field, path: readonly PathSegment[]) => ReactNode;
}

/** An object of one of several forms, such as a VLAN: which form, then its fields. */
export function VariantControl({ field, control, path, value, renderField }: VariantControlProps) {
  const target = useTarget();
  const index = value === undefined || value === MIXED_VALUE ? -1 : formOf(control, value);
  const fallback = target.ids[0] === undefined || target.collection === "policy" ? undefined : defaultOf(target.collection, target.topology, target.ids[0], path)?.text;
  const options = [
    ...control.options.map(({ name }, position) => ({ value: String(position), label: name })),
    ...(field.optional ? [{ value: NONE, label: "not set", ...(fallback === undefined ? {} : { note: fallback }) }] : []),
  ];
  const choose = (next: string) => commit(target, path, next === NONE ? undefined : blankVariant(target.topology, control, Number(next)), field.title);
  const shown = value === MIXED_VALUE ? "mixed" : index < 0 ? <span className="muted">{fallback ?? "not set"}</span> : undefined;
  return (
    <div className="variant">
      <Select label={field.title} value={index < 0 ? NONE : String(index)} options={options} onChange={choose} {...(shown === undefined ? {} : { shown })} {...(index < 0 && fallback !== undefined ? { note: "default" } : {})} />
      {(control.options[index]?.fields ?? []).map((inner) => <Fragment key={`${index} ${inner.key}`}>{renderField(inner, [...path, inner.key])}</Fragment>)}
    </div>
  );
}

function formOf({ tag, options }: Extract<Control, { type: "variants" }>, value: unknown): number {
  if (tag !== undefined) return options.findIndex(({ name }) => name === valueAt(value, [tag]));
  return options.findIndex(({ fields }) => fields.some((own) => !own.optional && valueAt(value, [own.key]) !== undefined));
}
