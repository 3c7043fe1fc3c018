/** Every finding, keyed to the diagram by its number. */
import { acceptanceNotes } from "../../analysis/acceptance";
import type { Finding } from "../../analysis/result";
import { table, type Entry, type Fact, type Piece, type Section } from "../../diagram/report";
import { commandsFor } from "../../fixes/commands";
import { applyEdits } from "../../model/edit";
import type { Topology } from "../../model/topology";
import type { ReportSource } from "./source";
import { counted, hopWords, names } from "./words";

/** So many are told whole; of the others a line each, so that a large report can still be printed. */
const MOST_WHOLE = 250, MOST_LINES = 5000;
const MOST_COMMANDS = 6;

export function findingsSection({ analysis: { topology, findings, today } }: ReportSource): Section {
  const notes = acceptanceNotes(topology, today), told = new Map<string, number>();
  const whole = findings.slice(0, MOST_WHOLE).map((finding, index) => {
    const [fix] = finding.fixes, key = fix === undefined ? "" : JSON.stringify(fix.edits), before = told.get(key);
    if (fix !== undefined && before === undefined) told.set(key, index + 1);
    // The same change closes several findings: its commands are told once.
    return entryOf(finding, index + 1, notes.get(finding.id), fix === undefined ? [] : before === undefined ? commandsOf(topology, fix) : [`as for no. ${before}`]);
  });
  const rest = findings.slice(MOST_WHOLE).map((finding, index) => [String(MOST_WHOLE + index + 1), finding.accepted ? `${finding.severity}, accepted` : finding.severity, finding.id, finding.title]);
  const pieces: Piece[] = findings.length === 0 ? [{ kind: "text", text: "None." }] : whole;
  return {
    id: "findings", title: `Findings (${findings.length})`,
    pieces: rest.length === 0 ? pieces : [...pieces, { kind: "subhead", text: `${counted(rest.length, "more finding")}, in brief` }, table([{ title: "No.", share: 0.6 }, { title: "Severity", share: 1 }, { title: "Id", share: 3 }, { title: "Finding", share: 5 }], rest, "", MOST_LINES, "bulkhead check --format json lists all")],
  };
}

function entryOf(finding: Finding, number: number, note: string | undefined, commands: readonly string[]): Entry {
  const { severity, accepted, rule, id, title, detail, path, services, subjects, fixes, references, children = [] } = finding, [fix, ...others] = fixes;
  const fact = (label: string, text: string): Fact[] => (text === "" ? [] : [{ label, text }]);
  return {
    kind: "entry", number, severity, accepted, rule, id, title, detail,
    facts: [
      ...fact("Accepted", note ?? ""), ...fact("Where", names(subjects)), ...fact("Path", hopWords(path)), ...fact("Services", names(services)), ...fact("Leads to", names(children, 6)),
      ...fact("Fix", fix === undefined ? "" : fixWords(fix, others.length)), ...fact("Standards", references.join("; ")),
    ],
    commands,
  };
}

function fixWords({ title, verified, introduces, breaksRequired }: Finding["fixes"][number], others: number): string {
  return [
    `${title} (${verified ? "verified on a copy" : "not verified"})`, ...(introduces.length === 0 ? [] : [`opens ${names(introduces, 3)}`]), ...(breaksRequired.length === 0 ? [] : [`breaks ${names(breaksRequired, 3)}`]),
    ...(others === 0 ? [] : [`${counted(others, "other way", "other ways")} to do it`]),
  ].join("; ");
}

function commandsOf(topology: Topology, { edits }: Finding["fixes"][number]): string[] {
  const commands = commandsFor(topology, applyEdits(topology, edits)).map(({ platform, on, text }) => `${platform}, on ${on}: ${text}`);
  return commands.length > MOST_COMMANDS ? [...commands.slice(0, MOST_COMMANDS), `and ${commands.length - MOST_COMMANDS} more, which bulkhead fix prints`] : commands;
}
