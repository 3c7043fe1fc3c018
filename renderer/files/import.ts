/** Making a document of inventory files, beside everything else that the window does. */
import type { SourceFile } from "../../shared/formats/importer";
import { openDialog, useSession } from "../store/session";
import type { Imported } from "./import-worker";

/** Milliseconds; a short import shows no progress. */
const PATIENCE_MS = 300;

/** How files are called together. */
export function nameOfFiles(files: readonly SourceFile[]): string {
  return files.length === 1 ? (files[0]?.name ?? "") : `${files.length} files`;
}

/** Reads the files; undefined where the user gives it up. Rejects where the reader itself fails. */
export async function readImport(files: readonly SourceFile[]): Promise<Imported | undefined> {
  const worker = new Worker(new URL("./import-worker.ts", import.meta.url), { type: "module" });
  const patience = setTimeout(() => openDialog({ type: "importing", name: nameOfFiles(files) }), PATIENCE_MS);
  let unsubscribe = (): void => undefined;
  try {
    return await new Promise<Imported | undefined>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Imported>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      // Whoever closes the dialog gives the import up.
      unsubscribe = useSession.subscribe((now, before) => {
        if (before.dialog?.type === "importing" && now.dialog?.type !== "importing") resolve(undefined);
      });
      worker.postMessage(files);
    });
  } finally {
    unsubscribe();
    clearTimeout(patience);
    worker.terminate();
    if (useSession.getState().dialog?.type === "importing") openDialog(undefined);
  }
}
