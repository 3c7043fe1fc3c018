import { LENSES } from "../../shared/diagram/elements";
import { PAPERS } from "../../shared/diagram/export-options";
import type { ExportChoices } from "../../shared/exports/choices";
import { heeds, TABLES, type Setting } from "../../shared/exports/formats";
import { parseDate } from "../../shared/model/date";
import { Segmented } from "../ui/Segmented";
import { Select } from "../ui/Select";
import { Switch } from "../ui/Switch";
import { TextField } from "../ui/TextField";
import { choose } from "./choices";
import { Field } from "./Field";
import { ViewField } from "./ViewField";
import type { Scope } from "./view-choices";

interface PageSetupProps {
  readonly choices: ExportChoices;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly day: string;
  readonly onDay: (day: string) => void;
  /** Printed, not written: what concerns a file is not asked. */
  readonly isPrint: boolean;
}

/** What the chosen format heeds, and nothing else. */
export function PageSetup({ choices, scope, onScope, day, onDay, isPrint }: PageSetupProps) {
  const has = (setting: Setting): boolean => heeds(choices.format, setting);
  return (
    <div className="export-setup">
      {has("view") && <ViewField scope={scope} onChange={onScope} />}
      {has("table") && <Field label="Table"><Select label="Table" value={choices.table} options={TABLES.map((value) => ({ value, label: capital(value) }))} onChange={(table) => choose({ table })} /></Field>}
      {has("paper") && <Paper {...choices} />}
      {has("colours") && <Colours {...choices} />}
      {has("scale") && <Field label="Resolution"><Segmented label="Resolution" value={String(choices.scale)} options={["1", "2", "3", "4"].map((value) => ({ value, label: `${value}×` }))} onChange={(scale) => choose({ scale: Number(scale) })} /></Field>}
      {has("author") && <Field label="Author"><TextField label="Author" value={choices.author} placeholder="for the title block" onCommit={(author) => choose({ author: author.trim().slice(0, 200) })} /></Field>}
      {has("day") && (
        <Field label="Judged on" note="Decides which accepted risks still hold.">
          <TextField label="Judged on" value={day} check={(text) => (parseDate(text) === undefined ? "A day such as 2027-06-30" : undefined)} onCommit={onDay} />
        </Field>
      )}
      <Field label="Names" note={choices.anonymize ? "Ids, addresses and MACs are others too, notes and rules of your own are left out. Verdicts stay." : undefined}>
        <Switch label="Anonymize" description="Replace names and addresses" checked={choices.anonymize} onChange={(anonymize) => choose({ anonymize })} />
      </Field>
      {has("evidence") && !isPrint && (
        <Field label="Document" note={choices.evidence ? "For bulkhead verify; it can be read from the file." : "The file carries the document’s hash only."}>
          <Switch label="Embed the document" description="For bulkhead verify" checked={choices.evidence} onChange={(evidence) => choose({ evidence })} />
        </Field>
      )}
    </div>
  );
}

function Paper({ paper, orientation, fit, contents }: ExportChoices) {
  return (
    <>
      <Field label="Pages"><Segmented label="Pages" value={contents} options={[{ value: "report", label: "Diagram and report" }, { value: "diagram", label: "Diagram" }]} onChange={(next) => choose({ contents: next })} /></Field>
      <Field label="Paper"><Segmented label="Paper" value={paper} options={PAPERS.map((value) => ({ value, label: value }))} onChange={(next) => choose({ paper: next })} /></Field>
      <Field label="Orientation"><Segmented label="Orientation" value={orientation} options={[{ value: "landscape", label: "Landscape" }, { value: "portrait", label: "Portrait" }]} onChange={(next) => choose({ orientation: next })} /></Field>
      <Field label="Large diagram" note={fit === "tiles" ? "One that is too small to read on a page is repeated in tiles that overlap." : undefined}>
        <Segmented label="Large diagram" value={fit} options={[{ value: "tiles", label: "Tiles" }, { value: "page", label: "One page" }]} onChange={(next) => choose({ fit: next })} />
      </Field>
    </>
  );
}

function Colours({ theme, lens }: ExportChoices) {
  return (
    <>
      <Field label="Coloured by"><Select label="Coloured by" value={lens} options={LENSES.map((value) => ({ value, label: capital(value) }))} onChange={(next) => choose({ lens: next })} /></Field>
      <Field label="Colours" note={theme === "print" ? "Reads in black and white too." : undefined}>
        <Segmented label="Colours" value={theme} options={[{ value: "print", label: "Print" }, { value: "light", label: "Light" }, { value: "dark", label: "Dark" }]} onChange={(next) => choose({ theme: next })} />
      </Field>
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
