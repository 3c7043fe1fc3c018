import { useMemo } from "react";
import { SEVERITIES } from "../../shared/analysis/result";
import { describesManagement } from "../../shared/model/management";
import { COLLECTIONS, type Topology } from "../../shared/model/topology";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { isDirty } from "../store/history";
import { SeverityMark } from "../ui/SeverityMark";
import { textTooltip } from "../ui/Tooltip";
import { ZoomControls } from "./ZoomControls";
import "./status-bar.css";

/** Verdicts in one line; it is read out when they change. */
export function StatusBar() {
  const { summary, managementUndecidedFor, took, state, failure, pending } = useAnalysis();
  return (
    <footer className="status-bar" aria-label="Status">
      <div className="status-verdicts" aria-live="polite" aria-atomic>
        {state === "failed" && <span className="status-bad">The analysis failed: {failure}. The document is unharmed.</span>}
        {summary !== undefined && state !== "failed" && (
          <>
            <TenantPairs {...summary.tenantPairs} />
            <ExposedTo ids={summary.managementExposedTo} undecided={managementUndecidedFor} />
            <span className="status-severities">
              {SEVERITIES.filter((severity) => severity !== "info" && summary[severity] > 0).map((severity) => (
                <span key={severity} className="status-severity"><SeverityMark severity={severity} /> <b>{grouped(summary[severity])}</b> {severity}</span>
              ))}
            </span>
          </>
        )}
      </div>
      <Counts />
      <span className="top-space" />
      <span className="status-took muted tabular">{state === "stale" ? "analysing…" : state === "failed" ? "" : pending.length > 0 ? `still checking ${pending.join(", ")}…` : `analysed in ${duration(took)}`}</span>
      <SavedState />
      <ZoomControls />
    </footer>
  );
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function TenantPairs({ isolated, violating, permitted, unknown }: Readonly<Record<"isolated" | "violating" | "permitted" | "unknown", number>>) {
  if (isolated + violating + permitted + unknown === 0) return <span className="truncate muted">No tenant pairs yet</span>;
  return (
    <span>
      Tenant pairs: <b>{grouped(isolated)}</b> isolated, <b className={violating > 0 ? "status-bad" : ""}>{grouped(violating)}</b> violating
      {permitted > 0 && <>, <b>{grouped(permitted)}</b> permitted</>}
      {unknown > 0 && <>, <b className="status-unknown">{grouped(unknown)}</b> unknown</>}
    </span>
  );
}

/** `999,000`. */
function grouped(count: number): string {
  return count.toLocaleString("en");
}

const MOST_NAMES = 3;

function ExposedTo({ ids, undecided }: { readonly ids: readonly string[]; readonly undecided: readonly string[] }) {
  const topology = useDocument((state) => state.topology);
  const named = (all: readonly string[]): string => {
    const names = all.slice(0, MOST_NAMES).map((id) => topology.tenants?.[id]?.name ?? topology.externalNetworks?.[id]?.name ?? id);
    return names.join(", ") + (all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "");
  };
  // On a small screen the names are cut.
  if (ids.length > 0) return <span className="truncate" {...textTooltip(`Management exposed to ${named(ids)}${undecided.length === 0 ? "" : `; not decided for ${named(undecided)}`}`, { side: "top" })}>Management exposed to <b className="status-bad">{named(ids)}</b></span>;
  if (undecided.length > 0) return <span className="truncate" {...textTooltip("Data is missing: see the findings of MDL-005", { side: "top" })}>Management not decided for {named(undecided)}</span>;
  return describesManagement(topology) ? <span className="truncate">Management exposed to nobody</span> : <span className="truncate muted">No management described</span>;
}

function Counts() {
  const topology = useDocument((state) => state.topology);
  const words = useMemo(() => countsOf(topology), [topology]);
  return <span className={words === undefined ? "muted" : "status-counts muted"}>{words ?? "Empty document"}</span>;
}

function countsOf(topology: Topology): string | undefined {
  if (COLLECTIONS.every((collection) => Object.keys(topology[collection] ?? {}).length === 0)) return undefined;
  const count = (records: object | undefined, one: string): string[] => {
    const number = Object.keys(records ?? {}).length;
    return number === 0 ? [] : [`${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`];
  };
  return [...count(topology.vms, "VM"), ...count(topology.hosts, "host"), ...count(topology.portGroups, "port group")].join(" · ");
}

function SavedState() {
  const dirty = useDocument((state) => isDirty(state.history));
  const inFile = useDocument((state) => state.file.handle !== null);
  return <span className="muted">{dirty ? "unsaved changes" : inFile ? "saved" : "no file"}</span>;
}
