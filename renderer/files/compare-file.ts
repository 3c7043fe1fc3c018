/** Choosing a document to compare with. */
import { openComparison } from "../store/compare";
import { openDialog, toast } from "../store/session";

/** Asks for a file and compares with it; one that is no document says why, and what was compared before stays. */
export async function compareWithFile(): Promise<void> {
  const picked = await window.bulkhead.pickComparison();
  switch (picked.status) {
    case "picked":
      return openComparison({ kind: "file", name: picked.name, bytes: picked.bytes as Uint8Array<ArrayBuffer> });
    case "refused":
      return openDialog({ type: "refused", name: picked.name, problems: picked.problems, total: picked.total });
    case "failed":
      return toast(`${picked.name} could not be read: ${picked.message}`, "error");
    case "cancelled":
  }
}
