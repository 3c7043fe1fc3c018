import { useMemo, useState } from "react";
import { useInquiry } from "../analysis/useAsked";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { askExporter } from "./client";
import type { DrawnPage, ExportOrder, Preview, Progress } from "./protocol";

export interface Shown {
  /** The last one that was drawn; `waiting`: of another order than this, or of the document before. */
  readonly preview: Preview | undefined;
  /** What it is of. */
  readonly order: ExportOrder | undefined;
  readonly waiting: boolean;
  readonly progress: Progress | undefined;
  /** In words for people. */
  readonly failure: string | undefined;
}

/** Of changes that follow one another at once only the last is drawn. */
const QUIET_MS = 60;

/** What the file will look like, at that page; undefined asks nothing. `attempt`: another number asks again. */
export function usePreview(order: ExportOrder | undefined, page: number, attempt: number): Shown {
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const inquire = useMemo(() => (order === undefined ? undefined : async () => {
    const preview = await askExporter("preview", { order, page }, setProgress).finally(() => setProgress(undefined));
    return { preview, order };
  }), [order, page]);
  const { answer, before, failure, waiting } = useInquiry(inquire, useAbout(attempt), { quiet: QUIET_MS, subject: "preview" });
  const shown = answer ?? before, isWaiting = waiting || inquire === undefined;
  return { preview: shown?.preview, order: shown?.order, waiting: isWaiting, progress, failure: isWaiting ? undefined : failure };
}

/** A page for the list of pages, once somebody sees its place there. */
export function useThumbnail(order: ExportOrder, page: number): DrawnPage | undefined {
  const inquire = useMemo(() => () => askExporter("page", { order, page }), [order, page]);
  const { answer, before } = useInquiry(inquire, useAbout(), { subject: String(page) });
  return answer ?? before;
}

/** Another object whenever there is another document to draw, by a step taken back or by the file of rules, or another attempt is made. */
function useAbout(attempt = 0): unknown {
  const topology = useDocument((state) => state.topology), findings = useAnalysis((state) => state.findings);
  return useMemo(() => ({ topology, findings, attempt }), [topology, findings, attempt]);
}
