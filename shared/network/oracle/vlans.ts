/** The VLANs that a document tells apart: one of each kind is enough to try. */
import { parseVlanList } from "../../model/vlan-set";
import type { Topology } from "../../model/topology";

/** Every VLAN id that is written somewhere, both sides of the end of every range, and one that nobody writes. */
export function vlansOf(topology: Topology): number[] {
  const found = new Set<number>([1, 4094]);
  collect(topology, found);
  for (let free = 4000; free < 4094; free += 1) {
    if (found.has(free)) continue;
    found.add(free);
    break;
  }
  return [...found].filter((vlan) => vlan >= 1 && vlan <= 4094).sort((a, b) => a - b);
}

const FIELDS = new Set(["id", "vlan", "native", "primary", "secondary", "guestVlans"]);

function collect(value: unknown, found: Set<number>, field = ""): void {
  if (typeof value === "number" && FIELDS.has(field)) found.add(value);
  else if (field === "allowed" && typeof value === "string") {
    for (const [at, edge] of (parseVlanList(value) ?? []).entries()) for (const vlan of [edge, at % 2 === 0 ? edge - 1 : edge + 1]) found.add(vlan);
  } else if (Array.isArray(value)) for (const item of value) collect(item, found, field);
  else if (typeof value === "object" && value !== null) for (const [key, item] of Object.entries(value)) collect(item, found, key);
}
