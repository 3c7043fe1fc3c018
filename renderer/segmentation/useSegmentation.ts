import { useEffect, useState } from "react";
import { ask } from "../analysis/client";
import type { Asks, SegmentationWish } from "../analysis/protocol";
import { useDocument } from "../store/document";

type Answer = Asks["segmentation"]["answer"];

interface Asked {
  readonly key: unknown;
  readonly answer?: Answer;
  readonly failure?: string;
}

/** What the wish would do to the document as it is now; undefined while that is being found out. */
export function useSegmentation(wish: SegmentationWish): { readonly answer: Answer | undefined; readonly failure: string | undefined } {
  const topology = useDocument((state) => state.topology);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const keep = (found: Omit<Asked, "key">): void => { if (current) setAsked({ key: wish, ...found }); };
    ask("segmentation", wish).then((answer) => keep({ answer }), (error: unknown) => keep({ failure: messageOf(error) }));
    return () => { current = false; };
  }, [topology, wish]);
  const fresh = asked?.key === wish ? asked : undefined;
  return { answer: fresh?.answer, failure: fresh?.failure };
}

type Templates = Asks["templates"]["answer"];

/** The templates with what the document suggests; undefined until the worker has said. */
export function useTemplates(): Templates | undefined {
  const topology = useDocument((state) => state.topology);
  const [templates, setTemplates] = useState<Templates | undefined>(undefined);
  useEffect(() => {
    let current = true;
    ask("templates", {}).then((found) => { if (current) setTemplates(found); }, () => { if (current) setTemplates([]); });
    return () => { current = false; };
  }, [topology]);
  return templates;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
