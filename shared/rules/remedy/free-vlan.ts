/** VLAN ids and overlay segments that the document does not use yet. */
import { entries, type Topology } from "../../model/topology";
import type { Port } from "../../model/primitives";
import { listVlans, parseVlanList, ALL_VLANS, equalVlans } from "../../model/vlan-set";

/** 110, 120 … 990 first, as people number tenants; then every other id below the ranges that switches reserve (1002 and up). */
const TENANT_ORDER = [...steps(110, 990, 10), ...steps(101, 1001, 1), ...steps(11, 100, 1), ...steps(1101, 3967, 1)];
/** Small round numbers for management. */
const MANAGEMENT_ORDER = [...steps(10, 90, 10), ...steps(11, 99, 1), ...TENANT_ORDER];
/** Far from all others, for native VLANs that carry nothing. */
const UNUSED_ORDER = [999, ...steps(998, 900, -1), ...TENANT_ORDER];

const ORDERS = { tenant: TENANT_ORDER, management: MANAGEMENT_ORDER, native: UNUSED_ORDER } as const;

/** The first VLAN id of the purpose's order that nothing in the document uses; undefined where all 4094 are taken. */
export function freeVlan(topology: Topology, purpose: keyof typeof ORDERS): number | undefined {
  const used = usedVlans(topology);
  return ORDERS[purpose].find((vlan) => !used.has(vlan));
}

/** The first overlay segment number from 5001 on that nothing uses. */
export function freeVni(topology: Topology): number {
  const used = new Set(entries(topology, "portGroups").map(([, group]) => (group.vlan?.mode === "overlay" ? group.vlan.vni : 0)));
  let vni = 5001;
  while (used.has(vni)) vni += 1;
  return vni;
}

/**
 * Every VLAN id that means something somewhere. What a physical port merely allows is not in use; what a guest trunk names is,
 * because its guest would hear it.
 */
function usedVlans(topology: Topology): Set<number> {
  const used = new Set<number>();
  const add = (...vlans: readonly (number | undefined)[]): void => vlans.forEach((vlan) => vlan !== undefined && used.add(vlan));
  const addPort = (port: Port | undefined): void => (port?.mode === "access" ? add(port.vlan) : add(port?.native));
  for (const [, { vlan }] of entries(topology, "portGroups")) {
    if (vlan?.mode === "access") add(vlan.id);
    else if (vlan?.mode === "private") add(vlan.primary, vlan.secondary);
    else if (vlan?.mode === "trunk") add(vlan.native, ...namedVlans(vlan.allowed));
  }
  for (const [, uplink] of entries(topology, "uplinks")) addPort(uplink.port);
  for (const [, trunk] of entries(topology, "trunks")) [trunk.a, trunk.b].forEach((end) => addPort(end.port));
  for (const [, host] of entries(topology, "hosts")) add(host.bmc?.vlan);
  for (const [, { attachedTo }] of entries(topology, "externalNetworks")) if (attachedTo !== undefined && "vlan" in attachedTo) add(attachedTo.vlan);
  for (const [, vm] of entries(topology, "vms")) for (const nic of Object.values(vm.nics ?? {})) add(...(nic.guestVlans ?? []));
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [, forwarder] of entries(topology, collection)) add(...Object.values(forwarder.interfaces ?? {}).map((port) => port.vlan));
  }
  return used;
}

/** The VLANs of an explicit list; `all` names none in particular. */
function namedVlans(list: string | undefined): number[] {
  const set = list === undefined ? undefined : parseVlanList(list);
  return set === undefined || equalVlans(set, ALL_VLANS) ? [] : listVlans(set);
}

function steps(first: number, last: number, step: number): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
