import { describe, expect, it } from "vitest";
import { formatProblem } from "../../model/parse";
import { parseRules } from "./read";

const RULE = { id: "X-A", title: "A", severity: "high", select: ["vm"], when: { field: "guest.tools", equals: "full" }, text: "Because." };

function problems(rule: object, file: object = {}): string[] {
  const read = parseRules(JSON.stringify({ format: "bulkhead-rules/1", rules: [{ ...RULE, ...rule }], ...file }));
  return read.ok ? [] : read.problems.map(formatProblem);
}

describe("a file of rules", () => {
  it("is read where it is right", () => {
    const read = parseRules(JSON.stringify({ format: "bulkhead-rules/1", rules: [RULE] }));
    expect(read.ok && read.rules.map(({ id }) => id)).toEqual(["X-A"]);
  });

  it.each([
    ["an id of the catalogue", { id: "NET-001" }, "$.rules[0].id: wrong form"],
    ["an unknown severity", { severity: "hihg" }, "$.rules[0].severity: not one of the known values"],
    ["an unknown kind", { select: ["vmm"] }, "$.rules[0].select[0]: neither a kind nor a selector"],
    ["a misspelt key", { txet: "x" }, 'did you mean "text"?'],
    ["no condition", { when: {} }, "$.rules[0].when: not a condition"],
    ["two conditions in one", { when: { field: "name", exists: true, reaches: ["any"] } }, "$.rules[0].when: several conditions in one"],
    ["a field without a test", { when: { field: "name" } }, "$.rules[0].when: a field without a test"],
    ["two tests", { when: { field: "name", exists: true, equals: "a" } }, "several tests of one field"],
    ["a test without a field", { when: { reaches: ["any"], equals: 1 } }, "equals without a field"],
    ["services without reach", { when: { field: "name", exists: true, services: ["any"] } }, "services without reach"],
    ["no such service", { when: { reaches: ["any"], services: ["tpc/1"] } }, "$.rules[0].when.services[0]: not a service"],
    ["a misspelt condition below others", { when: { all: [{ not: { feild: "name" } }] } }, '$.rules[0].when.all[0].not.feild: unknown field, did you mean "field"?'],
    ["a field that VMs do not have", { when: { field: "guest.tols", exists: true } }, 'did you mean "tools"?'],
    ["a field below a value", { when: { field: "name.x", exists: true } }, 'nothing is below "name"'],
    ["a list without a star", { when: { field: "nics.eth0.mac", exists: true } }, '"eth0" in a list or among local records'],
    ["a value that the field never has", { when: { field: "guest.tools", in: ["full", "ful"] } }, 'one of none, minimal, full'],
    ["a value of another type", { when: { field: "sensitive", equals: "yes" } }, "$.rules[0].when.equals: a value of another type"],
    ["an equal list", { when: { field: "tags", equals: "pci" } }, "a test of a list"],
    ["contains of a text", { when: { field: "name", contains: "a" } }, "contains of what is no list"],
    ["an equal object", { when: { field: "guest", equals: "a" } }, "a test of something that has fields of its own"],
    ["a comparison of a text", { when: { field: "name", less: 1 } }, "a comparison of what is no number"],
    ["the beginning of a number", { when: { field: "resources.cpuLimitMhz", startsWith: "1" } }, "the beginning of what is no text"],
    ["reach of a datastore", { select: ["datastore"], when: { reaches: ["any"] } }, "reach of datastore"],
    ["fields of two kinds", { select: ["vm", "uplink"], when: { all: [{ field: "guest.tools", exists: true }, { field: "port.allowed", exists: true }] } }, "no kind of element has all of these fields"],
  ])("is refused for %s", (_, rule, expected) => expect(problems(rule).join("\n")).toContain(expected));

  it("is refused for an id twice, for another format, and for what is no JSON", () => {
    expect(problems({}, { rules: [RULE, RULE] }).join()).toContain("$.rules[1].id: an id that another rule has");
    expect(problems({}, { format: "bulkhead/1" }).join()).toContain("$.format: not a file of rules");
    expect(problems({}, { format: undefined }).join()).toContain("$.format: missing");
    for (const text of ["", "{", "[]", "null", '{"format":"bulkhead-rules/1","rules":[],"rules":[]}', `${"[".repeat(200)}`]) expect(parseRules(text).ok).toBe(false);
    expect(parseRules(new Uint8Array([0xff, 0xfe, 0])).ok).toBe(false);
  });

  it("keeps a hostile nesting from the stack", () => {
    const deep = `{"format":"bulkhead-rules/1","rules":[{"id":"X-A","title":"a","severity":"low","select":["vm"],"text":"t","when":${'{"not":'.repeat(5000)}{}${"}".repeat(5000)}}]}`;
    expect(parseRules(deep).ok).toBe(false);
  });
});
