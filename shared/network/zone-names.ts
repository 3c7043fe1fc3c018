/** What names a zone: its smallest switch id and the VLAN there. Found for all zones in one pass over their places. */
import { compareIds } from "../model/topology";
import { linkEnd, type Ground } from "./ground";
import { otherSide, type Instance, type PortId, type Wiring } from "./wiring";
import type { Zones } from "./zones";

/** What a rank is multiplied by, so that VLAN ids fit below it. */
export const VLANS = 4096;

export class ZoneNames {
  /** By instance: the place of its switch among all ids. */
  readonly rank: Int32Array;
  /** By zone: the rank of the switch that names it, and the VLAN there: `rank * VLANS + vlan`. */
  readonly smallest: Float64Array;
  /** By zone: the first instance that gives this name. */
  readonly namedBy: Int32Array;

  constructor(private readonly ground: Ground, private readonly zones: Zones) {
    this.rank = rankSwitches(ground.wiring.instances);
    this.smallest = new Float64Array(zones.count).fill(Infinity);
    this.namedBy = new Int32Array(zones.count);
    for (let physical = 0; physical < ground.wiring.physicalCount; physical++) {
      this.nameByItself(physical);
      for (const port of this.smallestOfEachKind(uplinkPorts(ground.wiring, physical))) this.nameBeyond(physical, port);
    }
  }

  private nameByItself(physical: number): void {
    const { vlans } = this.ground.index;
    for (let vlan = 0; vlan < vlans.length; vlan++) this.offer(this.zones.of[physical * this.zones.width + vlan] as number, physical, vlans[vlan] as number);
  }

  /** Unknown ports, which alone have several targets, carry nothing here; one-way neighbours are other segments. */
  private nameBeyond(physical: number, port: PortId): void {
    const { wiring, index: { vlans } } = this.ground;
    const { instance } = linkEnd(wiring, otherSide(port));
    const [out, back] = [this.ground.crossing(port).first, this.ground.crossing(otherSide(port)).first];
    for (let vlan = 0; vlan < vlans.length; vlan++) {
      const joined = out[vlan] as number;
      if (joined !== -1 && back[joined] === vlan) this.offer(this.zones.of[physical * this.zones.width + vlan] as number, instance, vlans[joined] as number);
    }
  }

  private offer(zone: number, instance: number, vlan: number): void {
    const name = (this.rank[instance] as number) * VLANS + vlan;
    const smallest = this.smallest[zone] as number;
    if (name > smallest || (name === smallest && instance > (this.namedBy[zone] as number))) return;
    this.smallest[zone] = name;
    this.namedBy[zone] = instance;
  }

  /** One port for those plugged in alike, of the smallest switch id. */
  private smallestOfEachKind(ports: readonly PortId[]): PortId[] {
    const { ground } = this;
    const rankBeyond = (port: PortId): number => this.rank[beyond(ground.wiring, port)] as number;
    const kinds = new Map<object, Map<object, PortId>>();
    for (const port of ports) {
      const row = kinds.get(ground.crossing(port)) ?? new Map<object, PortId>();
      kinds.set(ground.crossing(port), row);
      const back = ground.crossing(otherSide(port));
      const before = row.get(back);
      if (before === undefined || rankBeyond(port) < rankBeyond(before)) row.set(back, port);
    }
    return [...kinds.values()].flatMap((row) => [...row.values()]);
  }
}

/** The ports of a physical switch beyond which there is a virtual one. */
export function uplinkPorts(wiring: Wiring, physical: number): readonly PortId[] {
  return (wiring.ports[physical] ?? []).filter((port) => beyond(wiring, port) >= wiring.physicalCount);
}

function beyond(wiring: Wiring, port: PortId): number {
  return linkEnd(wiring, otherSide(port)).instance;
}

function rankSwitches(instances: readonly Instance[]): Int32Array {
  const ids = new Set(instances.map((instance) => instance.switch));
  const order = new Map([...ids].sort(compareIds).map((id, at) => [id, at]));
  return Int32Array.from(instances, (instance) => order.get(instance.switch) ?? 0);
}
