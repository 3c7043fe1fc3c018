import type { Rule } from "../../model/kinds/forwarder";
import { attribute, childrenOf, type XmlElement } from "../xml";
import type { Inventory, PortGroupShape } from "./inventory";
import { readRule, type RuleContext } from "./nwfilter-rule";

/** Filters that libvirt ships and that bear on spoofing; the others it ships only complete them. */
const SHIPPED = new Set([
  "clean-traffic", "clean-traffic-gateway", "no-mac-spoofing", "no-ip-spoofing", "no-ipv6-spoofing", "no-arp-spoofing", "no-arp-mac-spoofing", "no-arp-ip-spoofing",
  "no-mac-broadcast", "no-ip-multicast", "no-ipv6-multicast", "no-other-l2-traffic", "no-other-rarp-traffic", "qemu-announce-self", "qemu-announce-self-rarp",
  "allow-arp", "allow-dhcp", "allow-dhcp-server", "allow-dhcpv6", "allow-dhcpv6-server", "allow-ipv4", "allow-ipv6", "allow-incoming-ipv4", "allow-incoming-ipv6",
]);

interface Definition {
  readonly file: string;
  readonly element: XmlElement;
}

/** The nwfilters of the sources, and which port groups each is on. */
export class FilterSet {
  readonly #definitions = new Map<string, Definition>();
  readonly #attached = new Map<string, { switches: Set<string>; portGroups: Set<string> }>();

  constructor(found: readonly Definition[], readonly inventory: Inventory) {
    for (const definition of found) {
      const name = attribute(definition.element, "name") ?? "filter";
      inventory.tally.mapped("filter@name");
      if (this.#definitions.has(name)) inventory.tally.notUnderstood(definition.file, definition.element.line, `a second filter named ${name}; the first is used`);
      else this.#definitions.set(name, definition);
    }
  }

  /** What a nic's filter means for its port. `name` is there where the filter has rules of its own, and the port group is then its own. */
  use(name: string | undefined, file: string, line: number): { readonly name?: string; readonly shape: PortGroupShape } {
    if (name === undefined) return { shape: {} };
    const closure = this.#closure(name);
    for (const missing of closure.filter((each) => !this.#definitions.has(each) && !SHIPPED.has(each))) {
      this.inventory.tally.notUnderstood(file, line, `filter ${missing} is in none of the sources`);
    }
    this.inventory.tally.mapped("domain/devices/interface/filterref");
    const has = (...names: string[]): boolean => names.every((each) => closure.includes(each));
    const shape: PortGroupShape = has("clean-traffic") || has("clean-traffic-gateway") || has("no-mac-spoofing", "no-ip-spoofing")
      ? { spoofGuard: true }
      : has("no-mac-spoofing") ? { security: { macChanges: "reject", forgedTransmits: "reject" } } : {};
    const own = closure.some((each) => this.#definitions.has(each) && !SHIPPED.has(each));
    return own ? { name, shape: { ...shape, tags: [`nwfilter ${name}`] } } : { shape };
  }

  /** Remembers where a filter is enforced. */
  attach(name: string, switchId: string, portGroup: string): void {
    const attached = this.#attached.get(name) ?? { switches: new Set<string>(), portGroups: new Set<string>() };
    attached.switches.add(switchId);
    attached.portGroups.add(portGroup);
    this.#attached.set(name, attached);
  }

  /** Writes each attached filter as a distributed firewall over its port groups. libvirt accepts what no rule decides. */
  emit(): void {
    for (const [name, { switches, portGroups }] of [...this.#attached].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const rules = this.#rules(name, [...portGroups].map((id) => `portgroup:${id}`));
      if (rules.length === 0) continue;
      this.inventory.addFilter(this.inventory.freshId(`nwfilter-${name}`), {
        name: `nwfilter ${name}`, virtualSwitches: [...switches], stateful: true, rules, defaultAction: "allow",
      });
    }
    for (const [name, { file, element }] of this.#definitions) {
      if (this.#attached.has(name) || this.#isReferenced(name)) continue;
      this.inventory.tally.notUnderstood(file, element.line, `filter ${name} is on no interface of the sources`);
    }
  }

  #isReferenced(name: string): boolean {
    return [...this.#attached.keys()].some((attached) => this.#closure(attached).includes(name));
  }

  /** The filter and all it refers to, cycles cut. */
  #closure(name: string): string[] {
    const seen = new Set<string>();
    const waiting = [name];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      for (const reference of childrenOf(this.#definitions.get(next)?.element, "filterref")) waiting.push(attribute(reference, "filter") ?? "");
    }
    seen.delete("");
    return [...seen];
  }

  /** Rules by priority (−1000 to 1000, default 500), lower first; equal ones as written. */
  #rules(name: string, parties: readonly string[]): Rule[] {
    const found = this.#closure(name).flatMap((each) => {
      const definition = this.#definitions.get(each);
      return childrenOf(definition?.element, "rule").map((element) => ({ element, file: definition?.file ?? "", priority: Number(attribute(element, "priority") ?? 500) }));
    });
    found.sort((a, b) => a.priority - b.priority);
    const context: RuleContext = { parties, tally: this.inventory.tally };
    const rules = found.flatMap(({ element, file }) => readRule(element, file, context));
    return rules.map((rule, index) => ({ id: `rule-${index + 1}`, ...rule }));
  }
}
