/** The two ends of a way that rests on absent fields: how a frame may get from a port to the physical network, and from there to a port. */
import { sortedList } from "./interner";
import { indices, linkOf, sourcesOf, targetsOf, type Ground } from "./ground";
import type { PlugClasses } from "./plug-classes";
import type { Plug } from "./sockets";
import { difference } from "./vlan-bits";
import { otherSide, type PortId, type Wiring } from "./wiring";

export interface UnknownEnds {
  /** Cells that a frame gets to from the port by what is known (or from which the port hears it), with the fields that this rests on. */
  readonly ways: readonly { readonly cells: Int32Array; readonly fields: readonly string[]; readonly uplink?: PortId }[];
  /** VLANs (by index) of the port's virtual instance itself. */
  readonly local: readonly { readonly vlans: Int32Array; readonly fields: readonly string[] }[];
}

type Side = "sends" | "hears";
type Ways = UnknownEnds["ways"][number][];

export function unknownEnds(known: PlugClasses, possible: Ground, plug: Plug, side: Side): UnknownEnds {
  const { port, missing, instance } = plug;
  const [certain, wider] = side === "sends" ? [port.sends, port.maySend] : [port.hears, port.mayHear];
  const here = possible.wiring.instances[instance];
  if (here === undefined) return { ways: [], local: [] };
  const sets = [{ vlans: indices(possible.index, certain), fields: [] as readonly string[] }];
  if (missing !== undefined) sets.push({ vlans: indices(possible.index, difference(wider, certain)), fields: [missing] });
  const own = known.of(plug);
  const ways: Ways = [{ cells: side === "sends" ? own.reach : own.hear, fields: [] }];
  for (const { vlans, fields } of sets) {
    if (here.physical) {
      if (fields.length > 0) ways.push({ cells: cellsAt(known, instance, vlans, side), fields });
    } else {
      if (fields.length > 0) ways.push({ cells: byKnownUplinks(known, plug, vlans, side), fields });
      for (const uplink of possible.wiring.ports[instance] ?? []) addUnknownUplink(known, possible, uplink, vlans, fields, side, ways);
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

function byKnownUplinks(known: PlugClasses, plug: Plug, vlans: readonly number[], side: Side): Int32Array {
  const instance = known.ground.wiring.instances[plug.instance];
  if (instance === undefined) return new Int32Array();
  const attachment = known.attachment(instance);
  if (side === "hears") return sortedList(vlans.flatMap((vlan) => attachment.into(vlan)));
  return sortedList(vlans.flatMap((vlan) => attachment.out(vlan)).flatMap((zone) => [...known.reach.from(zone)]));
}

function addUnknownUplink(known: PlugClasses, possible: Ground, uplink: PortId, vlans: readonly number[], fields: readonly string[], side: Side, ways: Ways): void {
  const link = linkOf(possible.wiring, uplink);
  const own = link.ends.flatMap((end) => end.missing ?? []);
  if (own.length === 0) return;
  const physical = link.ends[1].instance;
  const joined = side === "sends"
    ? vlans.flatMap((vlan) => targetsOf(possible.crossing(uplink), vlan))
    : vlans.flatMap((vlan) => sourcesOf(possible.crossing(otherSide(uplink)), vlan));
  ways.push({ cells: cellsAt(known, physical, [...new Set(joined)], side), fields: [...fields, ...own], uplink });
}
