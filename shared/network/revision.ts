/** Works out what a small change of the document does to the ends, before anything is changed: it may turn out to need a new compilation. */
import { record, type Topology } from "../model/topology";
import { plugVnic, type Ends } from "./ends";
import { indexVlans, type Ground } from "./ground";
import type { GuestPort } from "./guest-port";
import type { OwnerIndex } from "./owner-index";
import { PlacedEnd } from "./placed-end";
import type { Place, Seats } from "./seats";
import type { Plug } from "./sockets";
import type { End } from "./types";

/** What a revision may be about; see `Layer2.revise`. */
export interface Change {
  readonly vnics: readonly string[];
  readonly portGroups: readonly string[];
}

export interface Revision {
  /** By end: where it is plugged in now. */
  readonly moves: ReadonlyMap<number, Place>;
  /** Ends whose records have changed. */
  readonly renewed: readonly End[];
  /** The ports that the moved ends were in before. */
  readonly left: readonly Plug[];
}

/** How many ports with an end in them there are of each kind: on the kinds rests which VLANs are relevant. */
export class PortUses {
  private readonly counts = new Map<GuestPort, number>();

  constructor(seats: Seats) {
    seats.each(({ port }) => this.counts.set(port, (this.counts.get(port) ?? 0) + 1));
  }

  /** Counts ports that ends have left and entered. Returns whether there are other kinds now. */
  change(left: readonly Plug[], entered: readonly Plug[]): boolean {
    const before = new Map<GuestPort, boolean>();
    for (const { port } of [...left, ...entered]) before.set(port, this.has(port));
    for (const { port } of left) this.counts.set(port, (this.counts.get(port) ?? 0) - 1);
    for (const { port } of entered) this.counts.set(port, (this.counts.get(port) ?? 0) + 1);
    return [...before].some(([port, had]) => this.has(port) !== had);
  }

  get kinds(): GuestPort[] {
    return [...this.counts.keys()].filter((port) => this.has(port));
  }

  private has(port: GuestPort): boolean {
    return (this.counts.get(port) ?? 0) > 0;
  }
}

interface Parts {
  readonly plugged: Ends;
  readonly owners: OwnerIndex;
  readonly uses: PortUses;
  readonly ground: Ground;
  /** Whether nothing about any port or cable is absent. */
  readonly complete: boolean;
}

/** Undefined where the answers would rest on other VLANs, or on fields that nobody has reckoned with: then nothing has changed. */
export function revise(parts: Parts, topology: Topology, { vnics, portGroups }: Change): Revision | undefined {
  const { seats } = parts.plugged;
  const reread = seats.sockets.reread(topology, portGroups);
  if (reread === undefined) return undefined;
  const moves = seats.moved(reread.replaced);
  const renewed = replug(parts, topology, vnics, moves);
  const left = [...moves.keys()].flatMap((end) => seats.plugsOf(end));
  const entered = [...moves.values()].flatMap((place) => seats.plugsAt(place));
  if (renewed !== undefined && isExpected(parts, left, entered)) {
    for (const [end, place] of moves) seats.take(end, place);
    return { moves, renewed, left };
  }
  reread.undo();
  return undefined;
}

/** Notes where the vNICs are plugged in now. Undefined where one is no end any more. */
function replug({ plugged: { seats }, owners }: Parts, topology: Topology, vnics: readonly string[], moves: Map<number, Place>): End[] | undefined {
  const renewed: End[] = [];
  for (const id of vnics) {
    const before = owners.end(id);
    const vm = before?.kind === "vnic" ? record(topology, "vms", before.owner) : undefined;
    const local = id.slice((before?.owner.length ?? 0) + 1);
    const nic = vm?.nics?.[local];
    if (before === undefined || vm === undefined || nic?.portGroup === undefined || nic.connected === false || vm.role === "template") return undefined;
    const group = seats.sockets.numberOf(nic.portGroup);
    const end = new PlacedEnd("vms", before.owner, local, nic.addresses, nic.portGroup, { vm, nic, group });
    end.index = before.index;
    renewed.push(end);
    moves.set(end.index, seats.tryOut((seat) => plugVnic(seats, seat, nic, group, vm.hypervisor)));
  }
  return renewed;
}

/** Whether the same VLANs are relevant, and absent fields are reckoned with. */
function isExpected({ uses, ground: { wiring, index }, complete }: Parts, left: readonly Plug[], entered: readonly Plug[]): boolean {
  if (complete && entered.some(({ missing }) => missing !== undefined)) return false;
  if (!uses.change(left, entered)) return true;
  const { vlans } = indexVlans(wiring, uses.kinds);
  if (vlans.length === index.vlans.length && vlans.every((vlan, at) => vlan === index.vlans[at])) return true;
  uses.change(entered, left);
  return false;
}
