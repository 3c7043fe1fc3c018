import { describe, expect, it } from "vitest";
import { add, complaints } from "../testing";

describe("a selector", () => {
  it.each(["tenant:x", "vm:x", "portgroup:x", "hypervisor:x", "external:x", "tag:x", "vm:a", "tenant:constructor"])("that names nothing is refused: %s", (text) => {
    const lines = complaints(add("/policy/allow/0/to", [text]));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\$\.policy\.allow\[0\]\.to\[0\]: names (nothing in \$\.|a tag that nothing carries: )/);
  });

  it.each(["", "tenant", "web", "vm:", "cidr:10.0.0.0/40", "cidr:10.0.0.1", "Vm:web"])("of no legal form is refused: %j", (text) => {
    expect(complaints(add("/policy/allow/0/to", [text]))[0]).toMatch("$.policy.allow[0].to[0]: not a selector");
  });

  it.each(["any", "workloads", "management", "bmc", "external", "tenant:a", "vm:web", "portgroup:pg-2", "hypervisor:hv-2", "external:internet", "cidr:192.0.2.0/24", "cidr:::/0"])("may name an empty group: %s", (text) => {
    expect(complaints(add("/policy/allow/0/to", [text]))).toEqual([]);
  });

  it.each(["vms/web", "managementInterfaces/vmk0", "externalNetworks/internet", "portGroups/pg-1", "tenants/a", "hypervisors/hv-1", "hosts/host-1"])("may name a tag of %s", (owner) => {
    expect(complaints(add(`/${owner}/tags`, ["pci"]), add("/policy/allow/0/to", ["tag:pci"]))).toEqual([]);
  });

  it.each([
    add("/firewalls/fw/rules/0/from", ["vm:x"]),
    add("/firewalls/fw/rules/0/to", ["vm:x"]),
    add("/distributedFirewalls/dfw/rules/0/to", ["vm:x"]),
    add("/distributedFirewalls/dfw/exclude", ["vm:x"]),
    add("/policy/require/0/from", ["vm:x"]),
    add("/managementInterfaces/vmk0/firewall", { allowedSources: ["vm:x"] }),
    add("/virtualSwitches/vs-1/mirrors", { m: { sources: ["vm:x"], destination: "vm:web" } }),
    add("/virtualSwitches/vs-1/mirrors", { m: { sources: [], destination: "vm:x" } }),
  ])("is checked wherever one stands: %j", (edit) => {
    expect(complaints(edit).filter((line) => line.includes('names nothing in $.vms: "vm:x"'))).toHaveLength(1);
  });
});
