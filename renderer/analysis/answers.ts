/** What the worker answers about an evaluated document. Pure: the message loop is `worker.ts`. */
import { evaluateWith } from "../../shared/fixes/effect";
import type { Evaluation } from "../../shared/analysis/evaluate";
import type { Edit } from "../../shared/analysis/result";
import { compileNetwork, matrixOf } from "../../shared/network/network";
import type { Network } from "../../shared/network/compiled-network";
import { ANY_SERVICE, parseService, type ServiceSet } from "../../shared/model/services";
import { parsePointer, pointer, valueAt } from "../../shared/model/path";
import { resolveSelector } from "../../shared/model/members";
import type { Topology } from "../../shared/model/topology";
import { rulesJson } from "../../shared/reports/rules-catalogue";
import { RULES } from "../../shared/rules/index";
import { currentIntents } from "../../shared/rules/intents";
import type { Standing } from "../../shared/rules/rule";
import { onlyRequired } from "../../shared/segmentation/only-required";
import { prove } from "../../shared/segmentation/proof";
import { applyTemplate, TEMPLATES } from "../../shared/segmentation/templates/index";
import type { AnalysisResult, Asks, Preview, SegmentationWish, SegmentBrief } from "./protocol";

/** Beyond so many parties nobody looks at all pairs, and the matrix is made cell by cell. */
const MOST_COMPARED = 2000;

/** The part of an evaluation that the window shows. `took` is in milliseconds. */
export function briefOf(evaluation: Evaluation, took: number, rules: AnalysisResult["rules"]): AnalysisResult {
  return {
    findings: evaluation.findings,
    summary: evaluation.summary,
    managementUndecidedFor: evaluation.network.managementUndecidedFor,
    matrix: evaluation.network.parties.length > MOST_COMPARED ? undefined : matrixOf(evaluation.network, "tenant"),
    segments: segmentBriefs(evaluation.network),
    took,
    pending: evaluation.pending,
    rules,
  };
}

function segmentBriefs(network: Network): SegmentBrief[] {
  return network.layer2.segments.filter((segment) => segment.ends.length > 0).map((segment) => ({
    id: segment.id,
    ends: segment.ends.map((end) => end.id),
    portGroups: [...new Set(segment.ends.flatMap((end) => (end.portGroup === undefined ? [] : [end.portGroup])))],
  }));
}

/** Parties by a selector (`tenant:a`), or by the bare id of one of them. Throws a message for people where it names nothing. */
export function partiesOf(topology: Topology, network: Network, text: string): string[] {
  if (network.party(text) !== undefined) return [text];
  const found = [...(resolveSelector(topology, text) ?? [])].filter((id) => network.party(id) !== undefined);
  if (found.length === 0) throw new Error(`"${text}" names nothing that sends or receives`);
  return found.sort();
}

export function answerTrace(evaluation: Evaluation, { from, to, services, assume }: Asks["trace"]["arguments"]): Asks["trace"]["answer"] {
  const { topology, today } = evaluation;
  const network = assume === evaluation.assume ? evaluation.network : compileNetwork(topology, { assume, today });
  return network.trace(partiesOf(topology, network, from), partiesOf(topology, network, to), serviceOf(services));
}

/** Undefined where nothing is written; throws where it is no service. */
function serviceOf(text: string | undefined): ServiceSet | undefined {
  const found = text === undefined || text === "" ? undefined : parseService(text);
  if (text !== undefined && text !== "" && found === undefined) throw new Error(`"${text}" is not a service: write any, icmp, tcp, udp, tcp/443 or udp/5000-5010`);
  return found;
}

export function answerHitTest({ network }: Evaluation, { services, ...question }: Asks["hitTest"]["arguments"]): Asks["hitTest"]["answer"] {
  return network.hitTest({ ...question, services: serviceOf(services) ?? ANY_SERVICE });
}

