/** What every test of the command line needs: a folder of its own, and what is written to standard error instead of a terminal that sees it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

export interface Sandbox {
  /** Of the running test; it is gone after it. */
  readonly folder: string;
  /** What the running test has had on standard error. */
  readonly errors: string;
}

/** To be called once, at the head of a test file. */
export function sandbox(): Sandbox {
  const own = { folder: "", errors: "" };
  beforeEach(() => {
    own.folder = mkdtempSync(join(tmpdir(), "bulkhead-cli-"));
    own.errors = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      own.errors += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(own.folder, { recursive: true });
  });
  return own;
}
