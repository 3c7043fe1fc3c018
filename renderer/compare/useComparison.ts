import { useEffect, useMemo } from "react";
import { diffTopologies } from "../../shared/model/diff";
import { ask } from "../analysis/client";
import type { ComparisonAnswer } from "../analysis/protocol";
import { useInquiry, type Inquiry } from "../analysis/useAsked";
import { useAnalysis } from "../store/analysis";
import { keyOfVersion, setMarks, useCompare, type OtherFile } from "../store/compare";
import { useDocument } from "../store/document";

/** Waits for a pause in typing. */
const QUIET_MS = 150;

export interface Compared extends Inquiry<ComparisonAnswer> {
  /** The analysis keeps the other version by this name; undefined where there is none: the document was never saved. */
  readonly key: string | undefined;
}

/** What is different from the chosen version, asked again after every analysis and every save; what is there is marked on the canvas. */
export function useComparison(): Compared {
  const file = useCompare(({ other }) => (other.kind === "file" ? other : undefined));
  const saved = useDocument((state) => state.history.saved);
  const version = file ?? saved;
  const key = version === undefined ? undefined : keyOfVersion(version);
  const inquire = useMemo(() => (key === undefined ? undefined : () => compareWith(file, key)), [file, key]);
  const isReady = useAnalysis(({ state, pending }) => state === "fresh" && pending.length === 0);
  const compared = useInquiry(inquire, useAbout(), { isReady, quiet: QUIET_MS });
  const marks = compared.answer?.marks;
  useEffect(() => setMarks(marks), [marks]);
  useEffect(() => () => setMarks(), []);
  return { key, ...compared };
}

/** Another object whenever something changes that is compared: the findings are new after every analysis, names change without one. */
function useAbout(): unknown {
  const findings = useAnalysis((state) => state.findings);
  const name = useDocument(({ topology }) => topology.name);
  const description = useDocument(({ topology }) => topology.description);
  return useMemo(() => ({ findings, name, description }), [findings, name, description]);
}

/** Hands the version over where the analysis does not have it: at first, after another one, and after it had to start again. */
async function compareWith(file: OtherFile | undefined, key: string): Promise<ComparisonAnswer> {
  const known = await ask("compare", { key });
  if (known !== undefined) return known;
  const kept = file !== undefined ? await sendBytes(file.bytes.slice(), key) : await sendSaved(key);
  if (!kept.ok) throw new Error(kept.problems.join("; "));
  const answer = await ask("compare", { key });
  if (answer === undefined) throw new Error("The other version was dropped meanwhile; the next change compares again.");
  return answer;
}

function sendBytes(bytes: Uint8Array<ArrayBuffer>, key: string): ReturnType<typeof sendSaved> {
  return ask("baseline", { key, bytes }, { transfer: [bytes.buffer] });
}

/** The analysis has the document as it is: what leads from there to the saved one is little. */
function sendSaved(key: string): Promise<{ ok: true } | { ok: false; problems: readonly string[] }> {
  const { topology, history } = useDocument.getState();
  return ask("baseline", { key, edits: diffTopologies(topology, history.saved ?? topology) });
}
