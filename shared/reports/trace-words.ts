/** The words of a trace that the text and the window share. */
import type { Hop, Trace, TracePacket } from "../analysis/result";

const MOST_STOPS = 3;

/** What a place stops, beside what it does: `stops udp; tcp/22 would pass`. Empty where its words say all. */
export function stopWords({ does, stops = [], passes = [], behind }: Hop): string {
  // Long lists say no more than what would have passed.
  const stopped = stops.length === 0 || stops.length > MOST_STOPS || stops.includes("any") ? [] : [`stops ${stops.join(", ")}`];
  const passed = passes.length === 0 || does.startsWith("hears") ? [] : [`${passes.join(", ")} would pass`];
  return [...stopped, ...passed, ...(behind === true ? ["behind those above"] : [])].join("; ");
}

/** `10.0.0.11 → 10.0.1.12  tcp/443 from port 1024  VLAN 100`. */
export function packetWords({ from, to, source, destination, vlan, tagged, protocol, port, sourcePort, forged }: TracePacket): string {
  const service = `${protocol}${port === undefined ? "" : `/${port}`}${sourcePort === undefined ? "" : ` from port ${sourcePort}`}`;
  const frame = vlan === 0 ? "untagged" : `VLAN ${vlan}${tagged === true ? ", tagged by the sender" : ""}`;
  return [`${from} ${source ?? "any address"} → ${to} ${destination ?? "any address"}`, service, frame, ...(forged === true ? ["an address is taken over"] : [])].join("  ");
}

/** `and 12 more paths`; empty where all are listed. */
export function moreWords({ morePaths = 0, morePathsAtLeast }: Trace): string {
  if (morePaths === 0) return morePathsAtLeast === true ? "and perhaps more paths" : "";
  return `and ${morePathsAtLeast === true ? "at least " : ""}${morePaths} more ${morePaths === 1 ? "path" : "paths"}`;
}

/** Whether a place stops the answer, and not the packet. */
export function stopsAnswer({ does }: Hop): boolean {
  return /\banswers?\b/.test(does);
}

/** Whether a place stops something only because nobody has said what it lets through. */
export function stopsForLackOfData({ does }: Hop): boolean {
  return does.includes("the document does not say");
}
