/** The rules that let through exactly what the policy permits: what replaces "allow the rest". */
import type { Rule } from "../../model/kinds/forwarder";
import type { Intent } from "../../model/policy";
import { nameFor } from "./connect";

/** A rule for each flow, then one for the traffic inside each tenant. Ids that the filter has already get a number. */
export function policyRules(intents: readonly Intent[], tenants: readonly string[], taken: readonly Rule[]): Rule[] {
  const ids = new Set(taken.map(({ id }) => id));
  const fresh = (base: string): string => {
    let id = base;
    for (let count = 2; ids.has(id); count += 1) id = `${base}-${count}`;
    ids.add(id);
    return id;
  };
  return [
    ...intents.map((intent): Rule => ({
      id: fresh(`allow-${intent.id}`), name: nameFor(intent), action: "allow",
      ...(intent.from === undefined ? {} : { from: intent.from }), ...(intent.to === undefined ? {} : { to: intent.to }),
      ...(intent.services === undefined ? {} : { services: intent.services }),
    })),
    ...tenants.map((tenant): Rule => ({ id: fresh(`inside-${tenant}`), name: `Inside ${tenant}`, action: "allow", from: [`tenant:${tenant}`], to: [`tenant:${tenant}`], services: ["any"] })),
  ];
}
