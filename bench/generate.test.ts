import { expect, it } from "vitest";
import { formatTopology } from "../shared/model/canonical";
import { parseTopology } from "../shared/model/parse";
import { generate } from "./generate";

it.each(["deny", "allow"] as const)("makes valid documents, the same from the same seed: default %s", (defaultAction) => {
  const text = formatTopology(generate({ vms: 300, defaultAction, seed: 7 }));
  const result = parseTopology(new TextEncoder().encode(text));
  expect(result.ok ? [] : result.problems).toEqual([]);
  expect(formatTopology(generate({ vms: 300, defaultAction, seed: 7 }))).toBe(text);
  expect(formatTopology(generate({ vms: 300, defaultAction, seed: 8 }))).not.toBe(text);
});

it("makes as many VMs and rules as it is asked for", () => {
  const { vms, firewalls, distributedFirewalls } = generate({ vms: 3000, defaultAction: "deny", edgeRules: 500, distributedRules: 900 });
  expect(Object.keys(vms ?? {})).toHaveLength(3000);
  expect(Object.values(firewalls ?? {}).flatMap(({ rules }) => rules ?? [])).toHaveLength(500);
  expect(distributedFirewalls?.["dfw"]?.rules).toHaveLength(900);
});
