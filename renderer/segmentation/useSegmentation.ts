import type { Asks, SegmentationWish } from "../analysis/protocol";
import { useAsked, type Asked } from "../analysis/useAsked";
import { useDocument } from "../store/document";

/** What the wish would do to the document as it is now; undefined while that is being found out. */
export function useSegmentation(wish: SegmentationWish): Pick<Asked<"segmentation">, "answer" | "failure"> {
  return useAsked("segmentation", wish, useDocument((state) => state.topology));
}

type Templates = Asks["templates"]["answer"];

const EVERY: Asks["templates"]["arguments"] = {};

/** The templates with what the document suggests; undefined until the worker has said, none where it cannot. */
export function useTemplates(): Templates | undefined {
  const { answer, failure } = useAsked("templates", EVERY, useDocument((state) => state.topology));
  return failure === undefined ? answer : [];
}
