/** Other addresses for those that a document writes, and other MAC addresses. */
import { sha256 } from "@noble/hashes/sha2.js";
import { parseCidr, parseMac, type Cidr } from "../model/address";
import { formatIp, parseIp, type AddressFamily } from "../model/ip";
import { PrefixMap, type Coin } from "./prefix-map";

/** Blocks that the analyzer, and every reader, knows: RFC 1918, 6598, 3927, 1122, 5771, 1112; RFC 4193, 4291. */
const KNOWN_BLOCKS: readonly Cidr[] = [
  "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "fc00::/7", "fe80::/10", "ff00::/8", "::1/128", "::/128",
].flatMap((text) => parseCidr(text) ?? []);

/** What a document writes, in the order in which it writes it. */
export interface Written {
  /** With prefix lengths, of ends. */
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  /** Of `cidr:` selectors. */
  readonly blocks: readonly string[];
  readonly macs: readonly string[];
}

/** How often another key is tried before an address of the document may stand for another one. */
const TRIES = 64;

export class AddressBook {
  private readonly maps: Readonly<Record<AddressFamily, PrefixMap>>;
  private readonly macs: ReadonlyMap<string, string>;

  /** @param key what nobody else knows; the same gives the same addresses */
  constructor(written: Written, key: string) {
    this.maps = { 4: chosen(4, written, key), 6: chosen(6, written, key) };
    const distinct = [...new Set(written.macs.map((mac) => parseMac(mac) ?? mac))].sort();
    // Locally administered (IEEE 802, 8.2), so nobody's.
    this.macs = new Map(distinct.map((mac, index) => [mac, `02${index.toString(16).padStart(10, "0")}`.replace(/..(?=.)/g, "$&:")]));
  }

  /** `10.0.0.11/24`. */
  cidr(text: string): string {
    const cidr = parseCidr(text);
    return cidr === undefined ? text : `${formatIp({ family: cidr.family, value: this.maps[cidr.family].image(cidr.address) })}/${cidr.prefix}`;
  }

  /** `10.0.0.1`. */
  ip(text: string): string {
    const ip = parseIp(text);
    return ip === undefined ? text : formatIp({ family: ip.family, value: this.maps[ip.family].image(ip.value) });
  }

  /** A block of a selector. */
  block(text: string): string {
    const cidr = parseCidr(text);
    if (cidr === undefined) return text;
    return isBlock(cidr) ? `${formatIp({ family: cidr.family, value: this.maps[cidr.family].image(cidr.low, cidr.prefix) })}/${cidr.prefix}` : this.cidr(text);
  }

  mac(text: string): string {
    return this.macs.get(parseMac(text) ?? text) ?? text;
  }
}

/** The first key by which no written address is the image of another; of those tried, the best one. */
function chosen(family: AddressFamily, written: Written, key: string): PrefixMap {
  const own = [...written.addresses, ...written.blocks].flatMap((text) => parseCidr(text) ?? []).filter((cidr) => cidr.family === family);
  const gateways = written.gateways.flatMap((text) => parseIp(text) ?? []).filter((ip) => ip.family === family).map((ip) => ip.value);
  const values = [...new Set([...own.filter((cidr) => !isBlock(cidr)).map((cidr) => cidr.address), ...gateways])];
  let best: { readonly map: PrefixMap; readonly kept: number } | undefined;
  for (let attempt = 0; attempt < TRIES && best?.kept !== 0; attempt++) {
    const map = filled(family, written, `${key} ${attempt}`);
    const images = new Set(values.map((value) => map.image(value)));
    const kept = values.filter((value) => images.has(value)).length + own.filter((cidr) => isBlock(cidr) && !isKnown(cidr) && map.image(cidr.low, cidr.prefix) === cidr.low).length;
    if (best === undefined || kept < best.kept) best = { map, kept };
  }
  return best?.map ?? filled(family, written, key);
}

function filled(family: AddressFamily, { addresses, gateways, blocks }: Written, key: string): PrefixMap {
  const bits = family === 4 ? 32 : 128, map = new PrefixMap(bits, coinOf(key));
  for (const { family: own, low, prefix } of KNOWN_BLOCKS) if (own === family) map.fix(low, prefix);
  for (const text of addresses) {
    const cidr = parseCidr(text);
    if (cidr?.family !== family) continue;
    map.addSubnet(cidr.low, cidr.prefix);
    map.add(cidr.address);
  }
  for (const text of gateways) {
    const ip = parseIp(text);
    if (ip?.family === family) map.add(ip.value);
  }
  for (const text of blocks) {
    const cidr = parseCidr(text);
    if (cidr?.family !== family) continue;
    if (isBlock(cidr)) map.addBlock(cidr.low, cidr.prefix);
    else map.add(cidr.address);
  }
  return map;
}

/** Without host bits. */
function isBlock(cidr: Cidr): boolean {
  return cidr.address === cidr.low;
}

/** A block that stays what it is: one that everybody knows, or one that holds such a one. */
function isKnown({ family, low, high }: Cidr): boolean {
  return KNOWN_BLOCKS.some((known) => known.family === family && low <= known.low && known.high <= high);
}

/** One hash decides the eight bits after a prefix whose length is a multiple of eight, whatever they are. */
function coinOf(key: string): Coin {
  const known = new Map<string, Uint8Array>();
  return (prefix, length) => {
    const inside = length % 8, base = `${length - inside} ${prefix >> BigInt(inside)}`;
    let hash = known.get(base);
    if (hash === undefined) known.set(base, (hash = sha256(new TextEncoder().encode(`${key} ${base}`))));
    const at = (1 << inside) - 1 + Number(prefix & ((1n << BigInt(inside)) - 1n));
    return (((hash[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
  };
}
