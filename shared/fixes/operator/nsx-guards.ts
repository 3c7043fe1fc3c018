/** Address, DHCP and router-advertisement guards of ESXi: profiles of the NSX segment. A port group without NSX has none. Syntax: NSX-T Data Center REST API. */
import { record } from "../../model/topology";
import { blank, changed, type Change, type OperatorCommand } from "./command";
import { nsxCall } from "./nsx";

/** A profile that is there already is patched: PUT would be refused without its revision. It says all that the group has. */
export function nsxGuardCommands(change: Change): OperatorCommand[] {
  return changed(change, "portGroups").flatMap(([id, now, was]) => {
    const became = (field: "spoofGuard" | "dhcpGuard" | "raGuard"): boolean => now[field] === true && was?.[field] !== true;
    const vswitch = record(change.after, "virtualSwitches", now.virtualSwitch);
    const isOnEsxi = vswitch?.hypervisors.some((hypervisor) => record(change.after, "hypervisors", hypervisor)?.platform === "esxi") === true;
    const [bound, guarded] = [became("spoofGuard"), became("dhcpGuard") || became("raGuard")];
    if (vswitch?.kind !== "distributed" || !isOnEsxi || (!bound && !guarded)) return [];
    const texts = [
      ...(bound ? [nsxCall("PATCH", `spoofguard-profiles/${id}`, { resource_type: "SpoofGuardProfile", display_name: now.name, address_binding_allowlist: true })] : []),
      ...(guarded ? [nsxCall("PATCH", `segment-security-profiles/${id}`, {
        resource_type: "SegmentSecurityProfile", display_name: now.name, ...(now.dhcpGuard === true ? { dhcp_server_block_enabled: true, dhcp_server_block_v6_enabled: true } : {}), ...(now.raGuard === true ? { ra_guard_enabled: true } : {}),
      })] : []),
      nsxCall("PATCH", `segments/${blank(`segment of ${now.name}`)}/segment-security-profile-binding-maps/${id}`, {
        ...(bound ? { spoofguard_profile_path: `/infra/spoofguard-profiles/${id}` } : {}), ...(guarded ? { segment_security_profile_path: `/infra/segment-security-profiles/${id}` } : {}),
      }),
    ];
    return texts.map((text) => ({ platform: "esxi", on: now.virtualSwitch, text }));
  });
}
