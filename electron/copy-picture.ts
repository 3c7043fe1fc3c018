import electron, { clipboard, nativeImage, type NativeImage } from "electron";
import type { CopiedPicture } from "../shared/ipc";

/** Electron before 45 writes an image by itself; since then it takes items, as browsers do. One build runs on both. */
interface OlderClipboard {
  writeImage?(image: NativeImage): void;
}

const older: OlderClipboard = clipboard as object;

/** Rejects where the system can read no image in a PNG. */
export async function copyPicture(picture: CopiedPicture): Promise<void> {
  if (picture.format === "svg") return copySvg(picture.text);
  const bytes = Buffer.from(picture.bytes), image = nativeImage.createFromBuffer(bytes);
  if (image.isEmpty()) throw new Error("copyPicture: no image that the system can read");
  if (older.writeImage !== undefined) older.writeImage(image);
  else await clipboard.write([new electron.ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
}

/** As text, which editors and browsers take, and where one write can hold both, as what it is too, for drawing programs. */
async function copySvg(text: string): Promise<void> {
  if (older.writeImage !== undefined) return clipboard.writeText(text);
  const kept = (type: string): Blob => new Blob([text], { type });
  try {
    await clipboard.write([new electron.ClipboardItem({ "image/svg+xml": kept("image/svg+xml"), "text/plain": kept("text/plain") })]);
  } catch {
    // Not every system has a name for that type.
    await clipboard.writeText(text);
  }
}
