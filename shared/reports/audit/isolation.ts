/** Why isolated pairs of tenants are isolated: the places that stop every flow, so that a reader can check it by hand. */
import type { Trace } from "../../analysis/result";
import { table, type Section } from "../../diagram/report";
import { entries } from "../../model/topology";
import { stopsForLackOfData } from "../trace-words";
import type { ReportSource } from "./source";
import { counted, hopWords, tenantName } from "./words";

/** Each is a trace of all machines of two tenants. */
const MOST_PROOFS = 60;
const MOST_STOPS = 6;

export function isolationSection({ analysis: { topology, network } }: ReportSource): Section {
  const machines = new Map<string, string[]>(entries(topology, "tenants").map(([id]) => [id, []]));
  for (const { id, tenant } of network.parties) if (tenant !== undefined) machines.get(tenant)?.push(id);
  const tenants = [...machines.keys()], rows: string[][] = [];
  let isolated = 0, empty = 0;
  for (const from of tenants) {
    for (const to of tenants) {
      if (from === to || network.tenantSum(from, to).verdict !== "isolated") continue;
      isolated += 1;
      const [senders = [], receivers = []] = [machines.get(from), machines.get(to)];
      if (senders.length === 0 || receivers.length === 0) empty += 1;
      else if (rows.length < MOST_PROOFS) rows.push([`${tenantName(topology, from)} → ${tenantName(topology, to)}`, proof(network.trace(senders, receivers))]);
    }
  }
  const left = isolated - empty - rows.length;
  return {
    id: "isolation", title: "Proof of isolation", pieces: [
      ...(isolated === 0 ? [] : [{ kind: "text" as const, text: `${counted(isolated, "ordered pair")} of tenants ${isolated === 1 ? "is" : "are"} isolated.${empty === 0 ? "" : ` Of ${empty} one of the two has no machine.`} Named here is the cut: the places where frames or packets end, of those that get there.` }]),
      table([{ title: "From → to", share: 2 }, { title: "Stopped by", share: 7 }], rows, tenants.length < 2 ? "There are no two tenants to keep apart." : isolated === 0 ? "No pair of tenants is isolated." : "No pair of tenants that both have machines is isolated.", MOST_PROOFS, ""),
      ...(left > 0 ? [{ kind: "text" as const, tone: "note" as const, text: `${left} more isolated pairs are not traced here; bulkhead trace FILE --from tenant:ID --to tenant:ID proves any of them.` }] : []),
    ],
  };
}

function proof({ blockedBy }: Trace): string {
  if (blockedBy.length === 0) return "Nothing joins them: no switch, cable, router or firewall is common to both.";
  // Of a port that nobody has described nothing is known, so it proves nothing: what would stop the flow behind it does.
  const known = blockedBy.filter((hop) => !stopsForLackOfData(hop)), ahead = known.length < blockedBy.length ? known : known.filter(({ behind }) => behind !== true);
  const shown = ahead.length > 0 ? ahead : known, behind = known.length - shown.length;
  return `${shown.slice(0, MOST_STOPS).map((hop) => hopWords([hop])).join("; ")}${shown.length > MOST_STOPS ? `; and ${counted(shown.length - MOST_STOPS, "more place")}` : ""}${behind > 0 ? `. ${counted(behind, "place")} behind would stop it too` : ""}`;
}
