import { useMemo } from "react";
import { policySchema } from "../../shared/model/policy";
import { useDocument } from "../store/document";
import { FieldView } from "./FieldView";
import { fieldsOf } from "../fields/form";
import { TargetContext, type Target } from "./target";

/** Flows that are allowed, flows that must exist, and accepted risks. */
export function PolicyForm() {
  const topology = useDocument((state) => state.topology);
  const target = useMemo((): Target => ({ topology, collection: "policy", ids: [] }), [topology]);
  return (
    <TargetContext value={target}>
      <section className="inspector-group" aria-label="Policy">
        <h3>Policy</h3>
        <p className="muted field-hint">Customer tenants must not reach one another, and no workload may reach management, unless a flow is allowed here.</p>
        {fieldsOf(policySchema).map((field) => <FieldView key={field.key} field={field} path={[field.key]} />)}
      </section>
    </TargetContext>
  );
}
