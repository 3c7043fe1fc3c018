import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ANY_SERVICE, NO_SERVICES, coversServices, intersectServices, listServices, parseService, parseServices, subtractServices, unionServices, type ServiceSet } from "./services";

const service = fc.oneof(
  fc.constantFrom("icmp", "tcp", "udp"),
  fc.tuple(fc.constantFrom("tcp", "udp"), fc.integer({ min: 1, max: 65535 }), fc.integer({ min: 0, max: 300 })).map(([protocol, low, width]) => `${protocol}/${low}-${Math.min(65535, low + width)}`),
);
const set = fc.array(service, { maxLength: 6 }).map(parseServices);

describe("services", () => {
  it.each([
    [["any"], ["any"]],
    [["tcp", "udp", "icmp"], ["any"]],
    [["tcp/1-65535"], ["tcp"]],
    [["udp/53", "tcp/443", "icmp", "tcp/22"], ["icmp", "tcp/22", "tcp/443", "udp/53"]],
    [["tcp/80-90", "tcp/91", "tcp/85-100"], ["tcp/80-100"]],
    [["tcp/65535", "udp/1"], ["tcp/65535", "udp/1"]],
    [[], []],
  ])("%j in canonical form is %j", (texts, canonical) => {
    expect(listServices(parseServices(texts))).toEqual(canonical);
  });

  it.each(["tcp/0", "udp/65536", "tcp/90-80", "tcp/", "sctp/1", "TCP/80", "tcp/1-", "", "tcp/80 "])("refuses %j", (text) => {
    expect(parseService(text)).toBeUndefined();
  });

  it("reads an absent list as any and an empty one as nothing", () => {
    expect(parseServices(undefined)).toEqual(ANY_SERVICE);
    expect(parseServices([])).toEqual(NO_SERVICES);
  });

  it("keeps the laws of sets", () => {
    fc.assert(fc.property(set, set, set, (a: ServiceSet, b: ServiceSet, c: ServiceSet) => {
      expect(unionServices(a, b)).toEqual(unionServices(b, a));
      expect(intersectServices(a, unionServices(b, c))).toEqual(unionServices(intersectServices(a, b), intersectServices(a, c)));
      expect(unionServices(subtractServices(a, b), intersectServices(a, b))).toEqual(a);
      expect(intersectServices(subtractServices(a, b), b)).toEqual(NO_SERVICES);
      expect(subtractServices(ANY_SERVICE, subtractServices(ANY_SERVICE, a))).toEqual(a);
      expect(coversServices(unionServices(a, b), a)).toBe(true);
      expect(parseServices(listServices(a))).toEqual(a);
    }));
  });
});
