/** From a document to what the sandbox builds: namespaces, cables, switches and rulesets. `@` in a name stands for what tells topologies apart. */
import type { Topology } from "../../shared/model/topology";
import { Cabling, HUB } from "./cabling";
import { FILTERS_BRIDGED, forwarding, type BuildOrder, type Namespace } from "./build-order";
import { guardsOf, type Guarding } from "./guards";
import { appliances, type Appliance } from "./appliances";
import { teamsOf } from "./air";
import { Members } from "./members";
import { Rulesets } from "./rulesets";
import { Stations, vlansOf, type Station } from "./stations";

export interface Plan {
  readonly topology: Topology;
  readonly stations: readonly Station[];
  /** Switch instances with several uplinks. */
  readonly teams: ReadonlySet<string>;
  readonly appliances: readonly Appliance[];
  readonly members: Members;
  readonly rulesets: Rulesets;
  readonly guards: ReadonlyMap<number, Guarding>;
  /** Namespace of each party, router and firewall. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly order: BuildOrder;
}

export function planFor(topology: Topology): Plan {
  const vlans = vlansOf(topology);
  const stations = new Stations(topology, vlans).list();
  const members = new Members(topology);
  const parties = stations.filter(({ kind }) => kind !== "interface");
  const rulesets = new Rulesets(members, parties);
  const boxes = appliances(topology, stations, rulesets);
  const guards = guardsOf(topology, parties, members, rulesets);
  const nodes = new Map([...new Set(stations.map(({ owner }) => owner))].map((owner, at) => [owner, `n${at}`]));
  const cabling = new Cabling(topology, vlans, nodes);
  for (const station of stations) cabling.plug(station, guards.has(station.index));
  cabling.canary();
  const order: BuildOrder = {
    ...cabling.order(),
    namespaces: [...nodeNamespaces(nodes, stations, boxes), ...guardNamespaces(guards), ...cabling.namespaces()],
    stations: stations.map((station) => ({ index: station.index, namespace: nodes.get(station.owner) ?? "", device: deviceOf(station), mac: macOf(station) })),
    filters: [...boxes.filter(({ rules }) => rules !== "").map(({ id }) => nodes.get(id) ?? ""), ...[...guards.keys()].map((index) => `b${index}`)],
    tags: [0, ...vlans],
  };
  return { topology, stations, teams: teamsOf(topology), appliances: boxes, members, rulesets, guards, nodes, order };
}

export function deviceOf({ index }: Pick<Station, "index">): string {
  return `e${index}`;
}

export function macOf({ index }: Pick<Station, "index">): string {
  return `02:00:00:00:00:${index.toString(16).padStart(2, "0")}`;
}

function nodeNamespaces(nodes: Plan["nodes"], stations: readonly Station[], boxes: readonly Appliance[]): Namespace[] {
  return [...nodes].map(([owner, name]) => {
    const own = stations.filter((station) => station.owner === owner).map(deviceOf);
    const box = boxes.find(({ id }) => id === owner);
    const bridged = box?.transparent === true;
    return {
      name,
      settings: box === undefined ? {} : forwarding(own),
      commands: bridged ? [`link add name hub type bridge ${HUB}`, ...own.map((device) => `link set dev ${device} master hub`)] : [],
      devices: bridged ? [...own, "hub"] : own,
      rules: box?.rules ?? "",
    };
  });
}

/** A filter between a vNIC and its port: a bridge of two ports in a namespace of its own. */
function guardNamespaces(guards: ReadonlyMap<number, Guarding>): Namespace[] {
  return [...guards].map(([index, { rules }]) => ({
    name: `b${index}`,
    settings: { "netfilter/nf_conntrack_checksum": "0", ...FILTERS_BRIDGED },
    commands: [`link add name hub type bridge ${HUB}`, `link set dev f${index} master hub`, `link set dev g${index} master hub`],
    devices: [`f${index}`, `g${index}`, "hub"],
    rules,
  }));
}
