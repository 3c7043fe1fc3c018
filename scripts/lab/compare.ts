/** What was measured against what the analyzer says, pair by pair. */
import type { Topology } from "../../shared/model/topology";
import { hasService } from "../../shared/network/propagation";
import { compileNetwork } from "../../shared/network/network";
import type { Assume } from "../../shared/analysis/result";
import type { Air } from "./air";
import type { Measured } from "./hostile";
import type { Station } from "./stations";
import type { Service } from "./traits";

export interface Comparison {
  /** Ordered pairs of parties. */
  readonly pairs: number;
  readonly answers: number;
  /** One line each. */
  readonly disagreements: readonly string[];
}

/** As the service sets number them. */
function numberOf({ protocol, port }: Service): number {
  return protocol === 1 ? -1 : protocol === 6 ? port : 65536 + port;
}

function nameOf({ protocol, port }: Service): string {
  return protocol === 1 ? "icmp" : `${protocol === 6 ? "tcp" : "udp"}/${port}`;
}

export function compare(topology: Topology, assume: Assume, stations: readonly Station[], air: Air, measured: Measured): Comparison {
  const network = compileNetwork(topology, { assume, today: "2026-01-01" });
  const disagreements: string[] = [];
  let pairs = 0;
  for (const from of network.parties) {
    for (const to of network.parties) {
      if (from === to) continue;
      pairs += 1;
      const said = network.pair(from.id, to.id);
      const say = (what: string, real: string, ours: string): void => void disagreements.push(`${assume} ${from.id} > ${to.id} ${what}: measured ${real}, analyzer ${ours}`);
      const frames = framesBetween(stations, air, from.id, to.id);
      if (frames !== (said.frames ?? "none")) say("frames", frames, said.frames ?? "none");
      const outcome = measured.outcomes.get(`${from.id}>${to.id}`);
      for (const [index, service] of measured.services.entries()) {
        const real = outcome?.answered.has(index) === true ? "answered" : outcome?.delivered.has(index) === true ? "delivered" : "nothing";
        const number = numberOf(service);
        const ours = hasService(said.services, number) ? "answered" : hasService(said.oneWay, number) ? "delivered" : "nothing";
        if (real !== ours) say(nameOf(service), real, ours);
      }
    }
  }
  return { pairs, answers: pairs * (1 + measured.services.length), disagreements };
}

function framesBetween(stations: readonly Station[], air: Air, from: string, to: string): "both" | "one" | "none" {
  const ends = (owner: string): Station[] => stations.filter((station) => station.owner === owner);
  const heard = (a: string, b: string): boolean => ends(a).some((x) => ends(b).some((y) => air.hearsFrames(x, y)));
  if (!heard(from, to)) return "none";
  return heard(to, from) ? "both" : "one";
}
