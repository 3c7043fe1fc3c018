/**
 * Exact sets of services: icmp, tcp 1-65535 and udp 1-65535.
 *
 * A set is a flat list of inclusive intervals `[lo, hi, lo, hi, …]` on one number line (icmp at -1, tcp port p at p, udp port
 * p at 65536 + p), sorted, disjoint and not adjacent; so two sets are equal when their lists are. Sets are immutable.
 */
export type ServiceSet = readonly number[];

const ICMP = -1;
const UDP = 65536;

export const NO_SERVICES: ServiceSet = [];
export const ICMP_SERVICE: ServiceSet = [ICMP, ICMP];
export const ALL_TCP: ServiceSet = [1, 65535];
export const ALL_UDP: ServiceSet = [UDP + 1, UDP + 65535];
export const ANY_SERVICE: ServiceSet = [ICMP, ICMP, 1, 65535, UDP + 1, UDP + 65535];

const SERVICE_PATTERN = /^(tcp|udp)\/(\d{1,5})(?:-(\d{1,5}))?$/;

/** Reads one service such as `tcp/443`, `udp/5000-5010`, `icmp` or `any`; undefined where it is not one. */
export function parseService(text: string): ServiceSet | undefined {
  if (text === "any") return ANY_SERVICE;
  if (text === "icmp") return ICMP_SERVICE;
  if (text === "tcp") return ALL_TCP;
  if (text === "udp") return ALL_UDP;
  const match = SERVICE_PATTERN.exec(text);
  if (match === null) return undefined;
  const low = Number(match[2]);
  const high = match[3] === undefined ? low : Number(match[3]);
  if (low < 1 || high > 65535 || low > high) return undefined;
  const base = match[1] === "udp" ? UDP : 0;
  return [base + low, base + high];
}

/** The union of a list of services; absent means any, an empty list nothing. Entries that do not parse are left out. */
export function parseServices(texts: readonly string[] | undefined): ServiceSet {
  if (texts === undefined) return ANY_SERVICE;
  return texts.reduce<ServiceSet>((set, text) => unionServices(set, parseService(text) ?? NO_SERVICES), NO_SERVICES);
}

export function unionServices(a: ServiceSet, b: ServiceSet): ServiceSet {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const fromA = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    const low = (fromA ? a[i] : b[j]) as number;
    const high = (fromA ? a[i + 1] : b[j + 1]) as number;
    if (fromA) i += 2;
    else j += 2;
    const last = result.length - 1;
    if (last > 0 && low <= (result[last] as number) + 1) result[last] = Math.max(result[last] as number, high);
    else result.push(low, high);
  }
  return result;
}

export function intersectServices(a: ServiceSet, b: ServiceSet): ServiceSet {
  if (a === b || b === ANY_SERVICE || a.length === 0) return a;
  if (a === ANY_SERVICE || b.length === 0) return b;
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const low = Math.max(a[i] as number, b[j] as number);
    const high = Math.min(a[i + 1] as number, b[j + 1] as number);
    if (low <= high) result.push(low, high);
    if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2;
    else j += 2;
  }
  return result;
}

/** What is in `a` and not in `b`. */
export function subtractServices(a: ServiceSet, b: ServiceSet): ServiceSet {
  if (a.length === 0 || b.length === 0) return a;
  if (a === b || b === ANY_SERVICE) return NO_SERVICES;
  const result: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let low = a[i] as number;
    const high = a[i + 1] as number;
    while (j < b.length && (b[j + 1] as number) < low) j += 2;
    for (let k = j; k < b.length && (b[k] as number) <= high; k += 2) {
      if ((b[k] as number) > low) result.push(low, (b[k] as number) - 1);
      low = (b[k + 1] as number) + 1;
    }
    if (low <= high) result.push(low, high);
  }
  return result;
}

export function equalServices(a: ServiceSet, b: ServiceSet): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

export function coversServices(outer: ServiceSet, inner: ServiceSet): boolean {
  if (outer === ANY_SERVICE || outer === inner) return true;
  // An interval that is covered lies in one: those of a set are not adjacent.
  for (let i = 0, j = 0; i < inner.length; i += 2) {
    while (j < outer.length && (outer[j + 1] as number) < (inner[i] as number)) j += 2;
    if (j >= outer.length || (outer[j] as number) > (inner[i] as number) || (outer[j + 1] as number) < (inner[i + 1] as number)) return false;
  }
  return true;
}

/** The minimal canonical list: `["any"]`, or icmp, then tcp, then udp, such as `["icmp","tcp/22","tcp/8000-8100","udp"]`. */
export function listServices(set: ServiceSet): string[] {
  if (equalServices(set, ANY_SERVICE)) return ["any"];
  const result: string[] = [];
  for (let i = 0; i < set.length; i += 2) {
    const low = set[i] as number;
    const high = set[i + 1] as number;
    if (low === ICMP) result.push("icmp");
    else result.push(portRange(low > UDP ? "udp" : "tcp", low > UDP ? low - UDP : low, low > UDP ? high - UDP : high));
  }
  return result;
}

function portRange(protocol: string, low: number, high: number): string {
  if (low === 1 && high === 65535) return protocol;
  return low === high ? `${protocol}/${low}` : `${protocol}/${low}-${high}`;
}
