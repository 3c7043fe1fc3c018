import { expect, it } from "vitest";
import { mendedVersion, openFlaws } from "./known-fixes";

it("compares builds within their release line", () => {
  expect(openFlaws("8.0.3-24022509")).toEqual(["CVE-2025-22224", "CVE-2024-37085"]);
  expect(openFlaws("8.0 U3 build 24022510")).toEqual(["CVE-2025-22224"]);
  expect(openFlaws("8.0 Update 3 (24585383)")).toEqual([]);
  expect(openFlaws("7.0.1-0.0.16850803")).toEqual(["CVE-2020-3992"]);
});

it("knows nothing without a build, or of other lines", () => {
  expect(openFlaws("8.0.3")).toEqual([]);
  expect(openFlaws("9.0.0-10000000")).toEqual([]);
  expect(openFlaws("24022509")).toEqual([]);
});

it("names the build to update to", () => {
  expect(mendedVersion("8.0.3-24022509")).toBe("8.0.3-24585383");
  expect(openFlaws(mendedVersion("8.0 U2 build 1234567 (20000000)") ?? "")).toEqual([]);
  expect(mendedVersion("8.0.3")).toBeUndefined();
});
