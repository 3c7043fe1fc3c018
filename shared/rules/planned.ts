/** What carries the tag `planned` is drawn ahead of its time: a rule that is prepared for it is no fault. */
import { resolveSelector } from "../model/members";
import { parseSelector, SELECTED_COLLECTION } from "../model/selector";
import { record, type Topology } from "../model/topology";

const PLANNED = "planned";

/** Whether the list names something planned: by the tag, by a record that has it, or by members who all have it. */
export function namesPlanned(topology: Topology, selectors: readonly string[] = []): boolean {
  return selectors.some((text) => {
    const selector = parseSelector(text);
    if (selector?.kind === "tag") return selector.name === PLANNED;
    if (selector === undefined || !("id" in selector)) return false;
    if (isPlanned(record(topology, SELECTED_COLLECTION[selector.kind], selector.id))) return true;
    const members = [...resolveSelector(topology, text)];
    return members.length > 0 && members.every((id) => isPlanned(record(topology, "vms", id)));
  });
}

function isPlanned(element: { readonly tags?: readonly string[] | undefined } | undefined): boolean {
  return element?.tags?.includes(PLANNED) === true;
}
