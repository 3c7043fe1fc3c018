/** A rule of one's own as the engine knows rules: the same as those of the catalogue. */
import type { Finding } from "../../analysis/result";
import { collectionSchemas, record, type CollectionName, type Topology } from "../../model/topology";
import { byHand, counted, listed } from "../phrase";
import type { Draft, IsolationRule } from "../rule";
import { isCollectionFitting } from "./check-fields";
import { judge } from "./condition";
import { conditionText } from "./condition-text";
import { collectionsOf, elementsOf, type Element } from "./elements";
import type { Judgement } from "./judgement";
import { Reachability } from "./reach";
import type { CustomRule } from "./schema";

/** @param source the file that it is from, for the catalogue */
export function toIsolationRule(rule: CustomRule, source: string): IsolationRule {
  const { id, title, severity, select, when, text, fix, references = [] } = rule;
  const fitting = new Set<CollectionName>(collectionsOf(select).filter((collection) => isCollectionFitting(collection, when)));
  return {
    id, title, severity, references, threat: text,
    condition: `Of ${select.join(", ")}: ${conditionText(when)}. Identified by the element; one finding, unknown, for those of which absent fields leave it open.`,
    fix: fix ?? "The rule does not say.",
    commands: [],
    caveats: `A rule of this organisation's, from ${source}.`,
    root: () => "",
    check({ topology, network }) {
      const reach = new Reachability(topology, network);
      const judged = elementsOf(topology, select).filter(({ collection }) => fitting.has(collection)).map((element) => ({ element, judgement: judge({ topology, reach, element }, when) }));
      const open = judged.filter(({ judgement }) => judgement.is === "unknown");
      return [...judged.filter(({ judgement }) => judgement.is === "yes").map(({ element, judgement }) => fired(topology, rule, element, judgement)), ...unknown(rule, open)];
    },
  };
}

function fired(topology: Topology, rule: CustomRule, element: Element, { because, services, path }: Judgement): Draft {
  return {
    key: element.id,
    title: `${rule.title}: ${nameOf(topology, element)}`,
    subjects: [element.id],
    detail: `${capital(because.join("; "))}. ${rule.text}${remedy(rule)}`,
    ...(services === undefined ? {} : { services }),
    ...(path === undefined ? {} : { path }),
  };
}

/** One finding for all, as one that a default is assumed is. */
function unknown(rule: CustomRule, open: readonly { readonly element: Element; readonly judgement: Judgement }[]): Draft[] {
  if (open.length === 0) return [];
  const missing = [...new Set(open.flatMap(({ judgement }) => judgement.missing))];
  const severity: Finding["severity"] = rule.ifUnknown ?? "info";
  return [{
    key: "unknown",
    severity,
    title: `${rule.title}: unknown of ${counted(open.length, "element")}`,
    subjects: open.map(({ element }) => element.id),
    detail: `Whether it is so of ${listed(open.map(({ element }) => element.id))} rests on fields that the document does not have: ${listed(missing)}. ${rule.text}${byHand("only the owner knows what is configured")}`,
  }];
}

function remedy({ id, fix }: CustomRule): string {
  return byHand(fix === undefined ? `${id} is a rule of this organisation's and says no remedy` : `${id} says: ${fix.replace(/\.$/, "")}`);
}

function nameOf(topology: Topology, { collection, id, record: own }: Element): string {
  const found = record(topology, collection, own);
  return found !== undefined && "name" in collectionSchemas[collection].shape && typeof found.name === "string" ? found.name : id;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
