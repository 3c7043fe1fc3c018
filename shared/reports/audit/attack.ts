/** From whom to whom an attacker gets, by the cheapest ways, over packets and everything else. */
import { AttackGraph } from "../../attack/graph";
import { Ways } from "../../attack/ways";
import { table, type Section } from "../../diagram/report";
import { entries } from "../../model/topology";
import type { ReportSource } from "./source";
import { counted, names, partyName } from "./words";

const MOST_ATTACKERS = 12, MOST_PATHS = 5;

export function attackSection({ analysis }: ReportSource): Section {
  const { topology, network } = analysis;
  const tenants = entries(topology, "tenants").map(([id]) => ({ id, parties: network.parties.filter(({ tenant }) => tenant === id).map((party) => party.id) }));
  const outside = entries(topology, "externalNetworks").filter(([, { trust }]) => trust === undefined || trust === "untrusted").map(([id]) => ({ id, parties: [id] }));
  const attackers = [...outside, ...tenants].filter(({ parties }) => parties.length > 0), asked = attackers.slice(0, MOST_ATTACKERS);
  const graph = new AttackGraph(analysis);
  const rows = asked.flatMap(({ id, parties }) => {
    const ways = new Ways(graph, { from: parties, to: undefined }), { paths } = ways;
    const told = paths.slice(0, MOST_PATHS).map(({ cost, steps }) => [partyName(topology, id), String(cost), steps.map(({ from, to, channel, rule }) => `${from} → ${to} by ${channel} (${rule})`).join("; then ")]);
    return paths.length > MOST_PATHS ? [...told, [partyName(topology, id), "", `and ${counted(paths.length - MOST_PATHS, "more target")}: ${names(paths.slice(MOST_PATHS).map(({ steps }) => steps.at(-1)?.to ?? ""), 8)}`]] : told;
  });
  const left = attackers.length - asked.length;
  return {
    id: "attack", title: "Attack paths", pieces: [
      { kind: "text", text: "The cheapest way from each tenant, and from each untrusted network, to every other tenant and every hypervisor that it gets to: over packets that the network lets through, and over everything else (clipboard, shared folders, memory, escape, management). A lower cost is an easier way. What the policy permits is a step too." },
      table([{ title: "Attacker", share: 1.6 }, { title: "Cost", share: 0.6 }, { title: "Steps", share: 7 }], rows, "No tenant and no untrusted network gets to another tenant or to a hypervisor.", MOST_ATTACKERS * (MOST_PATHS + 1), ""),
      ...(left > 0 ? [{ kind: "text" as const, tone: "note" as const, text: `${left} more tenants are left out; bulkhead paths FILE --from tenant:ID answers for any of them.` }] : []),
    ],
  };
}
