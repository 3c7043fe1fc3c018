import { readFileSync } from "node:fs";
import type { z } from "zod";
import { writeAtomically } from "./atomic-file";

/** A small value kept as a JSON file of the user's profile. What is missing, damaged or of another shape reads as the default. */
export class StoredJson<T> {
  private current: T;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly path: string, schema: z.ZodType<T>, whenAbsent: T) {
    this.current = read(path, schema) ?? whenAbsent;
  }

  get value(): T {
    return this.current;
  }

  /** Takes effect at once; the file follows. A profile that cannot be written costs the memory of it, not the work. */
  set(value: T): void {
    this.current = value;
    const text = `${JSON.stringify(value, null, 2)}\n`;
    this.writing = this.writing.then(() => writeAtomically(this.path, text, 0o600)).catch(() => undefined);
  }

  /** Resolves when everything set so far is on the disk. */
  async flush(): Promise<void> {
    await this.writing;
  }
}

function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    const result = schema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
