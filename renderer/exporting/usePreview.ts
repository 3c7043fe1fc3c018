import { useEffect, useState } from "react";
import { askExporter, GivenUp } from "./client";
import type { DrawnPage, ExportOrder, Preview, Progress } from "./protocol";

export interface Shown {
  /** The last one that was drawn; `waiting`: of another order than this. */
  readonly preview: Preview | undefined;
  /** What it is of. */
  readonly order: ExportOrder | undefined;
  readonly waiting: boolean;
  readonly progress: Progress | undefined;
  /** In words for people. */
  readonly failure: string | undefined;
}

interface Settled {
  readonly asked: string;
  readonly failure?: string;
}

/** Of changes that follow one another at once only the last is drawn. */
const QUIET_MS = 60;

/** What the file will look like, at that page; undefined asks nothing. `attempt`: another number asks again. */
export function usePreview(order: ExportOrder | undefined, page: number, attempt: number): Shown {
  const [drawn, setDrawn] = useState<{ readonly preview: Preview; readonly order: ExportOrder } | undefined>(undefined);
  const [settled, setSettled] = useState<Settled>({ asked: "" });
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const asked = order === undefined ? "" : JSON.stringify({ order, page, attempt });
  useEffect(() => {
    if (asked === "") return undefined;
    let current = true;
    const settle = (failure?: string): void => {
      setProgress(undefined);
      setSettled({ asked, ...(failure === undefined ? {} : { failure }) });
    };
    const timer = setTimeout(() => {
      const question = JSON.parse(asked) as { order: ExportOrder; page: number };
      askExporter("preview", question, (next) => { if (current) setProgress(next); }).then(
        (answer) => {
          if (!current) return;
          setDrawn({ preview: answer, order: question.order });
          settle();
        },
        (error: unknown) => { if (current && !(error instanceof GivenUp)) settle(error instanceof Error ? error.message : String(error)); },
      );
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked]);
  const waiting = settled.asked !== asked || asked === "";
  return { preview: drawn?.preview, order: drawn?.order, waiting, progress, failure: waiting ? undefined : settled.failure };
}

/** A page for the list of pages, once somebody sees its place there. */
export function useThumbnail(order: ExportOrder, page: number): DrawnPage | undefined {
  const [drawn, setDrawn] = useState<DrawnPage | undefined>(undefined);
  const key = JSON.stringify(order);
  useEffect(() => {
    let current = true;
    askExporter("page", { order: JSON.parse(key) as ExportOrder, page }).then((answer) => { if (current) setDrawn(answer); }, () => undefined);
    return () => { current = false; };
  }, [key, page]);
  return drawn;
}
