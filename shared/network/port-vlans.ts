/** The VLANs that ports send and hear, by index, as a ground has them. Ports that are set alike share them. */
import { indices, type Ground } from "./ground";
import type { Socket } from "./sockets";
import { oneBit, type VlanBits } from "./vlan-bits";
import { hearing, sending } from "./walk";

const SEVERAL = -1;

export class PortVlans {
  private readonly onlyOf: (number | undefined)[] = [];
  private readonly lists = new Map<VlanBits, readonly number[]>();

  constructor(private readonly ground: Ground) {}

  /** The one VLAN that the port sends and hears, as an access port does; -1 where it is not as simple as that. */
  only(socket: Socket): number {
    return (this.onlyOf[socket.index] ??= this.findOnly(socket));
  }

  sent(socket: Socket): readonly number[] {
    return this.list(sending(this.ground, socket));
  }

  heard(socket: Socket): readonly number[] {
    return this.list(hearing(this.ground, socket));
  }

  private findOnly(socket: Socket): number {
    const { untagged, vni } = socket.port;
    if (socket.isolated || untagged === undefined || vni !== undefined) return SEVERAL;
    const bits = oneBit(untagged);
    return sending(this.ground, socket) === bits && hearing(this.ground, socket) === bits ? (this.ground.index.indexOf[untagged] as number) : SEVERAL;
  }

  private list(bits: VlanBits): readonly number[] {
    let found = this.lists.get(bits);
    if (found === undefined) this.lists.set(bits, (found = indices(this.ground.index, bits)));
    return found;
  }
}
