import { describe, expect, it } from "vitest";
import { bareAddress, formatBlock, isLinkLocal, parseCidr, parseMac, rangeContains, rangeHas, rangesOverlap, type Cidr } from "./address";
import { parseIp } from "./ip";

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

describe("a CIDR block", () => {
  it("keeps the address as written beside its block", () => {
    expect(cidr("10.0.0.11/24")).toEqual({ family: 4, address: 0x0a00000bn, prefix: 24, low: 0x0a000000n, high: 0x0a0000ffn });
    expect(formatBlock(cidr("10.0.0.11/24"))).toBe("10.0.0.0/24");
    expect(formatBlock(cidr("2001:db8::1/33"))).toBe("2001:db8::/33");
    expect(cidr("0.0.0.0/0")).toMatchObject({ low: 0n, high: 0xffffffffn });
    expect(cidr("::/0").high).toBe((1n << 128n) - 1n);
  });

  it.each(["10.0.0.1", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/24/24", "10.0.0.0/1e1", "::/129", "fe80::1%1/64", "/24", "host/24", "10.0.0.0/255.255.255.0"])("is refused: %j", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it("overlaps and holds within its family only", () => {
    expect(rangesOverlap(cidr("10.0.0.0/8"), cidr("10.9.0.0/16"))).toBe(true);
    expect(rangesOverlap(cidr("10.0.0.0/9"), cidr("10.128.0.0/9"))).toBe(false);
    expect(rangesOverlap(cidr("0.0.0.0/0"), cidr("::/0"))).toBe(false);
    expect(rangeContains(cidr("10.0.0.0/8"), cidr("10.9.0.0/16"))).toBe(true);
    expect(rangeContains(cidr("10.9.0.0/16"), cidr("10.0.0.0/8"))).toBe(false);
    expect(rangeHas(cidr("10.0.0.0/24"), cidr("10.0.0.200/8"))).toBe(true);
    expect(rangeHas(cidr("10.0.0.0/24"), parseIp("10.0.1.0") ?? { family: 4, value: 0x0a000001n })).toBe(false);
  });
});

describe("a MAC address", () => {
  it.each(["00:50:56:AB:00:01", "00-50-56-ab-00-01", "0050.56ab.0001", "005056AB0001"])("is the same in the form %s", (text) => {
    expect(parseMac(text)).toBe("00:50:56:ab:00:01");
  });

  it.each(["", "00:50:56:ab:00", "00:50:56:ab:00:01:02", "00:50:56:ab:00:0g", "00:50-56:ab:00:01", "0:50:56:ab:0:1", "00:50:56:ab:00:01 "])("is refused: %j", (text) => {
    expect(parseMac(text)).toBeUndefined();
  });
});

describe("bareAddress", () => {
  it("leaves out the prefix length, where there is one", () => {
    expect(["10.0.0.11/24", "fd00::1/64", "10.0.0.11"].map(bareAddress)).toEqual(["10.0.0.11", "fd00::1", "10.0.0.11"]);
  });
});

describe("isLinkLocal", () => {
  it("knows the addresses of a link in both families", () => {
    const said = (text: string): boolean => { const ip = parseIp(text); return ip !== undefined && isLinkLocal(ip); };
    expect(["169.254.0.1", "169.254.255.254", "fe80::1", "febf::1"].filter((text) => !said(text))).toEqual([]);
    expect(["169.253.0.1", "10.0.0.1", "fec0::1", "fd00::1", "2001:db8::1"].filter(said)).toEqual([]);
  });
});
