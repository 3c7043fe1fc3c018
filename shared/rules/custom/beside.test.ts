import { expect, it } from "vitest";
import { rulesFileBeside } from "./beside";

it("names the file of rules that belongs to a document, and none for what is no file of a document", () => {
  expect(rulesFileBeside("net/acme.bulkhead.json")).toBe("net/acme.rules.json");
  expect(rulesFileBeside("acme.json")).toBe("acme.rules.json");
  for (const other of ["-", "acme.xml", "acme.rules.json"]) expect(rulesFileBeside(other)).toBeUndefined();
});
