/** Exit statuses of `bulkhead`. */
export const EXIT = { clean: 0, findings: 1, wrongInput: 2, internal: 3 } as const;

/** The input or the usage is wrong: each line goes to standard error and the exit status is 2. */
export class InputError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"));
  }
}
