import { useEffect, useMemo, useState } from "react";
import type { Topology } from "../../shared/model/topology";
import { openDialog, select, toast } from "../store/session";
import { useDocument } from "../store/document";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Switch } from "../ui/Switch";
import { tooltip } from "../ui/Tooltip";
import { VirtualList } from "../ui/VirtualList";
import { makeStep, planInSlices } from "./carry-out";
import type { Column } from "./columns";
import { readDelimited, type Cells } from "./delimited";
import { counted, type TableKind } from "./kinds";
import { isHeader, planPaste, type Pasting } from "./paste";
import type { CellProblem, Plan } from "./plan";
import { rowName, type Row } from "./rows";
import { targetOf } from "./useTableView";

interface PasteDialogProps {
  readonly text: string;
  readonly asNew: boolean;
  readonly topology: Topology;
  readonly kind: TableKind;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

const close = (): void => openDialog(undefined);

/** What pasting would change, cell by cell, and what is wrong: nothing is done before it is said here. */
export function PasteDialog({ text, asNew, topology, kind, rows, columns }: PasteDialogProps) {
  const read = useMemo(() => readDelimited(text, (names) => isHeader(kind, names)), [text, kind]);
  const cells = read.ok ? read.cells : NO_CELLS;
  const couldBeNames = cells.length > 1 && isHeader(kind, cells[0] ?? []);
  const [header, setHeader] = useState(couldBeNames);
  const [leavesOut, setLeavesOut] = useState(false);
  const [target] = useState(() => targetOf({ topology, kind, rows, columns }));
  const pasting = useMemo(() => planPaste(target, cells, asNew, header), [target, cells, asNew, header]);
  const whole = usePlan(kind, pasting);
  const bad = useMemo(() => new Set(whole?.problems.map(({ at }) => at)), [whole]);
  const rest = useMemo(() => ({ ...pasting, writes: pasting.writes.filter((_, at) => !bad.has(at)) }), [pasting, bad]);
  const restPlan = usePlan(kind, leavesOut && bad.size > 0 ? rest : undefined);
  const plan = leavesOut && bad.size > 0 ? restPlan : whole;
  const fits = plan !== undefined && plan.problems.length === 0 && (plan.changes.length > 0 || plan.added.length > 0);

  const apply = (): void => {
    if (plan === undefined) return;
    if (useDocument.getState().topology !== topology) return toast("The document has changed meanwhile: paste again", "warning");
    const reason = makeStep(kind, plan);
    if (reason !== undefined) return toast(`Nothing was pasted. ${reason}`, "error");
    close();
    select(plan.ids.filter((id) => id !== undefined));
  };
  return (
    <Dialog
      title={asNew ? `Paste as new ${kind.plural}` : `Paste into ${kind.plural}`} width="wide" onClose={close}
      footer={<>
        {bad.size > 0 && bad.size < pasting.writes.length && <div className="paste-choice"><Switch label={`Leave out the ${bad.size === 1 ? "row" : `${bad.size} rows`} with errors`} description="The other rows are pasted without them" checked={leavesOut} onChange={setLeavesOut} /></div>}
        <Button onClick={close}>Cancel</Button>
        <Button variant="primary" disabled={!fits} onClick={apply}>{applyWords(kind, plan)}</Button>
      </>}
    >
      {!read.ok ? <p className="field-error" role="alert">{read.message}.</p> : (
        <>
          <p role="status" className="paste-summary">{summaryWords(kind, whole, bad.size)}</p>
          <div className="paste-notes">
            {couldBeNames && <Switch label="The first line names the columns" description="Rows are then found by their names or ids" checked={header} onChange={setHeader} />}
            {pasting.unknown.length > 0 && <p className="paste-unknown">Left out, as no column is called so: {pasting.unknown.join(", ")}</p>}
          </div>
          {whole !== undefined && whole.problems.length > 0 && <Problems kind={kind} problems={whole.problems} pasting={pasting} header={header} />}
          <Preview topology={topology} kind={kind} pasting={pasting} plan={whole} left={leavesOut ? bad : NONE} header={header} />
        </>
      )}
    </Dialog>
  );
}

const NONE: ReadonlySet<number> = new Set();
const NO_CELLS: Cells = [[]];

/** The plan of what is pasted; undefined until it is made. */
function usePlan(kind: TableKind, pasting: Pasting | undefined): Plan | undefined {
  const [made, setMade] = useState<{ readonly of: Pasting; readonly plan: Plan } | undefined>(undefined);
  useEffect(() => (pasting === undefined ? undefined : planInSlices(kind, pasting.writes, (plan) => setMade({ of: pasting, plan }))), [kind, pasting]);
  return made !== undefined && made.of === pasting ? made.plan : undefined;
}

function summaryWords(kind: TableKind, plan: Plan | undefined, bad: number): string {
  if (plan === undefined) return "Reading…";
  const isNew = new Set(plan.added);
  const changed = plan.changes.filter(({ at }) => !isNew.has(plan.ids[at] ?? ""));
  const said = [
    plan.added.length > 0 ? `adds ${counted(kind, plan.added.length)}` : "",
    changed.length > 0 ? `changes ${changed.length.toLocaleString("en")} ${changed.length === 1 ? "cell" : "cells"} of ${counted(kind, new Set(changed.map(({ at }) => at)).size)}` : "",
  ].filter((part) => part !== "").join(" and ");
  const does = said === "" ? (bad === 0 ? "Changes nothing: the cells say this already." : "") : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  return `${does}${bad > 0 ? ` ${bad === 1 ? "One row has errors" : `${bad} rows have errors`}: nothing is pasted until they are mended or left out.` : ""}`.trim();
}

function applyWords(kind: TableKind, plan: Plan | undefined): string {
  if (plan === undefined || plan.problems.length > 0) return "Paste";
  const cells = plan.changes.filter(({ at }) => !plan.added.includes(plan.ids[at] ?? "")).length;
  if (plan.added.length > 0) return `Add ${counted(kind, plan.added.length)}${cells > 0 ? `, change ${cells}` : ""}`;
  return cells === 0 ? "Paste" : `Change ${cells.toLocaleString("en")} ${cells === 1 ? "cell" : "cells"}`;
}

function lineOf(at: number, header: boolean): number {
  return at + (header ? 2 : 1);
}

function Problems({ kind, problems, pasting, header }: { readonly kind: TableKind; readonly problems: readonly CellProblem[]; readonly pasting: Pasting; readonly header: boolean }) {
  const titles = new Map(pasting.columns.flatMap((column) => (column === undefined ? [] : [[column.key, column.title] as const])));
  return (
    <div className="paste-problems" role="alert">
      <VirtualList label={`Errors in ${kind.plural}`} items={problems} rowHeight={24} most={4}>
        {({ at, column, message }) => <p className="truncate" {...tooltip(message, { cut: true })}><strong className="tabular">Line {lineOf(at, header)}</strong>{column !== undefined && <>, {titles.get(column) ?? column}</>}: {message}</p>}
      </VirtualList>
    </div>
  );
}

interface PreviewProps {
  readonly topology: Topology;
  readonly kind: TableKind;
  readonly pasting: Pasting;
  readonly plan: Plan | undefined;
  readonly left: ReadonlySet<number>;
  readonly header: boolean;
}

/** The lines as they would be: what changes stands out, what is wrong too. */
function Preview({ topology, kind, pasting, plan, left, header }: PreviewProps) {
  const columns = pasting.columns.filter((column) => column !== undefined);
  const changes = useMemo(() => new Map(plan?.changes.map((change) => [`${change.at} ${change.column}`, change])), [plan]);
  const problems = useMemo(() => new Map(plan?.problems.map((problem) => [`${problem.at} ${problem.column ?? ""}`, problem.message])), [plan]);
  const tracks = { gridTemplateColumns: `44px minmax(120px, 1.2fr) repeat(${columns.length}, minmax(112px, 1fr))` };
  return (
    <div className="paste-preview" tabIndex={0} role="group" aria-label="What is pasted">
      <div style={{ minWidth: 164 + columns.length * 112 }}>
      <div className="paste-line paste-names" style={tracks}><span>Line</span><span>Row</span>{columns.map(({ key, title }) => <span key={key} className="truncate">{title}</span>)}</div>
      <VirtualList label="Lines" items={pasting.writes} rowHeight={26} most={9}>
        {({ row, cells }, at) => (
          <div className={`paste-line${left.has(at) ? " left-out" : ""}`} style={tracks}>
            <span className="muted tabular">{lineOf(at, header)}</span>
            <span className={`truncate${problems.has(`${at} `) ? " wrong" : ""}`} {...tipOf(problems.get(`${at} `))}>{row === undefined ? <em className="paste-new">new</em> : rowName(topology, kind.collection, row)}</span>
            {columns.map(({ key }) => {
              const change = changes.get(`${at} ${key}`);
              const wrong = problems.get(`${at} ${key}`);
              const text = change?.after ?? cells.find(({ column }) => column.key === key)?.text ?? "";
              const title = wrong ?? (change !== undefined && row !== undefined ? `${change.before === "" ? "not set" : change.before} → ${change.after === "" ? "default" : change.after}` : text);
              return <span key={key} className={`truncate${wrong !== undefined ? " wrong" : change !== undefined ? " changes" : " muted"}`} {...tipOf(title)}>{change?.after === "" ? <em>default</em> : text}</span>;
            })}
          </div>
        )}
      </VirtualList>
      </div>
    </div>
  );
}

function tipOf(words: string | undefined) {
  return words === undefined || words === "" ? {} : tooltip(words);
}
