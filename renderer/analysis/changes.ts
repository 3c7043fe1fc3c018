/** Which edits change verdicts, and which only the picture. */
import type { Edit } from "../../shared/analysis/result";

/** False where every edit is of the layout or of the document's own name and description. */
export function changesAnalysis(edits: readonly Edit[]): boolean {
  return edits.some((edit) => !/^\/(layout|name|description)(\/|$)/.test(edit.path) || ("from" in edit && !/^\/layout(\/|$)/.test(edit.from)));
}
