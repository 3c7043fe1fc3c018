/**
 * Builds from which on known ways out of a guest, or into management, are closed, as VMware's advisories give them. As of 2026-11-23; kept
 * as data so that it can be brought up to date without touching a rule.
 */
export interface KnownFix {
  readonly cve: string;
  /** The first fixed build of each release line. */
  readonly builds: Readonly<Record<string, number>>;
}

export const KNOWN_FIXES_AS_OF = "2026-11-23";

export const ESXI_FIXES: readonly KnownFix[] = [
  { cve: "CVE-2025-22224", builds: { "8.0.3": 24585383, "8.0.2": 24585300, "7.0.3": 24585291 } },
  { cve: "CVE-2024-37085", builds: { "8.0.3": 24022510 } },
  { cve: "CVE-2024-22252", builds: { "8.0.2": 23305545, "8.0.1": 23299997, "7.0.3": 23307199 } },
  { cve: "CVE-2020-3992", builds: { "7.0.1": 16850804 } },
];

/** `8.0.3`, `8.0 U3`, `8.0 Update 3`. */
const LINE = /(\d)\.(\d)(?:\.(\d)| ?U(?:pdate )?(\d))/i;
const BUILD = /(?:^|\D)(\d{8})(?:\D|$)/;

/** The release line and the build that a version names. */
function read(version: string): { readonly line: string; readonly build: string } | undefined {
  const build = BUILD.exec(version)?.[1];
  const [, major, minor, patch, update] = LINE.exec(version) ?? [];
  return build === undefined || major === undefined || minor === undefined ? undefined : { line: `${major}.${minor}.${patch ?? update ?? ""}`, build };
}

/** The flaws that an ESXi version such as `8.0.3-24022510` or `8.0 U3 build 24022510` still has; empty where it names no build, or a line that is not known. */
export function openFlaws(version: string): string[] {
  const known = read(version);
  return known === undefined ? [] : ESXI_FIXES.filter(({ builds }) => Number(known.build) < (builds[known.line] ?? 0)).map(({ cve }) => cve);
}

/** The version with the first build of its line that has none of them. */
export function mendedVersion(version: string): string | undefined {
  const known = read(version);
  const builds = known === undefined ? [] : ESXI_FIXES.flatMap(({ builds: fixed }) => fixed[known.line] ?? []);
  return known === undefined || builds.length === 0 ? undefined : version.replace(known.build, String(Math.max(...builds)));
}
