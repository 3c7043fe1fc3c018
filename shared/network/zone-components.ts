/** Which zones frames join both ways by going round: strongly connected components of zones, physical and local. */
import { sourcesOf, targetsOf } from "./ground";
import type { PlugClasses } from "./plug-classes";
import { components } from "./scc";

/** The component of every zone; locals come after the physical zones. */
export function joinZones({ zones, locals, attachments, localVlans }: PlugClasses): Int32Array {
  const next = new Map<number, number[]>();
  const lead = (from: number, to: number): void => {
    const own = next.get(from);
    if (own === undefined) next.set(from, [to]);
    else own.push(to);
  };
  for (const { from, to } of zones.oneWay) if (zones.of[from] !== zones.of[to]) lead(zones.of[from] as number, zones.of[to] as number);
  locals.all.forEach(({ instance, vlan }, local) => {
    // Nobody may hear it any more.
    if (vlan === -1 || localVlans.apart(instance)?.has(vlan) !== true) return;
    for (const { physical, out, into } of attachments.at(instance).uplinks) {
      const zoneOf = (physicalVlan: number): number => zones.of[physical * zones.width + physicalVlan] as number;
      for (const target of targetsOf(out, vlan)) lead(zones.count + local, zoneOf(target));
      for (const source of sourcesOf(into, vlan)) lead(zoneOf(source), zones.count + local);
    }
  });
  const count = zones.count + locals.all.length;
  if (next.size === 0) return Int32Array.from({ length: count }, (_, zone) => zone);
  return components(count, (zone) => next.get(zone) ?? []);
}
