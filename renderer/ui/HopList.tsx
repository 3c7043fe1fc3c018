import type { Hop } from "../../shared/analysis/result";
import { stopWords } from "../../shared/reports/trace-words";
import { select } from "../store/session";
import "./hop-list.css";

/** How the words of places that stop something begin. */
const STOPS = /^(den|stop|reject|hears|keeps|lets|sees only|forwards nothing|has no|is joined|is plugged|is attached|is not known)/;

/** A path hop by hop, numbered as on the canvas. A click selects the thing. */
export function HopList({ hops }: { readonly hops: readonly Hop[] }) {
  return (
    <ol className="hops" aria-label="Path">
      {hops.map((hop, index) => (
        <li key={index}>
          <button type="button" className="hop" onClick={() => select([hop.at])}>
            <span className="hop-number tabular">{index + 1}</span>
            <strong className="truncate">{hop.at}</strong>
            <span className={`hop-does${hop.behind !== true && STOPS.test(hop.does) ? " stops" : ""}`}>
              {hop.does}
              {stopWords(hop) !== "" && <span className="hop-more"> · {stopWords(hop)}</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
