/**
 * Layer 2 of a generated document as a plain graph, read from the document by itself: vertices are (switch instance, VLAN), edges are where a
 * frame passes both ways. Knows what generated documents have, tagged VLANs on trunks and access port groups, and throws on anything else.
 */
import type { Port } from "../shared/model/primitives";
import type { Topology } from "../shared/model/topology";
import { intersectVlans, listVlans, parseVlanList, type VlanSet } from "../shared/model/vlan-set";

export interface Layer2Graph {
  /** By id of the end, its vertex. */
  readonly ends: ReadonlyMap<string, number>;
  /** Two vertices for each edge. */
  readonly edges: readonly number[];
}

export function layer2Graph(topology: Topology): Layer2Graph {
  const { trunks = {}, uplinks = {} } = topology;
  const vertices = new Vertices();
  const ends = placeEnds(topology, vertices);
  const used = vertices.vlans;
  const edges: number[] = [];
  const join = (a: string, b: string, vlans: VlanSet): void => {
    for (const vlan of listVlans(vlans)) if (used.has(vlan)) edges.push(vertices.at(a, vlan), vertices.at(b, vlan));
  };
  for (const { a, b } of Object.values(trunks)) join(a.switch, b.switch, intersectVlans(tagged(a.port), tagged(b.port)));
  // The virtual switch takes every tag.
  for (const { virtualSwitch, hypervisor, physicalSwitch, port } of Object.values(uplinks)) join(instance(virtualSwitch, hypervisor), physicalSwitch, tagged(port));
  return { ends, edges };
}

class Vertices {
  readonly vlans = new Set<number>();
  private readonly known = new Map<string, number>();

  at(instanceName: string, vlan: number): number {
    const key = `${instanceName} ${vlan}`;
    let vertex = this.known.get(key);
    if (vertex === undefined) this.known.set(key, (vertex = this.known.size));
    return vertex;
  }

  /** The vertex of an end. */
  plug(instanceName: string, vlan: number | undefined): number {
    if (vlan === undefined) throw new Error("an end without a VLAN");
    this.vlans.add(vlan);
    return this.at(instanceName, vlan);
  }
}

function placeEnds(topology: Topology, vertices: Vertices): Map<string, number> {
  const { vms = {}, managementInterfaces = {}, firewalls = {}, externalNetworks = {} } = topology;
  const ends = new Map<string, number>();
  const virtual = (id: string, portGroup: string | undefined, hypervisor: string): void => {
    const group = topology.portGroups?.[portGroup ?? ""];
    if (group?.vlan?.mode !== "access") throw new Error(`${id}: not in a port group with one VLAN`);
    ends.set(id, vertices.plug(instance(group.virtualSwitch, hypervisor), group.vlan.id));
  };
  for (const [id, { nics = {}, hypervisor }] of Object.entries(vms)) {
    for (const [local, { portGroup }] of Object.entries(nics)) virtual(`${id}/${local}`, portGroup, hypervisor);
  }
  for (const [id, { portGroup, hypervisor }] of Object.entries(managementInterfaces)) virtual(id, portGroup, hypervisor);
  for (const [id, { interfaces = {} }] of Object.entries(firewalls)) {
    for (const [local, { physicalSwitch = "", vlan }] of Object.entries(interfaces)) ends.set(`${id}/${local}`, vertices.plug(physicalSwitch, vlan));
  }
  for (const [id, { attachedTo }] of Object.entries(externalNetworks)) {
    if (attachedTo === undefined || !("physicalSwitch" in attachedTo)) throw new Error(`${id}: not at a physical switch`);
    ends.set(id, vertices.plug(attachedTo.physicalSwitch, attachedTo.vlan));
  }
  return ends;
}

/** A switch has a forwarding table on each hypervisor. */
function instance(virtualSwitch: string, hypervisor: string): string {
  return `${virtualSwitch}@${hypervisor}`;
}

function tagged(port: Port | undefined): VlanSet {
  const vlans = port?.mode === "trunk" ? parseVlanList(port.allowed ?? "") : undefined;
  if (vlans === undefined) throw new Error("not a trunk with a list of VLANs");
  return vlans;
}
