/** Absent fields besides those of links on which verdicts rest: who owns a VM, which addresses an end has, which VLAN an interface is in. */
import { jsonPath, type PathSegment } from "../model/path";
import { entries, record, type CollectionName, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import type { Gap } from "./gap";
import { uplinksOf } from "./workload";

/** One for every such field that is missing for some pair whose verdict is unknown. */
export function reachGaps(topology: Topology, network: Network): Gap[] {
  const wanted = network.missingFields;
  if (wanted.size === 0) return [];
  return [...absentFields(topology)].flatMap(({ collection, id, path, basis }) => {
    const field = jsonPath(collection, id, ...path);
    return wanted.has(field) ? [{ collection, id, path, setting: { value: undefined, source: "unknown", field, basis }, usedBy: "every verdict over it" }] : [];
  });
}

interface Absent {
  readonly collection: CollectionName;
  readonly id: string;
  readonly path: readonly PathSegment[];
  readonly basis: string;
}

const OWNER = "a VM of no tenant may be anybody's";
const ADDRESS = "a rule would have to know the address";

function* absentFields(topology: Topology): Generator<Absent> {
  for (const [id, { bmc }] of entries(topology, "hosts")) {
    if (bmc !== undefined && bmc.addresses === undefined) yield { collection: "hosts", id, path: ["bmc", "addresses"], basis: ADDRESS };
  }
  for (const [id, { addresses }] of entries(topology, "managementInterfaces")) {
    if (addresses === undefined) yield { collection: "managementInterfaces", id, path: ["addresses"], basis: ADDRESS };
  }
  for (const [id, { vlan }] of entries(topology, "portGroups")) {
    if (vlan?.mode === "private" && vlan.secondary === undefined) yield { collection: "portGroups", id, path: ["vlan", "secondary"], basis: "only the switch's configuration can tell" };
  }
  for (const [id, { tenant, nics = {} }] of entries(topology, "vms")) {
    if (tenant === undefined) yield { collection: "vms", id, path: ["tenant"], basis: OWNER };
    for (const [nic, { addresses }] of Object.entries(nics)) if (addresses === undefined) yield { collection: "vms", id, path: ["nics", nic, "addresses"], basis: ADDRESS };
  }
}

/** Physical switches that do not say whether they know private VLANs, though port groups behind them use some. */
export function awarenessGaps(topology: Topology): Gap[] {
  const behind = new Set(entries(topology, "portGroups").flatMap(([, { vlan, virtualSwitch }]) => (vlan?.mode === "private" ? uplinksOf(topology, virtualSwitch).map(([, { physicalSwitch }]) => physicalSwitch) : [])));
  return [...behind].sort().flatMap((id) => {
    const field = jsonPath("physicalSwitches", id, "privateVlanAware");
    if (record(topology, "physicalSwitches", id)?.privateVlanAware !== undefined) return [];
    return [{ collection: "physicalSwitches", id, path: ["privateVlanAware"], setting: { value: false, source: "default", field, basis: "few switches know private VLANs unless they are set up to" }, usedBy: "NET-006", safe: true }];
  });
}
