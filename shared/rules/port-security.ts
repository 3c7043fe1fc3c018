/** What the rules on promiscuous mode, MAC changes and forged transmits share: who sits behind a port group, and how it is mended. */
import type { Effective } from "../model/defaults";
import type { SecurityAction, SecurityField } from "../model/platform-defaults";
import { record, type Topology } from "../model/topology";
import { candidate } from "./remedy/board";
import { isMonitor, occupantsOf, type Occupant } from "./residents";
import type { FixCandidate } from "./rule";
import { isForwardingAppliance } from "./workload";

/** The VMs of a port group that might abuse its settings: neither a monitor nor a virtual router or firewall, which need them. */
export function suspects(topology: Topology, portGroup: string): readonly Occupant[] {
  return occupantsOf(topology, portGroup).filter(({ id, vm }) => !isMonitor(topology, id) && !isForwardingAppliance(vm));
}

/** The same, but only VMs that run somebody's work: `infrastructure` is the operator's. */
export function tenantSuspects(topology: Topology, portGroup: string): readonly Occupant[] {
  return suspects(topology, portGroup).filter(({ vm }) => vm.role !== "infrastructure");
}

/** `is accept ($.portGroups.x.security.promiscuous)`, or which default is assumed and why. */
export function settingInWords(name: string, setting: Effective<SecurityAction>): string {
  if (setting.source === "set") return `${name} is ${setting.value} (${setting.field})`;
  return `${name} is not set (${setting.field}) and ${setting.value} is assumed: ${setting.basis}`;
}

const TITLES: Readonly<Record<SecurityField, string>> = {
  promiscuous: "promiscuous mode", macChanges: "MAC changes", forgedTransmits: "forged transmits",
};

/** Rejects at the port group; at the whole switch where it inherits; and binds MAC addresses where that is how the platform does it. */
export function rejectCandidates(topology: Topology, portGroup: string, field: SecurityField, setting: Effective<SecurityAction>): FixCandidate[] {
  const own = record(topology, "portGroups", portGroup);
  const virtualSwitch = own?.virtualSwitch ?? "";
  const vswitch = record(topology, "virtualSwitches", virtualSwitch);
  const filters = field !== "promiscuous" && (vswitch?.kind === "linux-bridge" || vswitch?.kind === "open-vswitch");
  // One MAC filter answers both questions on these switches.
  const fields: readonly SecurityField[] = filters ? ["macChanges", "forgedTransmits"] : [field];
  const what = filters ? "Filter source MAC addresses" : `Reject ${TITLES[field]}`;
  const name = own?.name ?? portGroup;
  const atPortGroup = candidate(topology, `${what} on port group ${name}`, (board) => {
    for (const each of fields) board.set(["portGroups", portGroup, "security", each], "reject");
  });
  const inherited = own?.security?.[field] === undefined && setting.field.startsWith("$.virtualSwitches");
  const atSwitch = inherited
    ? candidate(topology, `${what} on every port group of ${vswitch?.name ?? virtualSwitch}`, (board) => {
        for (const each of fields) board.set(["virtualSwitches", virtualSwitch, "security", each], "reject");
      })
    : [];
  const bound = filters
    ? candidate(topology, `Bind MAC and IP addresses to the ports of ${name} (spoof guard)`, (board) => board.set(["portGroups", portGroup, "spoofGuard"], true))
    : [];
  return [...atPortGroup, ...atSwitch, ...bound];
}
