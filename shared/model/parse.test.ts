import { describe, expect, it } from "vitest";
import { formatTopology } from "./canonical";
import { parseTopology } from "./parse";
import { add, complaints, complaintsAbout, SMALL } from "./testing";

describe("a legal document", () => {
  it.each([
    ["the least", '{"format":"bulkhead/1","name":""}'],
    ["with a byte order mark", '\ufeff{"format":"bulkhead/1","name":"x"}'],
    ["with control characters in text", '{"format":"bulkhead/1","name":"\\u0000\\u001b[2J","description":"\\ud800"}'],
    ["with empty collections", '{"format":"bulkhead/1","name":"x","vms":{},"policy":{},"layout":{}}'],
  ])("is taken: %s", (_, text) => expect(complaintsAbout(text)).toEqual([]));

  it("comes from bytes as from text", () => {
    const text = formatTopology(SMALL);
    expect(parseTopology(new TextEncoder().encode(`\ufeff${text}`))).toEqual(parseTopology(text));
    expect(complaints()).toEqual([]);
  });

  it("has constructor and numbers as ids like any other", () => {
    const vm = { name: "x", hypervisor: "hv-1" };
    const result = parseTopology(JSON.stringify({ ...SMALL, vms: { ...SMALL.vms, constructor: vm, "10": vm, hasownproperty: vm } }));
    expect(result.ok && Object.keys(result.topology.vms ?? {}).sort()).toEqual(["10", "constructor", "db", "hasownproperty", "web"]);
  });
});

