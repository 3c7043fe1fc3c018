import type { ReactNode } from "react";
import type { Summary } from "../../shared/analysis/result";
import { nameOf } from "../actions/names";
import { useDocument } from "../store/document";
import { compareSummaries, trend } from "./words";

/** Findings and tenant pairs now and after, and what is to be said of them. */
export function Balance({ before, after, children }: { readonly before: Summary; readonly after: Summary; readonly children?: ReactNode }) {
  const topology = useDocument((state) => state.topology);
  const named = ({ managementExposedTo: ids }: Summary): string => (ids.length === 0 ? "nobody" : ids.map((id) => nameOf(topology, id)).join(", "));
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
      <p className="muted">Management exposed to {named(before)}; after: {named(after)}.</p>
      {children}
    </aside>
  );
}
