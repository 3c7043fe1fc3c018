import type { Hop } from "../../shared/analysis/result";
import { select } from "../store/session";
import "./hop-list.css";

/** A path hop by hop, numbered as on the canvas. A click selects the thing. */
export function HopList({ hops }: { readonly hops: readonly Hop[] }) {
  return (
    <ol className="hops" aria-label="Path">
      {hops.map((hop, index) => (
        <li key={index}>
          <button type="button" className="hop" onClick={() => select([hop.at])}>
            <span className="hop-number tabular">{index + 1}</span>
            <strong className="truncate">{hop.at}</strong>
            <span className={`hop-does${/^(den|stop|reject)/.test(hop.does) ? " stops" : ""}`}>{hop.does}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
