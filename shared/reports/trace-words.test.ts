import { expect, it } from "vitest";
import type { Hop, Trace } from "../analysis/result";
import { traceText } from "./trace-text";
import { moreWords, packetWords, stopWords } from "./trace-words";

const denies: Hop = { at: "f", kind: "firewall", does: "denies by r3", rule: "r3", stops: ["udp"], passes: ["tcp/22", "tcp/443"] };
const none: Trace = { reachable: false, services: [], paths: [], blockedBy: [] };

it("says what a place stops and what would have passed there", () => {
  expect(stopWords(denies)).toBe("stops udp; tcp/22, tcp/443 would pass");
  expect(stopWords({ ...denies, stops: ["any"], passes: [], behind: true })).toBe("behind those above");
  expect(stopWords({ at: "p", kind: "portGroup", does: "hears VLAN 20 only, not VLAN 10", passes: ["VLAN 20"] })).toBe("");
});

it("writes a packet in one line", () => {
  expect(packetWords({ from: "a/eth0", to: "b/eth0", source: "10.1.0.10", destination: "10.2.0.10", vlan: 10, protocol: "tcp", port: 443, sourcePort: 49152 }))
    .toBe("a/eth0 10.1.0.10 → b/eth0 10.2.0.10  tcp/443 from port 49152  VLAN 10");
  expect(packetWords({ from: "a/eth0", to: "b/eth0", destination: "10.2.0.10", vlan: 0, protocol: "icmp", forged: true }))
    .toBe("a/eth0 any address → b/eth0 10.2.0.10  icmp  untagged  an address is taken over");
});

it("counts the paths that are not listed", () => {
  expect(moreWords(none)).toBe("");
  expect(moreWords({ ...none, morePaths: 1 })).toBe("and 1 more path");
  expect(moreWords({ ...none, morePaths: 12, morePathsAtLeast: true })).toBe("and at least 12 more paths");
});

it("tells what stops answers from what stops packets", () => {
  const text = traceText({ ...none, oneWay: ["tcp/443"], blockedBy: [{ ...denies, does: "denies the answer by default" }, denies] }, "vm:a", "vm:b");
  expect(text).toContain("one way  vm:a → vm:b  tcp/443 is delivered without an answer");
  expect(text.indexOf("the answer is stopped by")).toBeLessThan(text.indexOf("everything else is stopped by"));
});
