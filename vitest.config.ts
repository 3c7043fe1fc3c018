import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{shared,cli,electron,renderer,scripts,bench}/**/*.test.{ts,tsx}"],
    environment: "node",
    setupFiles: ["scripts/property-seed.ts"],
    testTimeout: 30_000,
  },
});
