import { useMemo } from "react";
import type { Edit } from "../../shared/analysis/result";
import type { Preview } from "../analysis/protocol";
import { useAsked } from "../analysis/useAsked";

/** What edits would do to the findings; undefined until it is known. */
export function usePreview(edits: readonly Edit[]): { readonly preview: Preview | undefined; readonly failure: string | undefined } {
  const key = JSON.stringify(edits);
  const question = useMemo(() => ({ edits: JSON.parse(key) as Edit[] }), [key]);
  const { answer, failure } = useAsked("preview", question, undefined);
  return { preview: answer, failure };
}
