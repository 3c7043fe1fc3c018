/** Selectors: the strings by which a rule or a policy names parties. Ids may hold colons and dots, so only the first colon parts. */
import { parseCidr, type Cidr } from "./address";
import { ID_PATTERN } from "./primitives";

/** A selector in words: everything of a class, the members of one thing, or addresses. */
export type Selector =
  | { readonly kind: "any" | "management" | "bmc" | "workloads" | "externals" }
  | { readonly kind: "tenant" | "vm" | "portgroup" | "hypervisor" | "external"; readonly id: string }
  | { readonly kind: "tag"; readonly name: string }
  | { readonly kind: "cidr"; readonly cidr: Cidr };

/** The collection in which the id of a selector is looked up. */
export const SELECTED_COLLECTION = {
  tenant: "tenants",
  vm: "vms",
  portgroup: "portGroups",
  hypervisor: "hypervisors",
  external: "externalNetworks",
} as const;

/** Every form of a selector, for messages. */
export const SELECTOR_FORMS =
  "any, workloads, management, bmc, external, external:ID, tenant:ID, vm:ID, portgroup:ID, hypervisor:ID, tag:NAME or cidr:10.0.0.0/8";

/** Reads a selector; undefined where it has no legal form. Whether it names anything is another question (`namesNothing`). */
export function parseSelector(text: string): Selector | undefined {
  switch (text) {
    case "any":
    case "management":
    case "bmc":
    case "workloads":
      return { kind: text };
    case "external":
      return { kind: "externals" };
    default:
      return parseQualified(text);
  }
}

function parseQualified(text: string): Selector | undefined {
  const colon = text.indexOf(":");
  const kind = text.slice(0, Math.max(colon, 0));
  const rest = text.slice(colon + 1);
  switch (kind) {
    case "tenant":
    case "vm":
    case "portgroup":
    case "hypervisor":
    case "external":
      return ID_PATTERN.test(rest) ? { kind, id: rest } : undefined;
    case "tag":
      return rest === "" ? undefined : { kind, name: rest };
    case "cidr": {
      const cidr = parseCidr(rest);
      return cidr === undefined ? undefined : { kind, cidr };
    }
    default:
      return undefined;
  }
}
