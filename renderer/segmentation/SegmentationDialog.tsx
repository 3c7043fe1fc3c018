import { useMemo, useState } from "react";
import type { Segmentation } from "../../shared/segmentation/segmentation";
import type { ListedTemplate } from "../../shared/segmentation/templates/index";
import type { SegmentationWish } from "../analysis/protocol";
import { edit } from "../store/document";
import { openDialog, toast } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Parameters, type Given } from "./Parameters";
import { Proof } from "./Proof";
import { capital } from "./proof-words";
import { useSegmentation, useTemplates } from "./useSegmentation";
import "./segmentation.css";

const REQUIRED: ListedTemplate = {
  id: "required", title: "Allow only what is required",
  what: "Every firewall, router and distributed firewall gets one rule for each flow that the policy requires or allows, and denies the rest. Rules that no entry asks for go.",
  parameters: [
    { name: "inside", kind: "switch", what: "keep what passes inside a tenant, and from management to what it manages", value: ["no"] },
    { name: "distributed", kind: "switch", what: "add a distributed firewall over workloads that none covers", value: ["no"] },
  ],
};

/** Templates and "allow only what is required": each is tried on a copy, and what it would do is there to read before it is applied. */
export function SegmentationDialog() {
  const choices = [REQUIRED, ...(useTemplates() ?? [])];
  const [chosen, setChosen] = useState(REQUIRED.id);
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({});
  const own = given[chosen] ?? NOTHING;
  const wish = useMemo(() => wishFor(chosen, own), [chosen, own]);
  const { answer, failure } = useSegmentation(wish);
  const choice = choices.find(({ id }) => id === chosen) ?? REQUIRED;
  const proof = answer?.ok === true ? answer : undefined;
  const found = proof?.segmentation;
  const close = (): void => openDialog(undefined);
  return (
    <Dialog
      title="Segmentation" width="wide" onClose={close} description="What is to pass, and nothing else. Tried on a copy before it is applied."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={found === undefined || !found.verified || found.edits.length === 0} onClick={() => { if (found !== undefined && apply(choice.title, found)) close(); }}>Apply</Button>
        </>
      }
    >
      <div className="segmentation">
        <nav className="segmentation-choices" aria-label="Segmentations">
          {choices.map(({ id, title }) => <button key={id} type="button" aria-pressed={id === chosen} onClick={() => setChosen(id)}>{title}</button>)}
        </nav>
        <section className="segmentation-chosen" aria-label={choice.title}>
          <p className="muted">{choice.what}</p>
          <Parameters key={choice.id} parameters={choice.parameters} given={own} onChange={(name, values) => setGiven({ ...given, [chosen]: { ...own, [name]: values } })} />
          {failure !== undefined && <p className="field-error" role="alert">It could not be tried: {failure}. The document is unchanged.</p>}
          {failure === undefined && answer === undefined && <p className="muted" role="status">Trying it on a copy.</p>}
          {answer?.ok === false && <ul className="segmentation-problems" role="alert">{answer.problems.map((problem) => <li key={problem}>{capital(problem)}</li>)}</ul>}
          {proof !== undefined && <Proof {...proof} />}
        </section>
      </div>
    </Dialog>
  );
}

const NOTHING: Given = {};

function wishFor(chosen: string, given: Given): SegmentationWish {
  const isOn = (name: string): boolean => given[name]?.[0] === "yes";
  return chosen === REQUIRED.id ? { kind: "required", inside: isOn("inside"), distributed: isOn("distributed") } : { kind: "template", id: chosen, values: given };
}

/** One step of the history; says what is wrong where the document would not be valid after it. */
function apply(title: string, { edits, remaining }: Segmentation): boolean {
  try {
    const [problem] = edit({ label: `segmentation: ${title}`, edits });
    if (problem !== undefined) toast(`Not applied: ${problem}`, "error");
    else toast(`${title}. ${remaining.length === 0 ? "" : "What remains is among the findings. "}Undo takes it back.`);
    return problem === undefined;
  } catch {
    toast("Not applied: the document has changed meanwhile. Open the segmentation again.", "error");
    return false;
  }
}
