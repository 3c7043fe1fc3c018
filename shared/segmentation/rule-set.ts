/** The rules of one filter: those of the policy, in its order, and of the old ones those that say the same. */
import type { Rule } from "../model/kinds/forwarder";
import { equalServices, parseServices } from "../model/services";
import { freshRuleId } from "../rules/remedy/filter-rule";

/**
 * What the filter is to have: for each wanted rule the old one of the same parties and services, with its id and name, bound to the
 * wanted interfaces; else the wanted one under an id that is free.
 */
export function ruleSet(old: readonly Rule[], wanted: readonly Rule[]): Rule[] {
  const twins = wanted.map((rule) => old.find((one) => sameEffect(one, rule)));
  const set: Rule[] = [];
  wanted.forEach((rule, index) => {
    const taken = [...set, ...twins.filter((twin) => twin !== undefined)];
    const twin = twins[index];
    if (twin === undefined) set.push({ ...rule, id: freshRuleId(taken, rule.id) });
    else if (!set.some(({ id }) => id === twin.id)) set.push(bound(twin, rule));
  });
  return set;
}

/** The same object where nothing has to change. */
function bound(old: Rule, { in: inbound, out }: Rule): Rule {
  if (old.in === inbound && old.out === out) return old;
  return { ...old, ...(inbound === undefined ? {} : { in: inbound }), ...(out === undefined ? {} : { out }) };
}

/** A rule that is bound to an interface which the wanted one does not name lets less through. One that denies is never bound: it would deny less. */
function sameEffect(old: Rule, wanted: Rule): boolean {
  const binds = (own: string | undefined, asked: string | undefined): boolean => own === asked || (own === undefined && wanted.action === "allow");
  return old.enabled !== false && old.action === wanted.action && binds(old.in, wanted.in) && binds(old.out, wanted.out)
    && sameSelectors(old.from, wanted.from) && sameSelectors(old.to, wanted.to) && equalServices(parseServices(old.services), parseServices(wanted.services));
}

function sameSelectors(a: readonly string[] = ["any"], b: readonly string[] = ["any"]): boolean {
  return a.length === b.length && a.every((selector) => b.includes(selector));
}
