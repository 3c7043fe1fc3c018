import type { ReactNode } from "react";
import type { Summary } from "../../shared/analysis/result";
import type { UndecidedBetween } from "../../shared/fixes/effect";
import { describesManagement } from "../../shared/model/management";
import { nameOf } from "../actions/names";
import { useDocument } from "../store/document";
import { compareSummaries, managementWords, trend } from "./words";

/** Findings and tenant pairs now and after, and what is to be said of them. */
export function Balance({ before, after, undecided, children }: { readonly before: Summary; readonly after: Summary; readonly undecided: UndecidedBetween; readonly children?: ReactNode }) {
  const topology = useDocument((state) => state.topology);
  const isDescribed = describesManagement(topology);
  const management = (summary: Summary, undecidedFor: readonly string[]): string => managementWords(summary, { isDescribed, undecidedFor }, (id) => nameOf(topology, id));
  return (
    <aside className="plan-balance" aria-label="Before and after">
      <table>
        <thead><tr><th scope="col"><span className="visually-hidden">What is counted</span></th><th scope="col">now</th><th scope="col">after</th></tr></thead>
        <tbody>
          {compareSummaries(before, after).map((row) => (
            <tr key={row.label} className={trend(row)}><th scope="row">{row.label}</th><td className="tabular">{row.before}</td><td className="tabular">{row.after}</td></tr>
          ))}
        </tbody>
      </table>
      <p className="muted">Management now: {management(before, undecided.before)}.</p>
      {isDescribed && <p className="muted">After: {management(after, undecided.after)}.</p>}
      {children}
    </aside>
  );
}
