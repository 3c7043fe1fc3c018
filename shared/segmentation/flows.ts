/** The flows that the policy names today, as rules are made of them. */
import type { Rule } from "../model/kinds/forwarder";
import type { Intent } from "../model/policy";
import { resolveSelector } from "../model/members";
import { coversServices, parseServices, type ServiceSet } from "../model/services";
import type { Topology } from "../model/topology";
import { currentIntents } from "../rules/intents";
import { nameFor } from "../rules/remedy/connect";

export interface Flow {
  readonly intent: Intent;
  readonly from: Parties;
  readonly to: Parties;
  readonly services: ServiceSet;
}

/** Who a list of selectors stands for. */
export interface Parties {
  readonly selectors: readonly string[];
  readonly ids: ReadonlySet<string>;
  /** Some selector is `any`, or a block of addresses in which nobody is drawn: they may be anywhere. */
  readonly beyond: boolean;
  /** Every selector names things; none is `any` or a block of addresses, which may also stand for what nobody drew. */
  readonly named: boolean;
}

/** The required flows, then the allowed ones, without those that another one covers: they would be rules that decide nothing. */
export function flowsOf(topology: Topology, today: string): Flow[] {
  const flows = currentIntents(topology, today).map((intent): Flow => ({
    intent, from: partiesOf(topology, intent.from), to: partiesOf(topology, intent.to), services: parseServices(intent.services),
  }));
  return flows.filter((flow, index) => !flows.some((other, at) => at !== index && covers(other, flow) && (at < index || !covers(flow, other))));
}

/** `undefined` is any, as in rules. */
export function partiesOf(topology: Topology, selectors: readonly string[] = ["any"]): Parties {
  return {
    selectors,
    ids: new Set(selectors.flatMap((selector) => [...resolveSelector(topology, selector)])),
    beyond: selectors.some((selector) => selector === "any" || (selector.startsWith("cidr:") && resolveSelector(topology, selector).size === 0)),
    named: selectors.every((selector) => selector !== "any" && !selector.startsWith("cidr:")),
  };
}

function covers(wide: Flow, narrow: Flow): boolean {
  return coversServices(wide.services, narrow.services) && holds(wide.from, narrow.from) && holds(wide.to, narrow.to);
}

/** Whether every party of the one is in the other; a block of addresses only where it is named there too. */
function holds(wide: Parties, narrow: Parties): boolean {
  if (wide.selectors.includes("any")) return true;
  if (narrow.selectors.every((selector) => wide.selectors.includes(selector))) return true;
  return narrow.named && [...narrow.ids].every((id) => wide.ids.has(id));
}

/** The rule of a policy entry: named after it, with its selectors and services as they are written there. */
export function ruleFor(intent: Intent, place: Pick<Rule, "in" | "out"> = {}): Rule {
  const { id, from, to, services, reason, until } = intent;
  const description = [...(reason === undefined ? [] : [reason]), ...(until === undefined ? [] : [`until ${until}`])].join("; ");
  return {
    id: `allow-${id}`, name: nameFor(intent), ...(description === "" ? {} : { description }), action: "allow",
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(services === undefined ? {} : { services }), ...place, log: true,
  };
}
