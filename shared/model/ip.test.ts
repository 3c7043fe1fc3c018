import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIp, parseIp } from "./ip";

describe("an IP address", () => {
  it.each([
    ["0.0.0.0", 4, 0n], ["255.255.255.255", 4, 0xffffffffn], ["10.0.0.1", 4, 0x0a000001n],
    ["::", 6, 0n], ["::1", 6, 1n], ["1::", 6, 1n << 112n], ["FE80::A", 6, (0xfe80n << 112n) | 10n],
    ["1:2:3:4:5:6:7:8", 6, 0x00010002000300040005000600070008n], ["1:2:3:4:5:6:7::", 6, 0x00010002000300040005000600070000n],
    ["::2:3:4:5:6:7:8", 6, 0x00000002000300040005000600070008n], ["::1.2.3.4", 6, 0x01020304n], ["::ffff:1.2.3.4", 6, 0xffff01020304n],
    ["64:ff9b::192.0.2.33", 6, (0x64ff9bn << 96n) | 0xc0000221n], ["1:2:3:4:5:6:1.2.3.4", 6, 0x00010002000300040005000601020304n],
  ] as const)("is read: %s", (text, family, value) => {
    expect(parseIp(text)).toEqual({ family, value });
  });

  it.each([
    "", "10", "10.1", "10.0.0", "10.0.0.1.2", "10.0.0.256", "010.0.0.1", "10.0.0.01", "0x7f.0.0.1", "10.0.0.", ".0.0.1", "10..0.1", " 10.0.0.1", "1.2.3.-4", "١.2.3.4",
    ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "::1:", ":1::", "g::", "fe80::1%eth0",
    "1.2.3.4::", "::1.2.3.4:5", "::ffff:1.2.3", "::ffff:01.2.3.4", "::ffff:256.1.1.1", "10.0.0.1/24",
  ])("is refused: %j", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("reads back as it was written, for every value of both families", () => {
    const four = fc.bigInt({ min: 0n, max: 0xffffffffn }).map((value) => ({ family: 4 as const, value }));
    const six = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map((value) => ({ family: 6 as const, value }));
    const sparse = fc.array(fc.constantFrom(0n, 0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
      .map((groups) => ({ family: 6 as const, value: groups.reduce<bigint>((value, group) => (value << 16n) | group, 0n) }));
    fc.assert(fc.property(fc.oneof(four, six, sparse), (ip) => {
      expect(parseIp(formatIp(ip))).toEqual(ip);
    }));
  });

  it.each([
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"], ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], ["1:0:0:2:0:0:0:3", "1:0:0:2::3"], ["1:0:0:2:0:0:3:4", "1::2:0:0:3:4"], ["0:0:0:0:0:0:0:0", "::"],
  ])("is written as RFC 5952 says: %s", (text, written) => {
    const ip = parseIp(text);
    expect(ip && formatIp(ip)).toBe(written);
  });
});
