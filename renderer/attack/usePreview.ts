import { useEffect, useState } from "react";
import type { Edit } from "../../shared/analysis/result";
import { ask } from "../analysis/client";
import type { Preview } from "../analysis/protocol";

/** What edits would do to the findings; undefined until it is known. */
export function usePreview(edits: readonly Edit[]): { readonly preview: Preview | undefined; readonly failure: string | undefined } {
  const [found, setFound] = useState<{ readonly key: string; readonly preview?: Preview; readonly failure?: string } | undefined>(undefined);
  const key = JSON.stringify(edits);
  useEffect(() => {
    let current = true;
    ask("preview", { edits: JSON.parse(key) as Edit[] }).then(
      (preview) => { if (current) setFound({ key, preview }); },
      (error: unknown) => { if (current) setFound({ key, failure: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { current = false; };
  }, [key]);
  const about = found?.key === key ? found : undefined;
  return { preview: about?.preview, failure: about?.failure };
}
