import { defineConfig } from "vitest/config";
import { filesBeside, packedFiles } from "./scripts/packed-files.ts";

export default defineConfig({
  plugins: [packedFiles(), filesBeside()],
  test: {
    include: ["{shared,cli,electron,renderer,scripts,bench}/**/*.test.{ts,tsx}"],
    environment: "node",
    // Of packages, so that Node itself would load them.
    server: { deps: { inline: [/\?(packed|beside)$/] } },
    setupFiles: ["scripts/property-seed.ts"],
    testTimeout: 30_000,
  },
});
