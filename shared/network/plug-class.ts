/** Ports that behave alike: what matters of a port is which zones its frames enter and which cells it hears. */
import type { Interner } from "./interner";
import type { Plug } from "./sockets";

export interface PlugClass {
  readonly index: number;
  /** Physical zones that a frame enters straight from the port, ascending. */
  readonly out: Int32Array;
  /** Physical cells that a frame gets to. */
  readonly reach: Int32Array;
  /** Physical cells whose frames are heard. */
  readonly hear: Int32Array;
  /** `locals` that the port sends into, and those that it hears. */
  readonly localOut: Int32Array;
  readonly localHear: Int32Array;
  /** The instance on which the port is isolated from other isolated ports; -1: none. */
  readonly isolatedAt: number;
  /** The instance on which frames may seem to come back by the uplink they left by; -1: none. See `Attachment.bounces`. */
  readonly bouncesAt: number;
  /** The zone, and so the cell, that is all of `out`, `reach` and `hear`, where there is nothing else to the class; -1: there is. */
  readonly plain: number;
  /** Its only port, where it has one because frames may bounce there. */
  readonly sample?: Plug;
}

export const NOTHING = new Int32Array();

/** The class of access ports in one zone, which most are. */
export class PlainClass implements PlugClass {
  constructor(readonly index: number, readonly plain: number, private readonly lists: Interner) {}

  get out(): Int32Array {
    return this.lists.one(this.plain);
  }

  get reach(): Int32Array {
    return this.lists.one(this.plain);
  }

  get hear(): Int32Array {
    return this.lists.one(this.plain);
  }

  get localOut(): Int32Array {
    return NOTHING;
  }

  get localHear(): Int32Array {
    return NOTHING;
  }

  get isolatedAt(): number {
    return -1;
  }

  get bouncesAt(): number {
    return -1;
  }
}
