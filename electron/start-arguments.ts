import { isAbsolute, resolve } from "node:path";

/** What a command line of the desktop program asks for. */
export interface StartArguments {
  /** Files to open, absolute. */
  readonly files: readonly string[];
  /** A sample to show instead of an empty document. */
  readonly sample?: string;
}

/**
 * Reads the arguments of the program. `argv` is the process's own: the executable, then, when run from a checkout (`packaged`
 * false), the switches and the folder that Electron was given, then ours. Relative files start from `folder`.
 */
export function readStartArguments(argv: readonly string[], packaged: boolean, folder: string): StartArguments {
  const args = argv.slice(1);
  const application = packaged ? -1 : args.findIndex((argument) => !argument.startsWith("-"));
  const own = args.slice(application + 1);
  const sample = own.find((argument) => argument.startsWith("--sample="))?.slice("--sample=".length);
  const files = own.filter((argument) => !argument.startsWith("-")).map((file) => (isAbsolute(file) ? file : resolve(folder, file)));
  return sample === undefined ? { files } : { files, sample };
}
