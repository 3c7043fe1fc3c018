import { useMemo } from "react";
import type { Scene } from "../../shared/diagram/elements";
import { buildScene } from "../../shared/diagram/scene";
import { useAnalysis } from "../store/analysis";
import { useArranging } from "../store/arranging";
import { useDocument } from "../store/document";

/** The picture of the document as it is, or as an arrangement would make it, coloured by the newest analysis. */
export function useScene(): Scene {
  const written = useDocument((state) => state.topology);
  const preview = useArranging((state) => state.layout);
  const topology = useMemo(() => (preview === undefined ? written : { ...written, layout: preview }), [written, preview]);
  const findings = useAnalysis((state) => state.findings);
  const segments = useAnalysis((state) => state.segments);
  const exposed = useAnalysis((state) => state.summary?.managementExposedTo);
  const segmentsByEnd = useMemo(() => {
    const byEnd = new Map<string, string[]>();
    for (const { id, ends } of segments) {
      for (const end of ends) byEnd.set(end, [...(byEnd.get(end) ?? []), id]);
    }
    return byEnd;
  }, [segments]);
  return useMemo(() => buildScene(topology, {
    analysis: {
      findings,
      ...(exposed === undefined ? {} : { managementExposedTo: exposed }),
      ...(segmentsByEnd.size === 0 ? {} : { segmentsOf: (end: string) => segmentsByEnd.get(end) ?? [] }),
    },
  }), [topology, findings, exposed, segmentsByEnd]);
}
