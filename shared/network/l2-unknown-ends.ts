/** The two ends of a way that rests on absent fields: how a frame may get from a port to the physical network, and from there to a port. */
import { sortedList } from "./interner";
import { indices, linkOf, sourcesOf, targetsOf, type Ground } from "./ground";
import type { PlugClasses } from "./plug-classes";
import type { Plug } from "./sockets";
import { difference } from "./vlan-bits";
import { otherSide, type PortId, type Wiring } from "./wiring";

export interface UnknownEnds {
  /**
   * Cells that a frame gets to from the port by what is known (or from which the port hears it), the fields that this rests on, and the
   * uplink taken, by which it does not come back.
   */
  readonly ways: readonly { readonly cells: Int32Array; readonly fields: readonly string[]; readonly uplink?: PortId }[];
  /** VLANs (by index) of the port's virtual instance itself. */
  readonly local: readonly { readonly vlans: Int32Array; readonly fields: readonly string[] }[];
}

type Side = "sends" | "hears";
type Ways = UnknownEnds["ways"][number][];

/** @param meeting both ends are on one virtual instance, where it matters by which uplink a frame left and came */
export function unknownEnds(known: PlugClasses, possible: Ground, plug: Plug, side: Side, meeting: boolean): UnknownEnds {
  const { port, missing, instance } = plug;
  const [certain, wider] = side === "sends" ? [port.sends, port.maySend] : [port.hears, port.mayHear];
  const here = possible.wiring.instances[instance];
  if (here === undefined) return { ways: [], local: [] };
  const sets = [{ vlans: indices(possible.index, certain), fields: [] as readonly string[] }];
  if (missing !== undefined) sets.push({ vlans: indices(possible.index, difference(wider, certain)), fields: [missing] });
  const own = known.of(plug);
  const perUplink = meeting && !here.physical;
  const ways: Ways = perUplink ? [] : [{ cells: side === "sends" ? own.reach : own.hear, fields: [] }];
  for (const { vlans, fields } of sets) {
    if (here.physical) {
      if (fields.length > 0) ways.push({ cells: cellsAt(known, instance, vlans, side), fields });
    } else {
      for (const uplink of possible.wiring.ports[instance] ?? []) {
        if (perUplink || fields.length > 0) ways.push({ cells: byUplink(known, known.ground, uplink, vlans, side), fields, uplink });
        const own = linkOf(possible.wiring, uplink).ends.flatMap((end) => end.missing ?? []);
        if (own.length > 0) ways.push({ cells: byUplink(known, possible, uplink, vlans, side), fields: [...fields, ...own], uplink });
      }
    }
  }
  return { ways: ways.filter(({ cells }) => cells.length > 0), local: here.physical ? [] : sets.map(({ vlans, fields }) => ({ vlans: sortedList(vlans), fields })) };
}

/** Every field of a cable that is absent. */
export function linksMissing(wiring: Wiring): string[] {
  return [...new Set(wiring.links.flatMap(({ ends }) => ends.flatMap((end) => end.missing ?? [])))];
}

/** Cells of VLANs of a physical switch: those that a frame gets to from there, or those places themselves. */
function cellsAt({ zones, reach }: PlugClasses, physical: number, vlans: readonly number[], side: Side): Int32Array {
  return sortedList(vlans.flatMap((vlan) => {
    const place = physical * zones.width + vlan;
    return side === "sends" ? [...reach.from(zones.of[place] as number)] : [reach.cellOf(place)];
  }));
}

/** Cells beyond an uplink, as far as the ground lets it carry the VLANs. */
function byUplink(known: PlugClasses, ground: Ground, uplink: PortId, vlans: readonly number[], side: Side): Int32Array {
  const physical = linkOf(ground.wiring, uplink).ends[1].instance;
  const joined = side === "sends"
    ? vlans.flatMap((vlan) => targetsOf(ground.crossing(uplink), vlan))
    : vlans.flatMap((vlan) => sourcesOf(ground.crossing(otherSide(uplink)), vlan));
  return cellsAt(known, physical, [...new Set(joined)], side);
}
