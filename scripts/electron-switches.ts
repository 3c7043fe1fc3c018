/**
 * Switches without which Chromium does not start in the surroundings it is in. As the superuser it has no sandbox and must be
 * told so; that happens only here, on a developer's machine, never in the program or its packages.
 */
export function switchesForThisUser(): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

/** True if windows can be shown. */
export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return [process.env["DISPLAY"], process.env["WAYLAND_DISPLAY"]].some((display) => display !== undefined && display !== "");
}
