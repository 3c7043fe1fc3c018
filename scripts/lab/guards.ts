/** Filters at single ports: distributed firewalls before vNICs, and a management interface's own firewall. */
import { entries, record, type Topology } from "../../shared/model/topology";
import { bridgeTable, table } from "./appliances";
import { Members, bare, inBlock } from "./members";
import { byServiceType, filters, type Identity, type Rulesets, type Settings } from "./rulesets";
import type { Station } from "./stations";

export interface Guarding {
  /** The ruleset of the bridge between the vNIC and its port. */
  readonly rules: string;
}

const ANYWHERE = (): string => "";

/** The mark of what goes to the guest. */
export const INBOUND = 1;

/** The filter of each end that has one, by its index. `identity`: how packets at an end are known to be from or to an end itself. */
export function guardsOf(
  topology: Topology, parties: readonly Station[], members: Members, rulesets: Rulesets, identity: (station: Station) => Identity = () => byServiceType(parties),
): Map<number, Guarding> {
  const found = new Map<number, Guarding>();
  // What comes from the switch's side is marked before the other rules see it.
  const marks = (station: Station): string => bridgeTable([`iifname "f${station.index}" meta mark set ${INBOUND}`]);
  const add = (station: Station, rules: string): void => void found.set(station.index, { rules: (found.get(station.index)?.rules ?? marks(station)) + rules });
  for (const [id, firewall] of entries(topology, "distributedFirewalls")) {
    const settings: Settings = { rules: firewall.rules ?? [], allows: (firewall.defaultAction ?? "allow") === "allow", stateful: firewall.stateful !== false };
    if (!filters(settings)) continue;
    const chain = (station: Station): string => table(id.replace(/[^a-z0-9]/g, "_"), rulesets.chain(settings, ANYWHERE, identity(station)));
    for (const station of parties) {
      const vswitch = record(topology, "portGroups", station.portGroup)?.virtualSwitch;
      const inScope = station.kind === "vnic" && !station.passthrough && (firewall.virtualSwitches === undefined || firewall.virtualSwitches.includes(vswitch ?? ""));
      if (inScope && !excluded(firewall.exclude ?? [], station, parties, members)) add(station, chain(station));
    }
  }
  for (const station of parties) {
    const firewall = station.kind === "management" ? record(topology, "managementInterfaces", station.owner)?.firewall : undefined;
    if (firewall === undefined || firewall.enabled === false) continue;
    const { allowedSources: from, ports: services } = firewall;
    const rule = { id: "own", action: "allow" as const, ...(from === undefined ? {} : { from }), ...(services === undefined ? {} : { services }) };
    const inbound = rulesets.chain({ rules: [rule], allows: false, stateful: true }, ANYWHERE, undefined);
    add(station, table("own", [`meta mark != ${INBOUND} accept`, ...inbound]));
  }
  return found;
}

/** On the list itself, or by an address written on it. */
function excluded(list: readonly string[], station: Station, parties: readonly Station[], members: Members): boolean {
  return list.some((selector) => {
    if (selector === "any") return true;
    if (selector.startsWith("cidr:")) return station.addresses.some((address) => inBlock(address, selector.slice(5)));
    const named = members.named(selector, parties);
    if (named.includes(station)) return true;
    if (Members.isIdentity(selector)) return false;
    const theirs = new Set(named.flatMap(({ addresses }) => addresses.map(bare)));
    return station.addresses.some((address) => theirs.has(bare(address)));
  });
}
