import { expect, it } from "vitest";
import { nearest } from "./nearest";

it("guesses the name with the fewest edits, the first of equals", () => {
  expect(nearest("nic", ["name", "nics", "zone"])).toBe("nics");
  expect(nearest("VLAN", ["name", "vlan"])).toBe("vlan");
  expect(nearest("x", ["a", "b"])).toBe("a");
  expect(nearest("x", [])).toBeUndefined();
});

it("is not held up by a name of megabytes", () => {
  expect(nearest("n".repeat(5_000_000), ["name", "nics"])).toBeDefined();
});
