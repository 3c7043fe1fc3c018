/** The addresses written in a document, read once: tens of thousands of texts that several ask about. */
import { readIpv4 } from "../model/ip";
import type { Layer2 } from "./types";

/** A prefix length that no address has. */
const NONE = 255;

export class WrittenAddresses {
  /** By end on which one IPv4 address with its prefix length is written: these two. */
  private readonly values: Uint32Array;
  private readonly lengths: Uint8Array;
  /** All others: those of ends with several, of IPv6, and of vNICs and interfaces that are no ends. */
  readonly others: readonly string[];

  constructor({ ends, idle }: Pick<Layer2, "ends" | "idle">) {
    this.values = new Uint32Array(ends.length);
    this.lengths = new Uint8Array(ends.length).fill(NONE);
    const others = [...idle];
    for (let end = 0; end < ends.length; end++) {
      const { addresses } = ends[end] as Layer2["ends"][number];
      if (addresses.length !== 1 || !this.read(end, addresses[0] as string)) others.push(...addresses);
    }
    this.others = others;
  }

  private read(end: number, text: string): boolean {
    const slash = text.indexOf("/");
    const value = slash < 0 ? -1 : readIpv4(text, slash);
    const length = value < 0 ? NONE : readLength(text, slash + 1);
    if (length === NONE) return false;
    this.values[end] = value;
    this.lengths[end] = length;
    return true;
  }

  /** The one IPv4 address of an end; -1 where it has none, several or another. */
  ipv4Of(end: number): number {
    return this.lengths[end] === NONE ? -1 : (this.values[end] as number);
  }

  /** Visits the IPv4 addresses that are written alone on an end, with their prefix lengths; mostly in order, and often the same block again. */
  eachIpv4(visit: (value: number, length: number) => void): void {
    for (let end = 0; end < this.values.length; end++) {
      const length = this.lengths[end] as number;
      if (length !== NONE) visit(this.values[end] as number, length);
    }
  }
}

/** A prefix length of IPv4 as it is written; `NONE` where it is none. */
function readLength(text: string, start: number): number {
  const digits = text.length - start;
  if (digits < 1 || digits > 2) return NONE;
  let length = 0;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9 || (at > start && length === 0)) return NONE;
    length = length * 10 + digit;
  }
  return length <= 32 ? length : NONE;
}
