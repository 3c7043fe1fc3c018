/** Pages of the program have an origin of their own, which `file:` has not. */
export const APP_SCHEME = "app";
export const APP_ORIGIN = `${APP_SCHEME}://bulkhead`;

/** Set while developing with live reload only; a build for use has the constant `undefined` in its place. */
export const developmentServer = process.env.BULKHEAD_DEVELOPMENT_SERVER;

/** True if an address is in one of the origins, which are compared whole. */
export function isTrusted(address: string, trustedOrigins: readonly string[]): boolean {
  return trustedOrigins.some((origin) => address === origin || address.startsWith(`${origin}/`));
}

/** The origins of the program's own pages. */
export function ownOrigins(server: string | undefined): string[] {
  return server === undefined ? [APP_ORIGIN] : [APP_ORIGIN, server, server.replace(/^http/, "ws")];
}
