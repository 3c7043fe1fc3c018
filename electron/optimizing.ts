/** When V8 optimizes what windows and their workers run. */
import { app } from "electron";

/**
 * Later than it would: what a large document runs until it is seen and judged is used otherwise with each kind of thing, so most of what is optimized early is
 * thrown away again. The same as for the command line (`cli/launcher.cjs`), and only of a version whose flags are known: others complain.
 */
const LATER: Readonly<Record<string, string>> = { 13: "--invocation-count-for-turbofan=30000" };

/** Before there is a window. Flags that the program was started with are left alone. */
export function optimizeLater(): void {
  const [major = ""] = process.versions.v8.split(".");
  const flags = LATER[major];
  if (flags !== undefined && !app.commandLine.hasSwitch("js-flags")) app.commandLine.appendSwitch("js-flags", flags);
}
