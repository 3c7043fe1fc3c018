import type { Verdict } from "../../shared/analysis/result";
import "./verdict.css";

/** A verdict as colour and shape: tick, disc, cross, question mark. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <svg className={`verdict-mark verdict-${verdict}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden>
      {verdict === "permitted" ? <circle cx="6" cy="6" r="3.6" fill="currentColor" />
        : <path d={STROKES[verdict]} fill="none" stroke="currentColor" strokeWidth={verdict === "isolated" ? 1.4 : 1.9} strokeLinecap="round" strokeLinejoin="round" />}
    </svg>
  );
}

const STROKES: Readonly<Record<Exclude<Verdict, "permitted">, string>> = {
  isolated: "M2.6 6.4 4.9 8.7 9.4 3.6",
  violating: "M2.8 2.8 9.2 9.2M9.2 2.8 2.8 9.2",
  unknown: "M3.9 4.3C3.9 2.9 4.8 2 6.1 2S8.3 2.9 8.3 4.1C8.3 5.6 6.1 5.7 6.1 7.4M6.1 10v.05",
};
