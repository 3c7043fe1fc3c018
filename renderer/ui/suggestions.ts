/** What traces and attacks can start from and lead to: parties by id, groups of them as selectors. Pure. */
import { locate } from "../../shared/model/ids";
import { inNaturalOrder } from "../../shared/model/natural-order";
import { entries, type Topology } from "../../shared/model/topology";

export interface Suggestion {
  /** What is asked with, and what stands in the field: `a-web`, `host-1/bmc`, `tenant:a`. */
  readonly value: string;
  readonly name: string;
  /** "VM", "Tenant" … */
  readonly kind: string;
}

/** Parties first, then groups, then classes; classes and tags without members are left out. */
export function suggestionsOf(topology: Topology): readonly Suggestion[] {
  const ends = parties(topology);
  return [...ends, ...groups(topology), ...classes(ends)];
}

const byName = (suggestions: readonly Suggestion[]): Suggestion[] => inNaturalOrder(suggestions, ({ name }) => name);

/** What packets come from and go to. */
export function parties(topology: Topology): Suggestion[] {
  return [
    ...byName(machines(topology).map(([id, vm]) => ({ value: id, name: vm.name ?? id, kind: "VM" }))),
    ...byName(entries(topology, "managementInterfaces").map(([id]) => ({ value: id, name: id, kind: "Management" }))),
    ...byName(entries(topology, "hosts").filter(([, { bmc }]) => bmc !== undefined).map(([id, host]) => ({ value: `${id}/bmc`, name: `BMC of ${host.name ?? id}`, kind: "BMC" }))),
    ...byName(entries(topology, "externalNetworks").map(([id, network]) => ({ value: id, name: network.name ?? id, kind: "External" }))),
  ];
}

function groups(topology: Topology): Suggestion[] {
  const tags = new Set(machines(topology).flatMap(([, vm]) => vm.tags ?? []));
  return [
    ...byName(entries(topology, "tenants").map(([id, tenant]) => ({ value: `tenant:${id}`, name: tenant.name, kind: "Tenant" }))),
    ...byName(entries(topology, "portGroups").map(([id, group]) => ({ value: `portgroup:${id}`, name: group.name ?? id, kind: "Port group" }))),
    ...byName(entries(topology, "hypervisors").map(([id, hypervisor]) => ({ value: `hypervisor:${id}`, name: hypervisor.name ?? id, kind: "Hypervisor" }))),
    ...byName([...tags].map((tag) => ({ value: `tag:${tag}`, name: tag, kind: "Tag" }))),
  ];
}

function machines(topology: Topology) {
  return entries(topology, "vms").filter(([, { role }]) => role !== "template");
}

/** Asked of what there is, not of the selector: that would be felt in a large document. */
function classes(of: readonly Suggestion[]): Suggestion[] {
  const has = (kind: string): boolean => of.some((each) => each.kind === kind);
  const classOf = (value: string, name: string, isThere: boolean): Suggestion[] => (isThere ? [{ value, name, kind: "Class" }] : []);
  return [
    ...classOf("management", "Every management interface", has("Management")), ...classOf("bmc", "Every BMC", has("BMC")), ...classOf("workloads", "Every VM", has("VM")),
    ...classOf("external", "Every external network", has("External")), ...classOf("any", "Everything", of.length > 0),
  ];
}

/** Suggestions that hold every word of the text, those that begin with it first; at most `most`. */
export function filterSuggestions(all: readonly Suggestion[], text: string, most: number): readonly Suggestion[] {
  const query = text.trim().toLowerCase();
  const words = query.split(/\s+/).filter((word) => word !== "");
  const found = words.length === 0 ? all : all.filter((each) => {
    const of = `${each.value} ${each.name} ${each.kind}`.toLowerCase();
    return words.every((word) => of.includes(word));
  });
  const rank = ({ value, name }: Suggestion): number => (value.toLowerCase() === query ? 0 : value.toLowerCase().startsWith(query) || name.toLowerCase().startsWith(query) ? 1 : 2);
  return query === "" ? found.slice(0, most) : found.map((each) => ({ each, rank: rank(each) })).sort((a, b) => a.rank - b.rank).slice(0, most).map(({ each }) => each);
}

/** How a question names what was selected: a vNIC by its VM, a port group by its members. A text that is no id stays; a thing that neither sends nor receives gives "". */
export function partyName(topology: Topology, text: string): string {
  const place = locate(topology, text);
  // A cable that is no thing of its own is named after both its ends, `internet>tor-1`: the first one is meant.
  if (place === undefined) return text.includes(">") ? partyName(topology, text.slice(0, text.indexOf(">"))) : text;
  switch (place.collection) {
    case "vms":
    case "managementInterfaces":
    case "externalNetworks": return place.id;
    case "tenants": return `tenant:${place.id}`;
    case "portGroups": return `portgroup:${place.id}`;
    case "hypervisors": return `hypervisor:${place.id}`;
    case "hosts": return place.local === "bmc" ? `${place.id}/bmc` : "";
    default: return "";
  }
}
