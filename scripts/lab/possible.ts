/** Whether this machine can run the laboratory, and if not, why. */
import { spawnSync } from "node:child_process";
import { ensureDebianPackages } from "../debian-packages";
import { Sandbox } from "./driver";

const PROGRAMS = ["ovsdb-server", "ovsdb-tool", "ovs-vswitchd", "ovs-vsctl", "ovs-ofctl", "nft", "ip", "unshare"] as const;

/** What is in the way, in a few words; undefined where nothing is. Installs missing packages where it may. */
export async function whyNot(): Promise<string | undefined> {
  if (process.platform !== "linux") return "it needs Linux";
  if (process.getuid?.() !== 0) return "it needs the superuser";
  if (!ensureDebianPackages("laboratory")) return "packages are missing";
  const missing = PROGRAMS.filter((program) => spawnSync(program, ["--version"], { stdio: "ignore" }).error !== undefined);
  if (missing.length > 0) return `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing`;
  if (spawnSync("unshare", ["--net", "--mount", "--pid", "--fork", "true"], { stdio: "ignore" }).status !== 0) return "unshare is refused";
  const sandbox = new Sandbox();
  try {
    const lacks = await sandbox.ready();
    return lacks.length === 0 ? undefined : `the kernel has no ${lacks.join(", no ")}`;
  } catch (error) {
    return `the sandbox does not start: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    sandbox.close();
  }
}
