import type { Finding } from "../../shared/analysis/result";
import type { SceneOptions } from "../../shared/diagram/scene";
import type { PictureFacts } from "./protocol";

/** How an analysis colours the picture. */
export function sceneOptions({ findings, segments, managementExposedTo }: Omit<PictureFacts, "generation">): SceneOptions {
  const byEnd = new Map<string, string[]>();
  for (const { id, ends } of segments) {
    for (const end of ends) {
      const ids = byEnd.get(end);
      if (ids === undefined) byEnd.set(end, [id]);
      else ids.push(id);
    }
  }
  return {
    analysis: {
      // A picture asks no more of a finding than this.
      findings: findings as readonly Finding[], managementExposedTo,
      ...(byEnd.size === 0 ? {} : { segmentsOf: (end: string) => byEnd.get(end) ?? [] }),
    },
  };
}
