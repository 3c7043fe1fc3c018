/**
 * IP addresses in their written form.
 *
 * IPv4 is read strictly as four decimal parts (RFC 6943, 3.1.1: `010.0.0.1` and `10.1` mean different things to different
 * programs, so they are no addresses here); IPv6 is every form of RFC 4291, 2.2, without a zone. Values are bigints, so that both
 * families count alike.
 */
export type AddressFamily = 4 | 6;

export interface IpAddress {
  readonly family: AddressFamily;
  readonly value: bigint;
}

const LONGEST_IPV6 = 45;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Reads an address without a prefix length; undefined where it is none. */
export function parseIp(text: string): IpAddress | undefined {
  const four = readIpv4(text, text.length);
  if (four >= 0) return { family: 4, value: BigInt(four) };
  const groups = text.includes(":") ? parseIpv6(text) : undefined;
  return groups === undefined ? undefined : { family: 6, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
}

/** Dotted decimal, or IPv6 as RFC 5952 writes it (lower case, the longest run of zeros as `::`). */
export function formatIp(ip: IpAddress): string {
  if (ip.family === 4) return parts(ip.value, 4, 8n).join(".");
  const groups = parts(ip.value, 8, 16n).map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.length < 2) return groups.join(":");
  return `${groups.slice(0, run.start).join(":")}::${groups.slice(run.start + run.length).join(":")}`;
}

/** The 32-bit value of the dotted decimal address that the text before `end` is; -1 where it is none. */
export function readIpv4(text: string, end: number): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  if (end > 15) return -1;
  for (let i = 0; i < end; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit === -2) {
      if (digits === 0 || dots === 3) return -1;
      value = value * 256 + part;
      dots += 1;
      part = 0;
      digits = 0;
    } else {
      if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return -1;
      part = part * 10 + digit;
      digits += 1;
      if (part > 255) return -1;
    }
  }
  return digits > 0 && dots === 3 ? value * 256 + part : -1;
}

/** The eight groups of an IPv6 address; undefined where it is none. */
function parseIpv6(text: string): number[] | undefined {
  if (text.length > LONGEST_IPV6) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  if (halves.length === 1) return head?.length === 8 ? head : undefined;
  const tail = parseGroups(halves[1] ?? "", true);
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Groups between colons; the last may be dotted decimal where the address ends there. */
function parseGroups(text: string, atEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const written = text.split(":");
  for (const [index, group] of written.entries()) {
    const four = atEnd && index === written.length - 1 ? readIpv4(group, group.length) : -1;
    if (four >= 0) groups.push(Math.floor(four / 65536), four % 65536);
    else if (GROUP.test(group)) groups.push(parseInt(group, 16));
    else return undefined;
  }
  return groups;
}

function parts(value: bigint, count: number, width: bigint): number[] {
  return Array.from({ length: count }, (_, index) => Number((value >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n)));
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== "0") start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
