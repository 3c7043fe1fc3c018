/** Cables between switches: uplinks, trunks, and a host's BMC. */
import type { Port } from "../../shared/model/primitives";
import { refuse, type Draft, type Outcome } from "./draft";
import { freeVlan, nameOf, nextName } from "./names";

/** What a switch port is as it comes: a trunk of everything, untagged frames in VLAN 1. Narrowing it is a finding's business. */
const FRESH_TRUNK: Port = { mode: "trunk", allowed: "all", native: 1 };

/** One uplink for every hypervisor of the switch that is not yet plugged into this physical switch. */
export function addUplinks(draft: Draft, virtualSwitch: string, physicalSwitch: string): Outcome {
  const members = draft.get("virtualSwitches", virtualSwitch)?.hypervisors ?? [];
  const existing = draft.entries("uplinks").filter(([, uplink]) => uplink.virtualSwitch === virtualSwitch && uplink.physicalSwitch === physicalSwitch);
  const without = members.filter((id) => !existing.some(([, uplink]) => uplink.hypervisor === id));
  // With every hypervisor plugged in already, one more cable is a second leg of the team.
  const ids = (without.length === 0 ? members : without).map((hypervisor) => {
    const hostNic = takeHostNic(draft, hypervisor);
    const record = { virtualSwitch, hypervisor, physicalSwitch, port: FRESH_TRUNK, ...(hostNic === undefined ? {} : { hostNic }) };
    return draft.add("uplinks", `${hypervisor}-${hostNic ?? "uplink"}`, record);
  });
  if (ids.length === 0) return refuse(`${nameOf(draft.topology, virtualSwitch)} is on no hypervisor`);
  return draft.done(`connect ${nameOf(draft.topology, virtualSwitch)} to ${nameOf(draft.topology, physicalSwitch)}`, ids);
}

/** A NIC of the hypervisor's host that no uplink uses; one is added where all are taken. */
function takeHostNic(draft: Draft, hypervisor: string): string | undefined {
  const host = draft.get("hypervisors", hypervisor)?.host;
  const record = draft.get("hosts", host);
  if (host === undefined || record === undefined) return undefined;
  const used = new Set(draft.entries("uplinks").filter(([, uplink]) => draft.get("hypervisors", uplink.hypervisor)?.host === host).map(([, uplink]) => uplink.hostNic));
  const nics = record.nics ?? {};
  const free = Object.keys(nics).sort().find((nic) => !used.has(nic));
  if (free !== undefined) return free;
  const esxi = draft.get("hypervisors", hypervisor)?.platform === "esxi";
  const added = nextName(Object.keys(nics), esxi ? "vmnic" : "eth", 0);
  draft.set("hosts", host, { nics: { ...nics, [added]: { name: added } } });
  return added;
}

export function addTrunk(draft: Draft, a: string, b: string): Outcome {
  const id = draft.add("trunks", `${a}-${b}`, { a: { switch: a, port: FRESH_TRUNK }, b: { switch: b, port: FRESH_TRUNK } });
  return draft.done(`connect ${nameOf(draft.topology, a)} to ${nameOf(draft.topology, b)}`, [id]);
}

/** Plugs the host's out-of-band controller into a switch, in the VLAN of the other controllers where there are any. */
export function connectBmc(draft: Draft, host: string, physicalSwitch: string): Outcome {
  const others = draft.entries("hosts").flatMap(([, { bmc }]) => (bmc === undefined ? [] : [bmc.vlan]));
  const old = draft.get("hosts", host)?.bmc;
  const vlan = old?.vlan ?? others[0] ?? freeVlan(draft.topology, 10);
  draft.set("hosts", host, { bmc: { ...old, physicalSwitch, vlan } });
  return draft.done(`connect the BMC of ${nameOf(draft.topology, host)} to ${nameOf(draft.topology, physicalSwitch)}`, [`${host}/bmc`]);
}
