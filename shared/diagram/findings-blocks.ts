/** The list of findings, keyed to the numbers on the diagram. */
import type { Finding, Hop } from "../analysis/result";
import { BODY, gap, NOTE, paragraph, stack, STRONG, type Block } from "./block";
import { SEVERITY_MARKS } from "./lens";
import type { Paint, Primitive } from "./primitives";
import { line, markAt } from "./shapes/shape";

const NUMBER = 26, SEVERITY = 62, RULE = 54;
const MOST_SUBJECTS = 12;
const MOST_HOPS = 16;

/** One finding, `width` points wide, with what is to be said of its acceptance. `brief`: title and place only. */
export function findingBlock(finding: Finding, note: string | undefined, number: number, width: number, brief: boolean): Block {
  const left = NUMBER + SEVERITY + RULE, room = width - left;
  const body = stack([
    paragraph(finding.title, room, STRONG),
    ...(brief ? [paragraph(places(finding.subjects), room, NOTE, 2)] : details(finding, room)),
    ...(note === undefined ? [] : [paragraph(note, room, { ...NOTE, fill: "text" })]),
    gap(6),
  ]);
  return { height: body.height, primitives: [...badge(number, finding.accepted), ...severity(finding), ...line(finding.rule, { x: NUMBER + SEVERITY, y: 8.5 }, RULE - 4, { size: 8.5, fill: "text" }), { type: "group", x: left, children: body.primitives }] };
}

function details(finding: Finding, room: number): Block[] {
  const fix = finding.fixes[0];
  return [
    paragraph(finding.detail, room, BODY),
    paragraph(`Where: ${places(finding.subjects)}`, room, NOTE, 3),
    ...(finding.path.length === 0 ? [] : [paragraph(`Path: ${hopLine(finding.path)}`, room, NOTE, 5)]),
    ...(finding.services.length === 0 ? [] : [paragraph(`Services: ${finding.services.join(", ")}`, room, NOTE, 2)]),
    paragraph(finding.id, room, { ...NOTE, fill: "faint" }, 2),
    ...(fix === undefined ? [] : [paragraph(`Fix: ${fix.title}${fix.verified ? " (verified)" : ""}`, room, NOTE, 2)]),
  ];
}

function places(subjects: readonly string[]): string {
  const more = subjects.length - MOST_SUBJECTS;
  return subjects.slice(0, MOST_SUBJECTS).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** `a-web/eth0 sends › prod-1 tags 100 › …`. */
function hopLine(path: readonly Hop[]): string {
  const shown = path.length <= MOST_HOPS ? path : [...path.slice(0, MOST_HOPS - 1), ...path.slice(-1)];
  const words = shown.map((hop) => `${hop.at} ${hop.does}`);
  if (shown.length < path.length) words.splice(-1, 0, "…");
  return words.join(" › ");
}

/** Filled where the diagram carries the number; outlined for accepted findings, which it does not mark. */
function badge(number: number, accepted: boolean): Primitive[] {
  const text = String(number), width = Math.max(14, 6 + text.length * 5);
  const style: { fill: Paint; stroke: Paint } = accepted ? { fill: "surface", stroke: "muted" } : { fill: "violation", stroke: "violation" };
  return [
    { type: "rect", x: 0, y: -1.5, width, height: 14, radius: 7, ...style, strokeWidth: 0.75 },
    { type: "text", x: width / 2, y: 8.6, text, size: 8.5, weight: 600, fill: accepted ? "muted" : "onBadge", anchor: "middle" },
  ];
}

function severity(finding: Finding): Primitive[] {
  return [markAt(SEVERITY_MARKS[finding.severity], NUMBER, 1.5, 7.5, finding.severity), ...line(finding.severity, { x: NUMBER + 12, y: 8.5 }, SEVERITY - 14, { size: 8.5, fill: "text" })];
}
