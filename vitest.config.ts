import { defineConfig } from "vitest/config";
import { packedFiles } from "./scripts/packed-files.ts";

export default defineConfig({
  plugins: [packedFiles()],
  test: {
    include: ["{shared,cli,electron,renderer,scripts,bench}/**/*.test.{ts,tsx}"],
    environment: "node",
    // Of packages, so that Node itself would load them.
    server: { deps: { inline: [/\?packed$/] } },
    setupFiles: ["scripts/property-seed.ts"],
    testTimeout: 30_000,
  },
});
