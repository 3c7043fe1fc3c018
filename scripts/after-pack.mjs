import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * electron-builder's hook: what Electron runs when it has no application has no place in a package.
 * @param {import("electron-builder").AfterPackContext} context
 */
export default async function afterPack(context) {
  const { appOutDir, packager, electronPlatformName } = context;
  const resources = electronPlatformName === "darwin" ? join(`${packager.appInfo.productFilename}.app`, "Contents/Resources") : "resources";
  await rm(join(appOutDir, resources, "default_app.asar"), { force: true });
}
