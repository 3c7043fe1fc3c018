/** Words that several sections share. */
import type { Hop } from "../../analysis/result";
import { record, type Topology } from "../../model/topology";
import { stopWords } from "../trace-words";

const MOST_NAMES = 12, MOST_HOPS = 16;

export function names(ids: readonly string[], most = MOST_NAMES): string {
  return ids.slice(0, most).join(", ") + (ids.length > most ? ` and ${ids.length - most} more` : "");
}

/** `a-web/eth0 sends › prod-1 tags 100 › …`. */
export function hopWords(path: readonly Hop[], most = MOST_HOPS): string {
  const shown = path.length <= most ? path : [...path.slice(0, most - 1), ...path.slice(-1)];
  const words = shown.map((hop) => {
    const stops = stopWords(hop);
    return `${hop.at} ${hop.does}${stops === "" ? "" : ` (${stops})`}`;
  });
  if (shown.length < path.length) words.splice(-1, 0, "…");
  return words.join(" › ");
}

export function tenantName(topology: Topology, id: string): string {
  return record(topology, "tenants", id)?.name ?? id;
}

export function partyName(topology: Topology, id: string): string {
  return record(topology, "tenants", id)?.name ?? record(topology, "externalNetworks", id)?.name ?? id;
}

/** `3 hosts`, `1 host`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
