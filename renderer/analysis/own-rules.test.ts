import { describe, expect, it } from "vitest";
import type { Topology } from "../../shared/model/topology";
import type { RulesFile } from "../../shared/ipc";
import { OwnRules } from "./own-rules";

const topology: Topology = { format: "bulkhead/1", name: "x", tenants: { a: { name: "A" } } };
const rule = (id: string, reaches: string) => ({ id, title: "T", severity: "high", select: ["vm"], when: { reaches: [reaches] }, text: "No." });
const file = (content: unknown): RulesFile => ({ status: "read", name: "x.rules.json", bytes: new TextEncoder().encode(JSON.stringify(content)) });
const rules = (...all: object[]): RulesFile => file({ format: "bulkhead-rules/1", rules: all });

describe("rules of one's own in the window", () => {
  it("are none without a file", () => expect(new OwnRules({ status: "none" }).on(topology)).toEqual({ rules: [], status: undefined }));

  it("are those of the file, the same objects at every look", () => {
    const own = new OwnRules(rules(rule("X-A", "tenant:a")));
    expect(own.on(topology)).toMatchObject({ rules: [{ id: "X-A", severity: "high" }], status: { file: "x.rules.json", used: 1, unused: 0, problems: [], total: 0 } });
    expect(own.on(topology).rules).toBe(own.on({ ...topology }).rules);
  });

  it("are not used where the file has a mistake, which is told with its place", () => {
    const { rules: used, status } = new OwnRules(rules(rule("X-A", "tenant:a"), { ...rule("X-B", "tenant:a"), severty: "low" })).on(topology);
    expect(used).toEqual([]);
    expect(status).toMatchObject({ used: 0, total: 1 });
    expect(status?.problems[0]).toContain("$.rules[1].severty");
  });

  it("are left out one by one where they name what the document does not have", () => {
    const own = new OwnRules(rules(rule("X-A", "tenant:nobody"), rule("X-B", "tenant:a")));
    const { rules: used, status } = own.on(topology);
    expect(used.map(({ id }) => id)).toEqual(["X-B"]);
    expect(status).toMatchObject({ used: 1, unused: 1 });
    expect(status?.problems).toEqual(['$.rules[0].when.reaches[0]: names nothing in $.tenants: "tenant:nobody"; tenant: and the id of one of $.tenants']);
    expect(own.on({ ...topology, tenants: { a: { name: "A" }, nobody: { name: "N" } } }).status).toMatchObject({ used: 2, unused: 0, total: 0 });
  });

  it("say why a file could not be read", () => {
    expect(new OwnRules({ status: "failed", name: "x.rules.json", message: "you have no permission" }).on(topology).status?.problems).toEqual(["It could not be read: you have no permission."]);
  });
});
