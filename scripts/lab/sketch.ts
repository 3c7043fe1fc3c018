/** A document in the making. */
import type { Topology } from "../../shared/model/topology";
import type { Drawing } from "../../shared/network/testing";
import type { Chance } from "./chance";

export interface Sketch {
  readonly chance: Chance;
  readonly drawing: Drawing;
  readonly document: Topology;
  /** The last part of addresses in use, by subnet. */
  readonly used: Map<number, number>;
  readonly physical: [string, ...string[]];
}

/** An address of its own in 10.VLAN.0.0/24. */
export function freshAddress({ used }: Sketch, subnet: number): string {
  const last = (used.get(subnet) ?? 9) + 1;
  used.set(subnet, last);
  return `10.${subnet}.0.${last}/24`;
}
