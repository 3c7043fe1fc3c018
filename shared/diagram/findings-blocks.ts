/** The list of findings beside a picture, keyed to its numbers: title and place only. The report says the rest. */
import type { Finding } from "../analysis/result";
import { gap, NOTE, paragraph, stack, STRONG, type Block } from "./block";
import { ENTRY_INDENT, entryHead } from "./report-blocks";

const MOST_SUBJECTS = 12;

/** One finding, `width` points wide, with what is to be said of its acceptance. */
export function findingBlock(finding: Finding, note: string | undefined, number: number, width: number): Block {
  const room = width - ENTRY_INDENT, { subjects } = finding, more = subjects.length - MOST_SUBJECTS;
  const body = stack([
    paragraph(finding.title, room, STRONG),
    paragraph(subjects.slice(0, MOST_SUBJECTS).join(", ") + (more > 0 ? ` and ${more} more` : ""), room, NOTE, 2),
    ...(note === undefined ? [] : [paragraph(note, room, { ...NOTE, fill: "text" })]),
    gap(6),
  ]);
  return { height: body.height, primitives: [...entryHead({ ...finding, number }), { type: "group", x: ENTRY_INDENT, children: body.primitives }] };
}
