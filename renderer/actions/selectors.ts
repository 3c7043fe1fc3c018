/** What can be written where a rule or a policy names parties. */
import { inNaturalOrder } from "../../shared/model/natural-order";
import { entries, type CollectionName, type Topology } from "../../shared/model/topology";

export interface Candidate {
  readonly id: string;
  readonly name: string;
}

/** The selectors that name something in the document, for suggestions. */
export function selectorCandidates(topology: Topology): readonly Candidate[] {
  const of = (collection: CollectionName, prefix: string): Candidate[] => inNaturalOrder(entries(topology, collection).map(([id, value]) => ({ id: `${prefix}:${id}`, name: value.name ?? id })), ({ name }) => name);
  const words = ["any", "workloads", "management", "bmc", "external"].map((id) => ({ id, name: "" }));
  const tags = inNaturalOrder([...new Set(entries(topology, "vms").flatMap(([, vm]) => vm.tags ?? []))], (tag) => tag).map((tag) => ({ id: `tag:${tag}`, name: "" }));
  return [...words, ...of("tenants", "tenant"), ...of("externalNetworks", "external"), ...of("hypervisors", "hypervisor"), ...tags, ...of("portGroups", "portgroup"), ...of("vms", "vm")];
}

/** `tenant:a, tag:b,c` has two items: a tag may hold a comma, and `c` alone is nothing. */
export function splitList(text: string, isOne: (text: string) => boolean): string[] {
  const items: string[] = [];
  for (const part of text.split(",")) {
    const last = items.at(-1);
    if (last?.startsWith("tag:") === true && part.trim() !== "" && !isOne(part.trim())) items[items.length - 1] = `${last},${part}`;
    else if (part.trim() !== "") items.push(part.trim());
  }
  return items;
}
