import electron, { clipboard, nativeImage, type NativeImage } from "electron";
import type { CopiedPicture } from "../shared/ipc";

/** Electron before 45 writes an image by itself; since then it takes items, as browsers do. One build runs on both. */
interface OlderClipboard {
  writeImage?(image: NativeImage): void;
}

/** SVG goes as text, which editors, browsers and drawing programs alike take. Rejects where the system can read no image in a PNG. */
export async function copyPicture(picture: CopiedPicture): Promise<void> {
  if (picture.format === "svg") return clipboard.writeText(picture.text);
  const bytes = Buffer.from(picture.bytes), image = nativeImage.createFromBuffer(bytes);
  if (image.isEmpty()) throw new Error("copyPicture: no image that the system can read");
  const older: OlderClipboard = clipboard as object;
  if (older.writeImage !== undefined) older.writeImage(image);
  else await clipboard.write([new electron.ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
}
