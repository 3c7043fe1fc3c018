import { useEffect, useState } from "react";
import { documentText } from "../analysis/client";
import { useDocument } from "../store/document";

/** Whether the document's file holds its canonical text, so that its lines can be told; false while that is being found out, and unless it is `wanted`. */
export function useCanonical(wanted: boolean): boolean {
  const { topology, file: { handle } } = useDocument();
  const [found, setFound] = useState<{ readonly topology: object; readonly handle: string; readonly isHeld: boolean } | undefined>(undefined);
  useEffect(() => {
    if (!wanted || handle === null) return undefined;
    let current = true;
    void documentText(topology).then((text) => window.bulkhead.holdsText(handle, text)).catch(() => false).then((isHeld) => { if (current) setFound({ topology, handle, isHeld }); });
    return () => { current = false; };
  }, [wanted, handle, topology]);
  return wanted && found?.topology === topology && found.handle === handle && found.isHeld;
}
