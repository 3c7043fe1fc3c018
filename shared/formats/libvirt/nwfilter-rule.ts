import type { Rule } from "../../model/kinds/forwarder";
import type { Tally } from "../tally";
import { attribute, type XmlElement } from "../xml";

export interface RuleContext {
  /** Selectors of the ports that the filter is on. */
  readonly parties: readonly string[];
  readonly tally: Tally;
}

type RuleBody = Omit<Rule, "id">;

const PROTOCOLS: Readonly<Record<string, "tcp" | "udp" | "icmp" | "any" | undefined>> = {
  tcp: "tcp", "tcp-ipv6": "tcp", udp: "udp", "udp-ipv6": "udp", icmp: "icmp", icmpv6: "icmp", all: "any", "all-ipv6": "any", ip: "any", ipv6: "any",
};
const UNDERSTOOD = new Set(["srcipaddr", "srcipmask", "dstipaddr", "dstipmask", "dstportstart", "dstportend", "match", "state", "comment"]);

/**
 * One nwfilter rule as rules of a distributed firewall, one for each direction. Directions are the guest's: `out` leaves the VM.
 * Criteria that the document cannot express are left out of an accept, which widens it, and drop a drop whole: what cannot be
 * said must never make the network look more isolated than it is.
 */
export function readRule(element: XmlElement, file: string, context: RuleContext): RuleBody[] {
  const { tally } = context;
  const action = attribute(element, "action");
  const text = `filter rule ${action ?? "without action"} ${element.children.map(({ name }) => name).join(" ")}`.trim();
  if (action !== "accept" && action !== "drop" && action !== "reject") {
    tally.notUnderstood(file, element.line, text);
    return [];
  }
  const directions = attribute(element, "direction") === "inout" ? ["in", "out"] as const : [attribute(element, "direction") === "in" ? "in" as const : "out" as const];
  const matches = element.children.length === 0 ? [undefined] : element.children;
  return matches.flatMap((match) => directions.flatMap((direction) => {
    const body = readMatch(match, direction, action === "accept", context);
    if (body.lost !== undefined) tally.notUnderstood(file, match?.line ?? element.line, `${text}: ${body.lost}`);
    else tally.mapped("filter/rule");
    return body.rule === undefined ? [] : [{ action: action === "accept" ? "allow" as const : action === "drop" ? "deny" as const : "reject" as const, ...body.rule }];
  }));
}

function readMatch(match: XmlElement | undefined, direction: "in" | "out", accepts: boolean, { parties }: RuleContext): { rule?: Pick<RuleBody, "from" | "to" | "services">; lost?: string } {
  const protocol = match === undefined ? "any" : PROTOCOLS[match.name];
  if (protocol === undefined) return { lost: `protocol ${match?.name ?? ""} is not IP; only IP is filtered in the document` };
  const lost = match === undefined ? [] : [...match.attributes.keys()].filter((name) => !UNDERSTOOD.has(name));
  const state = attribute(match, "state");
  if (state !== undefined && state !== "NONE" && !state.split(",").includes("NEW")) return { lost: "matches established traffic only" };
  if (attribute(match, "match") === "no") lost.push("match='no'");
  const peer = direction === "out" ? address(match, "dst") : address(match, "src");
  const own = direction === "out" ? attribute(match, "srcipaddr") : attribute(match, "dstipaddr");
  if (own !== undefined) lost.push("the guest's own address");
  if (peer === "unreadable") lost.push("peer address");
  const services = protocol === "any" || protocol === "icmp" ? [protocol] : [portRange(protocol, match)];
  if (lost.length > 0 && !accepts) return { lost: `${lost.join(", ")}; the rule is left out` };
  const peers = peer === undefined || peer === "unreadable" ? {} : { [direction === "out" ? "to" : "from"]: [`cidr:${peer}`] };
  const rule = { [direction === "out" ? "from" : "to"]: [...parties], ...peers, services };
  return lost.length > 0 ? { rule, lost: `${lost.join(", ")}; accepted without it` } : { rule };
}

function address(match: XmlElement | undefined, side: "src" | "dst"): string | undefined {
  const ip = attribute(match, `${side}ipaddr`);
  if (ip === undefined) return undefined;
  if (ip.startsWith("$")) return "unreadable";
  const mask = attribute(match, `${side}ipmask`) ?? (ip.includes(":") ? "128" : "32");
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= (ip.includes(":") ? 128 : 32) ? `${ip}/${mask}` : "unreadable";
  const bits = mask.split(".").map((part) => Number(part).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? `${ip}/${bits.replaceAll("0", "").length}` : "unreadable";
}

function portRange(protocol: "tcp" | "udp", match: XmlElement | undefined): string {
  const start = Number(attribute(match, "dstportstart"));
  const end = Number(attribute(match, "dstportend") ?? start);
  if (!Number.isInteger(start) || start < 1 || end > 65535 || end < start) return protocol;
  return start === end ? `${protocol}/${start}` : `${protocol}/${start}-${end}`;
}
