/** Routers and firewalls as namespaces: what each forwards, as a ruleset of nftables. */
import { entries, type Topology } from "../../shared/model/topology";
import { filters, type Crossing, type Rulesets, type Settings } from "./rulesets";
import type { Station } from "./stations";

export interface Appliance {
  readonly id: string;
  readonly transparent: boolean;
  readonly ports: readonly Station[];
  /** A ruleset, or nothing where it lets everything pass. */
  readonly rules: string;
}

export function appliances(topology: Topology, stations: readonly Station[], rulesets: Rulesets): Appliance[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).map(([id, box]) => {
    const fallback = collection === "routers" ? "allow" : "deny";
    const settings: Settings = { rules: box.rules ?? [], allows: (box.defaultAction ?? fallback) === "allow", stateful: box.stateful !== false };
    const ports = stations.filter(({ owner }) => owner === id);
    const transparent = box.mode === "transparent";
    return { id, transparent, ports, rules: transparent ? bridged(settings, ports, rulesets) : routed(settings, ports, rulesets) };
  }));
}

function routed(settings: Settings, ports: readonly Station[], rulesets: Rulesets): string {
  if (!filters(settings)) return "";
  const name = (local: string | undefined, side: "iifname" | "oifname"): string | undefined => {
    if (local === undefined) return "";
    const port = ports.find(({ id, owner }) => id === `${owner}/${local}`);
    return port === undefined ? undefined : `${side} "e${port.index}"`;
  };
  const crossing: Crossing = (enter, leave) => {
    const [inside, outside] = [name(enter, "iifname"), name(leave, "oifname")];
    return inside === undefined || outside === undefined ? undefined : `${inside} ${outside}`.trim();
  };
  return table("forward", rulesets.chain(settings, crossing, undefined));
}

/**
 * On a bridge the IP family sees the bridge only, so a chain of the bridge family, which runs before, writes the two ports into the
 * packet's mark. Nothing but IP and ARP passes.
 */
function bridged(settings: Settings, ports: readonly Station[], rulesets: Rulesets): string {
  const pairs = ports.flatMap((a) => ports.filter((b) => b !== a).map((b) => ({ enter: a, leave: b, mark: (a.index << 8) | b.index })));
  const marks = pairs.map(({ enter, leave, mark }) => `iifname "e${enter.index}" oifname "e${leave.index}" meta mark set ${mark}`);
  const crossing: Crossing = (enter, leave) => {
    if (enter === undefined && leave === undefined) return "";
    const fit = pairs.filter((pair) => (enter === undefined || pair.enter.id.endsWith(`/${enter}`)) && (leave === undefined || pair.leave.id.endsWith(`/${leave}`)));
    return fit.length === 0 ? undefined : `meta mark { ${fit.map(({ mark }) => mark).join(", ")} }`;
  };
  const chain = filters(settings) ? table("forward", rulesets.chain(settings, crossing, undefined)) : "";
  return `${bridgeTable([...marks, "ether type { arp, ip } accept", "drop"])}${chain}`;
}

export function table(name: string, lines: readonly string[]): string {
  return `table ip ${name} {\n chain ${name} {\n type filter hook forward priority 0; policy accept;\n${lines.join("\n")}\n }\n}\n`;
}

export function bridgeTable(lines: readonly string[]): string {
  return `table bridge ports {\n chain ports {\n type filter hook forward priority -300; policy accept;\n${lines.join("\n")}\n }\n}\n`;
}
