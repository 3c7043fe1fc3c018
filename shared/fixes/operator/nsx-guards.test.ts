import { describe, expect, it } from "vitest";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import { access, draw } from "../../network/testing";
import { commandsFor } from "../commands";

function guarded(kind: VirtualSwitch["kind"], guards: object, had: object = {}): ReturnType<typeof commandsFor> {
  const before = draw().hypervisor("esx", "esxi").vswitch("sw", kind, "esx").portGroup("pg", "sw", access(10), { name: "Production", ...had }).build();
  const after = { ...before, portGroups: Object.fromEntries(Object.entries(before.portGroups ?? {}).map(([id, group]) => [id, { ...group, ...guards }])) };
  return commandsFor(before, after);
}

describe("guards of an ESXi port group", () => {
  it("are profiles that its NSX segment is bound to", () => {
    const [addresses, frames, binding, ...rest] = guarded("distributed", { spoofGuard: true, dhcpGuard: true, raGuard: true });
    expect(addresses).toMatchObject({ platform: "esxi", on: "sw", text: expect.stringContaining("-X PATCH https://<NSX manager>/policy/api/v1/infra/spoofguard-profiles/pg") as string });
    expect(addresses?.text).toContain('"address_binding_allowlist":true');
    expect(frames?.text).toContain('/segment-security-profiles/pg');
    expect(frames?.text).toContain('"dhcp_server_block_enabled":true,"dhcp_server_block_v6_enabled":true,"ra_guard_enabled":true');
    expect(binding?.text).toContain('-X PATCH https://<NSX manager>/policy/api/v1/infra/segments/<segment of Production>/segment-security-profile-binding-maps/pg');
    expect(binding?.text).toContain('{"spoofguard_profile_path":"/infra/spoofguard-profiles/pg","segment_security_profile_path":"/infra/segment-security-profiles/pg"}');
    expect(rest).toEqual([]);
  });

  it("keep what the profile has where one more comes", () => {
    const [frames, binding, ...rest] = guarded("distributed", { raGuard: true }, { dhcpGuard: true });
    expect(frames?.text).toContain("-X PATCH ");
    expect(frames?.text).toContain('"dhcp_server_block_enabled":true,"dhcp_server_block_v6_enabled":true,"ra_guard_enabled":true');
    expect(binding?.text).toContain('{"segment_security_profile_path":"/infra/segment-security-profiles/pg"}');
    expect(rest).toEqual([]);
  });

  it("are none on a standard switch, which NSX does not manage", () => {
    expect(guarded("standard", { spoofGuard: true })).toEqual([]);
  });
});
