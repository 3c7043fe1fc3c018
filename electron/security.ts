import { app, session, type WebContents } from "electron";
import { developmentServer, isTrusted, ownOrigins } from "./origins";

/** Must run before the app is ready. */
export function sandboxEverything(): void {
  // As the superuser Chromium has no sandbox and must be told so on the command line; both together leave it without a network
  // service, in a loop. Nothing in this program ever adds that switch.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
}

/** Refuses, for every page: permissions, devices, navigation, new windows, embedded pages, and anything from a network. */
export function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setSpellCheckerEnabled(false);
  defaultSession.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !isOwn(request.url) }));
  defaultSession.on("will-download", (event) => event.preventDefault());
  app.on("web-contents-created", (_event, contents) => confine(contents));
}

function confine(contents: WebContents): void {
  contents.on("will-navigate", (event) => {
    // A development server reloads its page; that of the program never goes anywhere.
    if (developmentServer === undefined || !isTrusted(event.url, [developmentServer])) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** True for what a page may load: its own files, what it made itself, and the developer tools'. */
function isOwn(address: string): boolean {
  return ["blob:", "data:", "devtools:"].some((scheme) => address.startsWith(scheme)) || isTrusted(address, ownOrigins(developmentServer));
}
