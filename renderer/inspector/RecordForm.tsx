import { useMemo } from "react";
import { collectionSchemas, type CollectionName } from "../../shared/model/topology";
import { useDocument } from "../store/document";
import { FieldFindings } from "./FieldFindings";
import { FieldView } from "./FieldView";
import { byGroup, fieldsOf } from "../fields/form";
import { TargetContext, type Target } from "./target";
import { TouchedContext, useTouched } from "./touched";

/** Every field of the records, in the groups of the schema. With several records only the fields that make sense together. */
export function RecordForm({ collection, ids, local }: { readonly collection: CollectionName; readonly ids: readonly string[]; readonly local?: readonly [string, string | number] | undefined }) {
  const topology = useDocument((state) => state.topology);
  const target = useMemo((): Target => ({ topology, collection, ids }), [topology, collection, ids]);
  const touched = useTouched(collection, ids);
  const all = fieldsOf(collectionSchemas[collection]);
  const fields = local === undefined ? all.filter((field) => ids.length === 1 || !["name", "description"].includes(field.key)) : localFields(all, local[0]);
  const path = local ?? [];
  return (
    <TargetContext value={target}>
      <TouchedContext value={touched}>
        {/* Of a rule in hand the heading tells. */}
        {typeof local?.[1] === "string" && <FieldFindings path={local} whole />}
        {[...byGroup(fields)].map(([group, members]) => (
          <section key={group} className="inspector-group" aria-label={group}>
            <h3>{group}</h3>
            {members.map((field) => <FieldView key={field.key} field={field} path={[...path, field.key]} />)}
          </section>
        ))}
      </TouchedContext>
    </TargetContext>
  );
}

function localFields(all: ReturnType<typeof fieldsOf>, key: string): ReturnType<typeof fieldsOf> {
  const control = all.find((field) => field.key === key)?.control;
  return control !== undefined && "fields" in control ? control.fields : [];
}
