/** Addresses of the networks outside: the document writes none, so they hold what it leaves free. */
import { parseCidr, rangeHas, type Cidr } from "../../model/address";
import { formatIp, type IpAddress } from "../../model/ip";
import type { Topology } from "../../model/topology";

/** RFC 1918, 6598, 3927 and 1122; RFC 4193, RFC 4291: not on the Internet. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"].flatMap((text) => parseCidr(text) ?? []);

/** One of each kind that `cidr:` selectors tell apart: they change at the ends of blocks only. */
export function outsideAddresses(topology: Topology, subnets: readonly string[], untrusted: boolean): string[] {
  const written = subnets.flatMap((text) => parseCidr(text) ?? []);
  const taken = untrusted ? [...written, ...PRIVATE] : written;
  const edges = [...blocksOf(topology), ...written, ...PRIVATE, ...["0.0.0.0/0", "::/0"].flatMap((text) => parseCidr(text) ?? [])].flatMap(around);
  return [...new Set(edges.filter((address) => !taken.some((block) => rangeHas(block, address))).map(formatIp))];
}

function around({ family, low, high }: Cidr): IpAddress[] {
  const last = (1n << (family === 4 ? 32n : 128n)) - 1n;
  return [low - 1n, low, high, high + 1n].filter((value) => value >= 0n && value <= last).map((value) => ({ family, value }));
}

/** The blocks of every `cidr:` in the document. */
function blocksOf(value: unknown): Cidr[] {
  if (typeof value === "string") return value.startsWith("cidr:") ? [parseCidr(value.slice(5))].filter((block) => block !== undefined) : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(blocksOf) : [];
}
