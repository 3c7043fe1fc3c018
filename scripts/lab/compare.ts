/** What was measured against what the analyzer says, pair by pair. */
import type { Topology } from "../../shared/model/topology";
import { hasService } from "../../shared/network/propagation";
import { compileNetwork } from "../../shared/network/network";
import type { Assume } from "../../shared/analysis/result";
import type { Air } from "./air";
import type { Pair } from "../../shared/network/types";
import type { Measured, Outcome } from "./hostile";
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

/** What the measurement of a pair says: all that there is; at least what was measured; or at least what was delivered (see docs/laboratory.md). */
export type Exactness = "exact" | "at least" | "delivery";

/** `exactness`: of the pairs whose services were measured; absent: every pair, exactly. */
export function compare(topology: Topology, assume: Assume, stations: readonly Station[], air: Air, measured: Measured, exactness?: ReadonlyMap<string, Exactness>): Comparison {
  const network = compileNetwork(topology, { assume, today: "2026-01-01" });
  const disagreements: string[] = [];
  let [pairs, answers] = [0, 0];
  for (const from of network.parties) {
    for (const to of network.parties) {
      if (from === to) continue;
      const key = `${from.id}>${to.id}`;
      pairs += 1;
      answers += 1;
      const said = network.pair(from.id, to.id);
      const say = (what: string, real: string, ours: string): void => void disagreements.push(`${assume} ${from.id} > ${to.id} ${what}: measured ${real}, analyzer ${ours}`);
      const frames = framesBetween(stations, air, from.id, to.id);
      if (frames !== (said.frames ?? "none")) say("frames", frames, said.frames ?? "none");
      const exact = exactness === undefined ? "exact" : exactness.get(key);
      if (exact === undefined) continue;
      for (const [index, service] of measured.services.entries()) {
        answers += 1;
        const outcome = measured.outcomes.get(key);
        const real = degree(outcome, index);
        const ours = expected(said, numberOf(service));
        if (outcome?.confused.has(index) === true && real === 1 && ours === 2) continue;
        const differs = { "exact": real !== ours, "at least": real > ours, "delivery": real > 0 && ours === 0 }[exact];
        if (differs) say(nameOf(service), DEGREES[real], DEGREES[ours]);
      }
    }
  }
  return { pairs, answers, disagreements };
}

const DEGREES = ["nothing", "delivered", "answered"] as const;
type Degree = 0 | 1 | 2;

function degree(outcome: Outcome | undefined, index: number): Degree {
  return outcome?.answered.has(index) === true ? 2 : outcome?.delivered.has(index) === true ? 1 : 0;
}

function expected({ services, oneWay }: Pick<Pair, "services" | "oneWay">, number: number): Degree {
  return hasService(services, number) ? 2 : hasService(oneWay, number) ? 1 : 0;
}

function framesBetween(stations: readonly Station[], air: Air, from: string, to: string): "both" | "one" | "none" {
  const ends = (owner: string): Station[] => stations.filter((station) => station.owner === owner);
  const heard = (a: string, b: string): boolean => ends(a).some((x) => ends(b).some((y) => air.hearsFrames(x, y)));
  if (!heard(from, to)) return "none";
  return heard(to, from) ? "both" : "one";
}
