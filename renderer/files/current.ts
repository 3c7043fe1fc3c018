/** Putting documents into this window. */
import type { OpenResult } from "../../shared/ipc";
import type { Topology } from "../../shared/model/topology";
import { readDocument } from "../analysis/client";
import { resetAnalysis } from "../store/analysis";
import { resetAttack } from "../store/attack";
import { resetComparison } from "../store/compare";
import { emptyTopology, isLarge, openDocument, UNTITLED, type DocumentFile } from "../store/document";
import { openDialog, resetSession, setView, toast } from "../store/session";

/** Shows what main opened, or says why it did not. */
export async function showResult(result: OpenResult): Promise<void> {
  switch (result.status) {
    case "opened": {
      const { handle, name, bytes, recovered } = result.file;
      const parsed = await readDocument(bytes as Uint8Array<ArrayBuffer>);
      if (!parsed.ok) return openDialog({ type: "refused", name, problems: parsed.problems, total: parsed.problems.length });
      showTopology(parsed.topology, { handle, name }, !recovered && parsed.migratedFrom === undefined);
      if (parsed.migratedFrom !== undefined) toast(`${name} was written in the older format ${parsed.migratedFrom}; saving writes the present one.`, "warning");
      if (recovered) toast(`${name} was recovered. It has not been saved yet.`, "warning");
      return;
    }
    case "new":
      return showTopology(emptyTopology(), UNTITLED, true);
    case "refused":
      return openDialog({ type: "refused", name: result.name, problems: result.problems, total: result.total });
    case "failed":
      return toast(`${result.name} could not be opened: ${result.message}. Nothing in this window has changed.`, "error");
    case "elsewhere":
    case "cancelled":
  }
}

export function showTopology(topology: Topology, file: DocumentFile, saved: boolean): void {
  resetSession();
  resetAttack();
  resetComparison();
  resetAnalysis();
  openDocument(topology, file, saved);
  // Tenants first: a picture of so many things takes long to draw and shows little.
  if (isLarge(topology)) setView("matrix");
}
