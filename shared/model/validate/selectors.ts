/** Whether a selector has a legal form and names something. An empty group is something. */
import { parseSelector, SELECTED_COLLECTION, SELECTOR_FORMS } from "../selector";
import { eachLoose, hasId, type LooseTopology } from "./loose";

export interface SelectorFault {
  readonly message: string;
  readonly expected: string;
}

/** The records whose tags `tag:NAME` looks at: what stands for parties. */
const BEARERS = ["vms", "managementInterfaces", "externalNetworks", "portGroups", "tenants", "hypervisors", "hosts"] as const;

const FLAWLESS: SelectorFault = { message: "", expected: "" };

/** Remembers its answers: documents repeat a few selectors in many rules. */
export class SelectorCheck {
  private readonly known = new Map<string, SelectorFault>();
  private tags: Set<string> | undefined;

  constructor(private readonly topology: LooseTopology) {}

  /** What is wrong with a selector; undefined where nothing is. */
  fault(text: string): SelectorFault | undefined {
    let fault = this.known.get(text);
    if (fault === undefined) this.known.set(text, (fault = this.judge(text) ?? FLAWLESS));
    return fault === FLAWLESS ? undefined : fault;
  }

  private judge(text: string): SelectorFault | undefined {
    const selector = parseSelector(text);
    if (selector === undefined) return { message: "not a selector", expected: SELECTOR_FORMS };
    switch (selector.kind) {
      case "tenant":
      case "vm":
      case "portgroup":
      case "hypervisor":
      case "external": {
        const collection = SELECTED_COLLECTION[selector.kind];
        if (hasId(this.topology, collection, selector.id)) return undefined;
        return { message: `names nothing in $.${collection}`, expected: `${selector.kind}: and the id of one of $.${collection}` };
      }
      case "tag":
        if (this.allTags().has(selector.name)) return undefined;
        return { message: "names a tag that nothing carries", expected: "a tag of a VM, management interface, external network, port group, tenant, hypervisor or host" };
      default:
        return undefined;
    }
  }

  private allTags(): Set<string> {
    if (this.tags === undefined) {
      const found = (this.tags = new Set<string>());
      for (const collection of BEARERS) {
        eachLoose(this.topology, collection, (_, { tags }) => tags?.forEach((tag) => tag !== undefined && found.add(tag)));
      }
    }
    return this.tags;
  }
}
