import { useEffect, useMemo, useState } from "react";
import { diffTopologies } from "../../shared/model/diff";
import { ask } from "../analysis/client";
import type { ComparisonAnswer } from "../analysis/protocol";
import { useAnalysis } from "../store/analysis";
import { keyOfVersion, setMarks, useCompare, type OtherVersion } from "../store/compare";
import { useDocument } from "../store/document";

/** Waits for a pause in typing. */
const QUIET_MS = 150;

interface Settled {
  readonly key: string;
  readonly about: unknown;
  readonly answer?: ComparisonAnswer;
  readonly failure?: string;
}

export interface Compared {
  /** The analysis keeps the other version by this name; undefined where there is none: the document was never saved. */
  readonly key: string | undefined;
  /** The last answer; it may be of the document before, while the next is on its way. */
  readonly answer: ComparisonAnswer | undefined;
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

/** What is different from the chosen version, asked again after every analysis and every save; what is there is marked on the canvas. */
export function useComparison(): Compared {
  const other = useCompare((state) => state.other);
  const saved = useDocument((state) => state.history.saved);
  const version = other.kind === "file" ? other : saved;
  const key = version === undefined ? undefined : keyOfVersion(version);
  const about = useAbout();
  const isReady = useAnalysis(({ state, pending }) => state === "fresh" && pending.length === 0);
  const [settled, setSettled] = useState<Settled | undefined>(undefined);
  useEffect(() => {
    if (key === undefined || !isReady) return;
    let current = true;
    const settle = (found: Pick<Settled, "answer" | "failure">): void => {
      if (current) setSettled({ key, about, ...found });
    };
    const timer = setTimeout(() => {
      compareWith(other, key).then((answer) => settle({ answer }), (error: unknown) => settle({ failure: error instanceof Error ? error.message : String(error) }));
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [other, key, about, isReady]);
  const known = settled?.key === key ? settled : undefined;
  const marks = known?.answer?.marks;
  useEffect(() => setMarks(marks), [marks]);
  useEffect(() => () => setMarks(), []);
  if (key === undefined) return { key, answer: undefined, failure: undefined, waiting: false };
  return { key, answer: known?.answer, failure: known?.failure, waiting: known === undefined || known.about !== about || !isReady };
}

/** Another object whenever something changes that is compared: the findings are new after every analysis, names change without one. */
function useAbout(): unknown {
  const findings = useAnalysis((state) => state.findings);
  const name = useDocument(({ topology }) => topology.name);
  const description = useDocument(({ topology }) => topology.description);
  return useMemo(() => ({ findings, name, description }), [findings, name, description]);
}

/** Hands the version over where the analysis does not have it: at first, after another one, and after it had to start again. */
async function compareWith(other: OtherVersion, key: string): Promise<ComparisonAnswer> {
  const known = await ask("compare", { key });
  if (known !== undefined) return known;
  const kept = other.kind === "file" ? await sendBytes(other.bytes.slice(), key) : await sendSaved(key);
  if (!kept.ok) throw new Error(kept.problems.join("; "));
  const answer = await ask("compare", { key });
  if (answer === undefined) throw new Error("The other version was dropped meanwhile; the next change compares again.");
  return answer;
}

function sendBytes(bytes: Uint8Array<ArrayBuffer>, key: string): ReturnType<typeof sendSaved> {
  return ask("baseline", { key, bytes }, [bytes.buffer]);
}

/** The analysis has the document as it is: what leads from there to the saved one is little. */
function sendSaved(key: string): Promise<{ ok: true } | { ok: false; problems: readonly string[] }> {
  const { topology, history } = useDocument.getState();
  return ask("baseline", { key, edits: diffTopologies(topology, history.saved ?? topology) });
}
