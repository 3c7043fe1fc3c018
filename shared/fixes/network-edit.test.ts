import { describe, expect, it } from "vitest";
import { touchesNetwork } from "./network-edit";

const replaces = (path: string): boolean => touchesNetwork([{ op: "replace", path, value: 1 }]);

describe("touchesNetwork", () => {
  it("knows what the forwarding model never reads", () => {
    for (const path of ["/vms/a/guest/clipboard", "/hypervisors/h/management/mfa", "/hypervisors/h/memorySharing", "/layout/a/x", "/policy/accept/0", "/portGroups/p/security"]) expect(replaces(path), path).toBe(false);
  });

  it("takes everything else for network, whole records above all", () => {
    for (const path of ["/vms/a", "/vms/a/nics/eth0/portGroup", "/vms/a/tenant", "/vms/a/tags/0", "/portGroups/p/vlan", "/portGroups/p/spoofGuard", "/policy/allow/0", "/firewalls/f/rules/0", "/hypervisors", "", "/constructor/a/guest"]) {
      expect(replaces(path), path).toBe(true);
    }
    expect(touchesNetwork([{ op: "replace", path: "/vms/a/guest", value: {} }, { op: "remove", path: "/uplinks/u" }])).toBe(true);
    expect(touchesNetwork([{ op: "move", from: "/uplinks/u", path: "/layout/u" }])).toBe(true);
  });
});
