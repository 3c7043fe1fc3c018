import type { Summary } from "../../shared/analysis/result";
import { compareSummaries, trend } from "./words";

/** Findings and tenant pairs now, and after every step. */
export function Balance({ before, after }: { readonly before: Summary; readonly after: Summary }) {
  const left = after.critical + after.high;
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
      <p className="muted">Management exposed to {before.managementExposedTo.length === 0 ? "nobody" : before.managementExposedTo.join(", ")}; after: {after.managementExposedTo.length === 0 ? "nobody" : after.managementExposedTo.join(", ")}.</p>
      {left > 0 && <p>{left} critical or high {left === 1 ? "finding stays" : "findings stay"} open: {left === 1 ? "it takes" : "they take"} a person's decision.</p>}
    </aside>
  );
}
