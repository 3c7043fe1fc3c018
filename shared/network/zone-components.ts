/**
 * Which zones frames join both ways by going round: strongly connected components of zones. A virtual switch forwards nothing from one
 * uplink to another, so no frame gets from zone to zone by way of one; its own VLANs are in every component that they join both ways.
 */
import type { PlugClasses } from "./plug-classes";
import { components } from "./scc";

export class ZoneComponents {
  /** The component of every physical zone; after the zones, one for each local. */
  readonly of: Int32Array;
  private readonly byLocal = new Map<number, readonly number[]>();

  constructor(private readonly classes: PlugClasses) {
    this.of = joinZones(classes);
  }

  /** The components of a zone, or of a local after the zones. */
  containing(zone: number): readonly number[] {
    const { count } = this.classes.zones;
    return zone < count ? [this.of[zone] as number] : this.containingLocal(zone - count);
  }

  /** Several for a VLAN whose uplinks lead to several; its own where there is none. */
  containingLocal(local: number): readonly number[] {
    let found = this.byLocal.get(local);
    if (found === undefined) {
      const joined = this.joined(local);
      this.byLocal.set(local, (found = joined.length > 0 ? joined : [this.of[this.classes.zones.count + local] as number]));
    }
    return found;
  }

  /** The components that frames of the local get to, and from which frames get back to it. */
  private joined(local: number): readonly number[] {
    const { attachments, localVlans, locals, reach } = this.classes;
    const { instance, vlan } = locals.all[local] ?? { instance: -1, vlan: -1 };
    // Of an overlay; or nobody may hear it any more.
    if (vlan === -1 || localVlans.apart(instance)?.has(vlan) !== true) return [];
    const attachment = attachments.at(instance);
    const cells = new Set(attachment.into(vlan));
    if (cells.size === 0) return [];
    // Zones beyond an unknown trunk share one list.
    const returning = new Map<Int32Array, boolean>();
    const returns = (reached: Int32Array): boolean => {
      const known = returning.get(reached) ?? reached.some((cell) => cells.has(cell));
      returning.set(reached, known);
      return known;
    };
    const found = new Set<number>();
    for (const reached of new Set(attachment.out(vlan).map((zone) => reach.from(zone)))) {
      for (const cell of reached) {
        const zone = reach.zoneOf(cell);
        const component = this.of[zone] as number;
        if (!found.has(component) && returns(reach.from(zone))) found.add(component);
      }
    }
    return [...found];
  }
}

function joinZones({ zones, locals }: PlugClasses): Int32Array {
  const count = zones.count + locals.all.length;
  const next = new Map<number, number[]>();
  for (const { from, to } of zones.oneWay) {
    const [source, target] = [zones.of[from] as number, zones.of[to] as number];
    if (source === target) continue;
    const own = next.get(source);
    if (own === undefined) next.set(source, [target]);
    else own.push(target);
  }
  if (next.size === 0) return Int32Array.from({ length: count }, (_, zone) => zone);
  return components(count, (zone) => next.get(zone) ?? []);
}
