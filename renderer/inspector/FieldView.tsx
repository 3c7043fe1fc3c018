import type { PathSegment } from "../../shared/model/path";
import { useDocument } from "../store/document";
import { tooltip } from "../ui/Tooltip";
import { SimpleControl } from "./Controls";
import { EntriesControl } from "./EntriesControl";
import { FieldFindings } from "./FieldFindings";
import type { Field } from "../fields/form";
import { ListControl } from "./ListControl";
import { MIXED_VALUE } from "./mixed";
import { commonValue, useTarget } from "./target";
import { TouchedContext, UNTOUCHED } from "./touched";
import { VariantControl } from "./VariantControl";

const renderField = (field: Field, path: readonly PathSegment[]) => <FieldView field={field} path={path} />;

/** One field with its label, and under it what findings say about it; of an object of several forms, about all in it. Nested objects show their own fields. */
export function FieldView({ field, path }: { readonly field: Field; readonly path: readonly PathSegment[] }) {
  const target = useTarget();
  useDocument((state) => state.topology);
  const value = commonValue(target, path);
  const { control } = field;
  if (control.type === "group") return <>{control.fields.map((inner) => <FieldView key={inner.key} field={inner} path={[...path, inner.key]} />)}<FieldFindings path={path} whole /></>;
  if (control.type === "map" || control.type === "rows") return <EntriesControl field={field} control={control} path={path} value={value === MIXED_VALUE ? undefined : value} renderField={renderField} />;
  return (
    <div className={`field${control.type === "list" ? " field-tall" : ""}`} {...(field.description === undefined ? {} : tooltip(field.description, { side: "left" }))}>
      <span className="field-label">{field.title}</span>
      <div className="field-control">
        {control.type === "variants" ? <TouchedContext value={UNTOUCHED}><VariantControl field={field} control={control} path={path} value={value} renderField={renderField} /></TouchedContext>
          : control.type === "list" ? <ListControl field={field} of={control.of} path={path} value={value} />
            : <SimpleControl field={field} path={path} value={value} />}
      </div>
      <FieldFindings path={path} />
    </div>
  );
}
