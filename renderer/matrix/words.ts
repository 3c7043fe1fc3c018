/** A pair in words. Pure. */
import type { MatrixPair, Verdict } from "../../shared/analysis/result";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { isolated: "isolated", permitted: "permitted", violating: "violating", unknown: "unknown" };

/** What passes, cut to the first service: `tcp/443 +2`, `icmp one way`, `frames`. */
export function briefFlow(pair: MatrixPair): string {
  const [first, ...more] = pair.services.length > 0 ? pair.services : pair.oneWay;
  if (first === undefined) return pair.verdict === "unknown" ? "unknown" : "frames";
  return `${first}${more.length > 0 ? ` +${more.length}` : ""}${pair.services.length > 0 ? "" : " one way"}`;
}

export function layerWords(pair: MatrixPair): string {
  return pair.layer === 2 ? "2: frames pass directly" : "3: through a router or firewall";
}

export function frameWords(pair: MatrixPair): string {
  return pair.frames === "both" ? "both directions" : pair.frames === "one" ? "this direction only" : "none";
}