/** The standings that rules gave with the findings about one filter. */
export function standingsOf({ drafts }: Evaluation, filter: string): Asks["standings"]["answer"] {
  const found: Record<string, Standing> = {};
  for (const [id, { standing, subjects }] of drafts) if (standing !== undefined && subjects[0] === filter) found[id] = standing;
  return found;
}

/** The page of a rule that the document is judged by. */
export function rulePage({ customRules }: Evaluation, id: string): Asks["rulePage"]["answer"] {
  return rulesJson([...RULES, ...customRules].filter((rule) => rule.id === id)).rules[0];
}

/** So many findings about one record are looked at, the most severe first. */
const MOST_TOUCHED = 40;
/** What a change touches after these follows from them, such as the address in another network. */
const MOST_PLACES = 2;

/** By finding about a record, the first places in it that the preferred change for the finding would touch: where to look, not verified. */
export function touchedBy({ topology, findings, drafts }: Evaluation, collection: string, id: string): Asks["touched"]["answer"] {
  const own = pointer(collection, id);
  const about = findings.filter(({ subjects }) => subjects.some((subject) => subject === id || subject.startsWith(`${id}/`))).slice(0, MOST_TOUCHED);
  const places = (finding: string): string[] => {
    const edits = drafts.get(finding)?.fixes?.()[0]?.edits ?? [];
    return edits.flatMap((one) => placesOf(topology, one)).filter((path) => path === own || path.startsWith(`${own}/`)).slice(0, MOST_PLACES);
  };
  return Object.fromEntries(about.map((finding) => [finding.id, places(finding.id)] as const).filter(([, touched]) => touched.length > 0));
}

/** Of what is moved, where it is now. What is added to a list is about the list: what stands at that place is another thing. */
function placesOf(topology: Topology, one: Edit): string[] {
  if (!("value" in one)) return ["from" in one ? one.from : one.path];
  const list = one.path.slice(0, one.path.lastIndexOf("/"));
  if (one.op === "add" && Array.isArray(valueAt(topology, parsePointer(list) ?? []))) return [list];
  return leaves(one.path, one.value);
}

/** A group of fields that is written at once stands for the fields in it. */
function leaves(path: string, value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(`${path}${pointer(key)}`, inner));
}

/** What edits would do, compared with the document as it is. */
export function answerPreview(before: Evaluation, edits: readonly Edit[]): Preview {
  const after = evaluateWith(before, edits);
  if (after === undefined) throw new Error("These edits no longer fit the document");
  const was = new Set(before.findings.map((finding) => finding.id));
  const is = new Set(after.findings.map((finding) => finding.id));
  const holds = new Set(after.network.required.filter((entry) => entry.holds).map((entry) => entry.id));
  return {
    closes: before.findings.filter((finding) => !is.has(finding.id)),
    opens: after.findings.filter((finding) => !was.has(finding.id)),
    breaksRequired: before.network.required.filter((entry) => entry.holds && !holds.has(entry.id)).map((entry) => entry.id),
    summary: after.summary,
  };
}

/** What a segmentation would do, or why it cannot be done; one that changes nothing is told of all the same. */
export function answerSegmentation(evaluation: Evaluation, wish: SegmentationWish): Asks["segmentation"]["answer"] {
  if (wish.kind === "required" && !wish.inside && currentIntents(evaluation.topology, evaluation.today).length === 0) {
    return { ok: false, problems: ["The policy names no flow that counts today, so everything would be denied. Write required or allowed flows first: click beside everything on the canvas, and the inspector shows the policy."] };
  }
  const template = wish.kind === "template" ? TEMPLATES.find(({ id }) => id === wish.id) : undefined;
  const result = wish.kind === "template" && template !== undefined ? applyTemplate(template, evaluation, wish.values)
    : { ok: true as const, candidate: (wish.kind === "required" ? onlyRequired(evaluation, wish) : undefined) ?? { title: "Nothing to change", edits: [] } };
  if (!result.ok) return result;
  const proven = prove(evaluation, result.candidate);
  if (proven === undefined) throw new Error("the result would not be a valid document");
  return { ok: true, segmentation: proven.segmentation, undecided: proven.undecided };
}
