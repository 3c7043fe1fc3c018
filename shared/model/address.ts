/** CIDR blocks, ranges of addresses and MAC addresses. */
import { formatIp, parseIp, readIpv4, type AddressFamily, type IpAddress } from "./ip";

/** An inclusive range of addresses of one family. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly low: bigint;
  readonly high: bigint;
}

/** `10.0.0.11/24`: the address as written, its prefix length, and the block that it lies in as a range. */
export interface Cidr extends AddressRange {
  readonly address: bigint;
  readonly prefix: number;
}

/** Reads `10.0.0.11/24` or `fd00::1/64`; undefined without a prefix length or where either part is wrong. Host bits may be set. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const ip = parseIp(text.slice(0, slash));
  const written = text.slice(slash + 1);
  if (ip === undefined || !/^(0|[1-9]\d{0,2})$/.test(written)) return undefined;
  const bits = ip.family === 4 ? 32 : 128;
  const prefix = Number(written);
  if (prefix > bits) return undefined;
  const hostMask = (1n << BigInt(bits - prefix)) - 1n;
  const low = (ip.value | hostMask) ^ hostMask;
  return { family: ip.family, address: ip.value, prefix, low, high: low | hostMask };
}

/** `10.0.0.11` of `10.0.0.11/24`; what has no prefix length is as it is. */
export function bareAddress(text: string): string {
  const slash = text.indexOf("/");
  return slash < 0 ? text : text.slice(0, slash);
}

/** Whether `parseCidr` reads it. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf("/");
  if (readIpv4(text, slash) < 0) return parseCidr(text) !== undefined;
  const written = text.slice(slash + 1);
  return /^(?:[12]?\d|3[0-2])$/.test(written);
}

/** Whether two ranges have an address in common. */
export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.low <= b.high && b.low <= a.high;
}

/** Whether `outer` holds all of `inner`. */
export function rangeContains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.low <= inner.low && inner.high <= outer.high;
}

/** Whether the range holds the address; a `Cidr` is taken as its address, not its block. */
export function rangeHas(range: AddressRange, ip: IpAddress | Cidr): boolean {
  const value = "value" in ip ? ip.value : ip.address;
  return range.family === ip.family && range.low <= value && value <= range.high;
}

const LINK_LOCAL = ["169.254.0.0/16", "fe80::/10"].map(parseCidr).filter((block) => block !== undefined);

/** Whether an address, or a CIDR by its address, is of the link that it is used on (RFC 3927, RFC 4291): the same on every link, and never routed. */
export function isLinkLocal(ip: IpAddress | Cidr): boolean {
  return LINK_LOCAL.some((block) => rangeHas(block, ip));
}

/** The block of a CIDR without host bits, such as `10.0.0.0/24` for `10.0.0.11/24`. */
export function formatBlock(cidr: Cidr): string {
  return `${formatIp({ family: cidr.family, value: cidr.low })}/${cidr.prefix}`;
}

const PLAIN_MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;
const MAC_FORMS = [/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i, /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i, /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i, /^[0-9a-f]{12}$/i];

/** Reads a MAC address with colons, hyphens, Cisco's dots or nothing between; gives `00:50:56:00:00:01`, or undefined. */
export function parseMac(text: string): string | undefined {
  if (PLAIN_MAC.test(text)) return text;
  if (!MAC_FORMS.some((form) => form.test(text))) return undefined;
  return text.toLowerCase().replace(/[:.-]/g, "").replace(/..(?=.)/g, "$&:");
}