describe("text that is no document", () => {
  it.each([
    ["", "line 1, column 1: invalid JSON, the text ends here; a JSON object"],
    ['{\n  "format": "bulkhead/1",\n  "name": "x",\n}', 'line 4, column 1: invalid JSON, unexpected character: "}"; a key in double quotes'],
    ['{"a": "\u001b"}', 'line 1, column 8: invalid JSON, unexpected character: "\\u001b"; an escape such as \\n, or the closing quote'],
    ["[]", "$: not a document: []; a JSON object"],
    ["null", "$: not a document: null; a JSON object"],
    [`${"[".repeat(101)}${"]".repeat(101)}`, "line 1, column 101: nesting over 100 levels; at most 100 levels"],
  ])("is refused: %j", (text, line) => expect(complaintsAbout(text)).toEqual([line]));

  it("is refused where it is not UTF-8", () => {
    expect(complaintsAbout(Uint8Array.of(0x7b, 0x22, 0xe9, 0x22))).toEqual(["$: not UTF-8: byte 0xe9 at offset 2; text encoded as UTF-8"]);
  });

  it("takes a hundred levels to the schema", () => {
    const lines = complaintsAbout(`{"format":"bulkhead/1","name":"x","vms":${"[".repeat(99)}${"]".repeat(99)}}`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\$\.vms: wrong type: \[+…; an object$/);
  });
});

describe("keys", () => {
  it("are refused where they repeat, with path and line, beside all other errors", () => {
    expect(complaintsAbout('{"format":"bulkhead/1","name":"x",\n"vms":{"a":{"name":"a","hypervisor":"h"},\n"a":{"name":"b","hypervisor":"h"}}}')).toEqual([
      "$.vms.a: a key repeated in one object, again at line 3, column 1; each key once",
      '$.vms.a.hypervisor: names nothing in $.hypervisors: "h"; the id of one of $.hypervisors',
    ]);
  });

  it("are refused where they are __proto__, which no object then inherits from", () => {
    expect(complaintsAbout('{"format":"bulkhead/1","name":"x","vms":{"__proto__":{"name":"a","polluted":true}}}')).toEqual([
      "$.vms.__proto__: __proto__ is no id, at line 1, column 42; an id such as web-1",
    ]);
    expect(complaintsAbout('{"format":"bulkhead/1","name":"x","policy":{"__proto__":{"allow":5}}}')).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("the form of values", () => {
  it.each([
    ["/vms/web/nic", {}, '$.vms.web.nic: unknown field, did you mean "nics"?'],
    ["/vms/web/nics/eth0/portgroup", "pg-1", '$.vms.web.nics.eth0.portgroup: unknown field, did you mean "portGroup"?'],
    ["/vmss", {}, '$.vmss: unknown field, did you mean "vms"?'],
    ["/portGroups/pg-1/vlan/native", 5, '$.portGroups.pg-1.vlan.native: unknown field with mode "access"; leave it out, or choose the mode that has it'],
    ["/vms/web/name", 5, "$.vms.web.name: wrong type: 5; a text"],
    ["/vms/web/name", null, "$.vms.web.name: wrong type: null; a text"],
    ["/vms/web/hypervisor", ["hv-1"], '$.vms.web.hypervisor: wrong type: ["hv-1"]; the id of one of $.hypervisors'],
    ["/vms/web/sensitive", "yes", '$.vms.web.sensitive: wrong type: "yes"; true or false'],
    ["/vms/web/tags", "x", '$.vms.web.tags: wrong type: "x"; a list'],
    ["/vms/web", [], "$.vms.web: wrong type: []; an object"],
    ["/vms", 5, "$.vms: wrong type: 5; an object"],
    ["/hypervisors/hv-1/cores", 1.5, "$.hypervisors.hv-1.cores: wrong type: 1.5; a whole number"],
    ["/hypervisors/hv-1/cores", -1, "$.hypervisors.hv-1.cores: out of range: -1; at least 0"],
    ["/hypervisors/hv-1/platform", "esx", '$.hypervisors.hv-1.platform: not one of the known values: "esx"; one of esxi, hyper-v, kvm, proxmox, xen, virtualbox, vmware-workstation, parallels'],
    ["/vms/Web", { name: "x", hypervisor: "hv-1" }, '$.vms.Web: not an id: "Web"; [a-z0-9][a-z0-9._:-]{0,127}'],
    ["/portGroups/pg-1/vlan/id", 0, "$.portGroups.pg-1.vlan.id: out of range: 0; a VLAN id from 1 to 4094"],
    ["/portGroups/pg-1/vlan/id", 4095, "$.portGroups.pg-1.vlan.id: out of range: 4095; a VLAN id from 1 to 4094"],
    ["/portGroups/pg-1/vlan/id", "10", '$.portGroups.pg-1.vlan.id: wrong type: "10"; a number'],
    ["/portGroups/pg-1/vlan", { mode: "vgt" }, '$.portGroups.pg-1.vlan.mode: not one of the known values: "vgt"; one of access, untagged, trunk, private, overlay'],
    ["/portGroups/pg-1/vlan", { mode: "overlay", vni: 16777216 }, "$.portGroups.pg-1.vlan.vni: out of range: 16777216; at most 16777215"],
    ["/uplinks/up-1/port/allowed", "", '$.uplinks.up-1.port.allowed: an empty VLAN list: ""; a list such as 10,20-29 of VLANs from 1 to 4094, or all'],
    ["/uplinks/up-1/port/allowed", "10,4095", '$.uplinks.up-1.port.allowed: a VLAN outside 1-4094: "10,4095"; a list such as 10,20-29 of VLANs from 1 to 4094, or all'],
    ["/uplinks/up-1/port/native", 4095, "$.uplinks.up-1.port.native: out of range: 4095; a VLAN id from 1 to 4094"],
    ["/vms/web/nics/eth0/mac", "00:50:56:00:00", '$.vms.web.nics.eth0.mac: not a MAC address: "00:50:56:00:00"; six octets such as 00:50:56:00:00:01'],
    ["/vms/web/nics/eth0/addresses", ["10.0.0.1"], '$.vms.web.nics.eth0.addresses[0]: not an address with a prefix length: "10.0.0.1"; CIDR such as 10.0.0.11/24 or fd00::1/64'],
    ["/vms/web/nics/eth0/gateway", "10.0.0.1/24", '$.vms.web.nics.eth0.gateway: not an IP address: "10.0.0.1/24"; an address such as 10.0.0.1 or fd00::1, without a prefix length'],
    ["/vms/web/nics/eth0/guestVlans", [10, 0], "$.vms.web.nics.eth0.guestVlans[1]: out of range: 0; a VLAN id from 1 to 4094"],
    ["/policy/allow/0/until", "2027-02-30", '$.policy.allow[0].until: not a date: "2027-02-30"; a day such as 2027-06-30'],
    ["/externalNetworks/internet/attachedTo", {}, "$.externalNetworks.internet.attachedTo: neither form fits: {}; an object with physicalSwitch and vlan, or with portGroup"],
    ["/externalNetworks/internet/attachedTo", { portGroup: "pg-1", vlan: 5 }, "$.externalNetworks.internet.attachedTo.vlan: unknown field beside the others; leave it out"],
  ])("is checked: %s = %j", (path, value, line) => {
    const lines = complaints(add(path, value));
    expect(lines).toContain(line);
  });

  it.each(["tcp/0", "tcp/65536", "udp/20-10", "tcp/", "tcp/443,80", "http", "icmp/8", ""])("refuses the service %j", (service) => {
    expect(complaints(add("/policy/allow/0/services", [service]))[0]).toMatch("$.policy.allow[0].services[0]: not a service");
    expect(complaints(add("/managementInterfaces/vmk0/firewall", { ports: [service] }))).toHaveLength(1);
  });

  it("says what is missing", () => {
    expect(complaints({ op: "remove", path: "/vms/web/name" }, { op: "remove", path: "/vms/db/hypervisor" }, { op: "remove", path: "/name" })).toEqual([
      "$.name: missing; a text", "$.vms.web.name: missing; a text", "$.vms.db.hypervisor: missing; the id of one of $.hypervisors",
    ]);
  });

  it("lists all errors at once: of form, of reference and of meaning", () => {
    const lines = complaints(add("/name", 5), add("/vms/web/tenant", "nobody"), add("/vms/db/nics/eth0/mac", "00-50-56-00-00-01"), add("/format", "bulkhead/one"));
    expect(lines).toEqual([
      '$.format: unknown format: "bulkhead/one"; "bulkhead/1"',
      "$.name: wrong type: 5; a text",
      '$.vms.web.tenant: names nothing in $.tenants: "nobody"; the id of one of $.tenants',
      '$.vms.db.nics.eth0.mac: a MAC address used twice (also by $.vms.web.nics.eth0.mac): "00-50-56-00-00-01"; an address of its own',
    ]);
  });
});

describe("a hostile document", () => {
  it("with a hundred thousand errors is listed in full, each in a short line", () => {
    const vms = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`vm-${i}`, { name: i, hypervisor: "x".repeat(500) }]));
    const lines = complaintsAbout(JSON.stringify({ format: "bulkhead/1", name: "x", vms }));
    expect(lines).toHaveLength(200_000);
    expect(Math.max(...lines.slice(0, 1000).map((line) => line.length))).toBeLessThan(300);
  });

  it("with strings and keys of megabytes is read, or refused in a short line", () => {
    const long = "x".repeat(20_000_000);
    expect(complaintsAbout(JSON.stringify({ format: "bulkhead/1", name: long }))).toEqual([]);
    const lines = complaintsAbout(JSON.stringify({ format: "bulkhead/1", name: "x", [long]: 1, vms: { [long]: { name: "x", hypervisor: long } } }));
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(700);
  });

  it("with a key repeated a hundred thousand times ends", () => {
    expect(complaintsAbout(`{${'"a":1,\n'.repeat(100_000)}"a":1}`).length).toBeGreaterThan(100_000);
  });

  it("of every nesting ends without an overflow", () => {
    for (const open of ["[", '{"a":', '[{"a":']) expect(complaintsAbout(open.repeat(1_000_000))[0]).toMatch("nesting over 100 levels");
  });
});
