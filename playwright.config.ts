import { defineConfig } from "@playwright/test";

/** Journeys in a real Electron. Run by `npm run test:e2e`, which builds the program, finds Electron and an X server. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  // With --package journeys run on the package, and more look at the package itself; only a disk that does not answer takes a program whose Node is another.
  testIgnore: process.env["BULKHEAD_E2E_PACKAGE"] === undefined ? "package.spec.ts" : "dead-disk.spec.ts",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Two windows at a time is what two cores draw without waiting for one another.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env["CI"] !== undefined,
  // A second try tells a fault of the program from a moment in which a busy machine answered late; the report names what needed one.
  retries: 1,
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
});
