/** From the document to what is drawn as cables: which ends, what they carry; without geometry. */
import { entries, record, type Topology } from "../model/topology";
import type { Forwarder } from "../model/kinds/forwarder";
import type { CableKind } from "./elements";
import { portCarries, portGroupCarries, single, type Carried } from "./words";

export interface Wire extends Carried {
  readonly id: string;
  readonly kind: CableKind;
  readonly entity: string;
  readonly source: string;
  readonly target: string;
  /** The hypervisor under which an uplink of a distributed switch leaves its lane. */
  readonly below?: string;
  /** The label says more than the node at its end: drawn always. */
  readonly telling: boolean;
  readonly disconnected: boolean;
}

type Extra = Partial<Pick<Wire, "below" | "telling" | "disconnected">>;
const NOTHING: Carried = { label: "", vlans: [] };

function wire(kind: CableKind, id: string, entity: string, source: string, target: string, carried: Carried, extra: Extra = {}): Wire {
  return { id, kind, entity, source, target, telling: false, disconnected: false, ...carried, ...extra };
}

/** Every cable whose two ends exist, kind by kind, sorted by id within each kind. */
export function draftWires(topology: Topology, exists: (id: string) => boolean): Wire[] {
  return [
    ...guestWires(topology),
    ...entries(topology, "managementInterfaces").map(([id, own]) =>
      wire("managementInterface", `${id}>${own.portGroup}`, id, id, own.portGroup, groupCarries(topology, own.portGroup))),
    ...entries(topology, "portGroups").map(([id, group]) => wire("portGroup", `${id}>${group.virtualSwitch}`, id, id, group.virtualSwitch, groupCarries(topology, id))),
    ...entries(topology, "uplinks").map(([id, uplink]) =>
      wire("uplink", id, id, uplink.virtualSwitch, uplink.physicalSwitch, portCarries(uplink.port), { below: uplink.hypervisor, telling: true })),
    ...entries(topology, "trunks").map(([id, trunk]) => wire("trunk", id, id, trunk.a.switch, trunk.b.switch, trunkCarries(trunk), { telling: true })),
    ...entries(topology, "firewalls").flatMap(([id, firewall]) => interfaceWires(topology, id, firewall)),
    ...entries(topology, "routers").flatMap(([id, router]) => interfaceWires(topology, id, router)),
    ...externalWires(topology),
    ...entries(topology, "hosts").flatMap(([id, { bmc }]) =>
      bmc === undefined ? [] : [wire("bmc", `${id}/bmc>${bmc.physicalSwitch}`, id, `${id}/bmc`, bmc.physicalSwitch, single(bmc.vlan))]),
    ...entries(topology, "datastores").flatMap(([id, store]) =>
      [...new Set(store.hypervisors)].sort().map((hypervisor) => wire("datastore", `${id}>${hypervisor}`, id, id, hypervisor, NOTHING))),
    ...entries(topology, "distributedFirewalls").flatMap(([id, firewall]) =>
      [...new Set(firewall.virtualSwitches)].sort().map((target) => wire("distributedFirewall", `${id}>${target}`, id, id, target, NOTHING))),
  ].filter((candidate) => exists(candidate.source) && exists(candidate.target) && candidate.source !== candidate.target);
}

function groupCarries(topology: Topology, id: string | undefined): Carried {
  const group = record(topology, "portGroups", id);
  return group === undefined ? NOTHING : portGroupCarries(group, record(topology, "virtualSwitches", group.virtualSwitch));
}

/** One cable per vNIC. Its label is shown where the guest gets more than the port group's name says. */
function guestWires(topology: Topology): Wire[] {
  const wires: Wire[] = [];
  for (const [id, vm] of entries(topology, "vms")) {
    for (const nic of Object.keys(vm.nics ?? {}).sort()) {
      const vnic = vm.nics?.[nic];
      if (vnic?.portGroup === undefined) continue;
      const carried = groupCarries(topology, vnic.portGroup);
      const passthrough = vnic.passthrough === undefined || vnic.passthrough === "none" ? undefined : vnic.passthrough === "sriov" ? "SR-IOV" : "passthrough";
      const label = [carried.label, passthrough, vnic.connected === false ? "disconnected" : undefined].filter((part) => part !== undefined).join(" · ");
      wires.push(wire("nic", `${id}/${nic}`, id, id, vnic.portGroup, { label, vlans: carried.vlans }, { telling: passthrough !== undefined, disconnected: vnic.connected === false }));
    }
  }
  return wires;
}

function interfaceWires(topology: Topology, id: string, forwarder: Forwarder): Wire[] {
  return Object.keys(forwarder.interfaces ?? {}).sort().flatMap((local) => {
    const port = forwarder.interfaces?.[local];
    const physical = port?.physicalSwitch !== undefined && port.vlan !== undefined ? single(port.vlan) : NOTHING;
    const target = port?.portGroup ?? port?.physicalSwitch;
    if (target === undefined) return [];
    const carried = port?.portGroup === undefined ? physical : groupCarries(topology, port.portGroup);
    return [wire("interface", `${id}/${local}`, id, id, target, carried, { telling: port?.portGroup === undefined })];
  });
}

/** Both ends' ports where they differ, one where they agree. */
function trunkCarries(trunk: { readonly a: { readonly port?: Parameters<typeof portCarries>[0] }; readonly b: { readonly port?: Parameters<typeof portCarries>[0] } }): Carried {
  const a = portCarries(trunk.a.port), b = portCarries(trunk.b.port);
  return a.label === b.label ? a : { label: `${a.label} ↔ ${b.label.replace(/^trunk /, "")}`, vlans: a.vlans };
}

function externalWires(topology: Topology): Wire[] {
  return entries(topology, "externalNetworks").flatMap(([id, { attachedTo }]) => {
    if (attachedTo === undefined) return [];
    return "portGroup" in attachedTo
      ? [wire("external", `${id}>${attachedTo.portGroup}`, id, id, attachedTo.portGroup, groupCarries(topology, attachedTo.portGroup))]
      : [wire("external", `${id}>${attachedTo.physicalSwitch}`, id, id, attachedTo.physicalSwitch, single(attachedTo.vlan))];
  });
}
