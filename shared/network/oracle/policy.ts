/** What the policy says to one service between two parties, entry by entry. */
import { parseServices } from "../../model/services";
import type { Intent } from "../../model/policy";
import { resolveSelector } from "../../model/members";
import { entries, record, type Topology } from "../../model/topology";

/** VMs but templates, management interfaces, BMCs and external networks, sorted. */
export function partiesOf(topology: Topology): string[] {
  return [
    ...entries(topology, "vms").filter(([, { role }]) => role !== "template").map(([id]) => id),
    ...entries(topology, "managementInterfaces").map(([id]) => id),
    ...entries(topology, "hosts").filter(([, { bmc }]) => bmc !== undefined).map(([id]) => `${id}/bmc`),
    ...entries(topology, "externalNetworks").map(([id]) => id),
  ].sort();
}

export class PolicyReader {
  private readonly entries: readonly { readonly from: ReadonlySet<string> | undefined; readonly to: ReadonlySet<string> | undefined; readonly services: readonly number[] }[];

  constructor(private readonly topology: Topology, today: string) {
    const { allow = [], require = [] } = topology.policy ?? {};
    const members = (list: Intent["from"]): ReadonlySet<string> | undefined => (list === undefined || list.includes("any") ? undefined : new Set(list.flatMap((text) => [...resolveSelector(topology, text)])));
    this.entries = [...allow, ...require].filter(({ until }) => until === undefined || until >= today)
      .map(({ from, to, services }) => ({ from: members(from), to: members(to), services: parseServices(services) }));
  }

  /** `unsaid` where a VM of no tenant may be anybody's. */
  permits(from: string, to: string, service: number): boolean | "unsaid" {
    const byDefault = this.byDefault(from, to);
    if (byDefault === true) return true;
    const entry = this.entries.some((one) => (one.from?.has(from) ?? true) && (one.to?.has(to) ?? true) && one.services.some((low, at) => at % 2 === 0 && low <= service && service <= (one.services[at + 1] ?? low)));
    return entry || byDefault;
  }

  private byDefault(from: string, to: string): boolean | "unsaid" {
    const outside = (id: string): boolean => record(this.topology, "externalNetworks", id) !== undefined;
    if (outside(from) || outside(to)) return false;
    const [sender, receiver] = [record(this.topology, "vms", from), record(this.topology, "vms", to)];
    if (sender === undefined) return true;
    if (receiver === undefined) return false;
    return sender.tenant === undefined || receiver.tenant === undefined ? "unsaid" : sender.tenant === receiver.tenant;
  }
}
