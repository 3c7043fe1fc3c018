import { compareIds, entries, record, type Topology } from "../model/topology";
import { removeVlan } from "../model/vlan-set";
import { DoubleTagging, mayDoubleTag, taggingGround, type TaggingGround, type VlanHop } from "../network/double-tagging";
import type { End } from "../network/types";
import { groupBy } from "./group-by";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { carryVlan, placesOfPortGroup } from "./remedy/carry";
import { freeVlan } from "./remedy/free-vlan";
import { keepVlansApart } from "./remedy/move";
import { moveNative } from "./remedy/renumber";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { tenantName, vmOf } from "./workload";

/** So many links are told of, so many victims listed, and so many vNICs that are plugged in alike looked at: two, for each its own hypervisor is left out. */
const LINKS = 8;
const VICTIMS = 20;
const ALIKE = 2;

export const net004: IsolationRule = {
  id: "NET-004",
  title: "VLAN hopping by double tagging is possible",
  severity: "high",
  threat: "A guest gets frames into a VLAN that it is not in, past every firewall: a tag inside a tag, of which a trunk on the way takes off the outer one. Answers do not come back this way, but one "
    + "frame may be all that an attack needs.",
  condition: "All of: (1) a guest's port forwards frames that the guest tags (guest trunk, untagged on VMware, Open vSwitch without a VLAN, bridge without VLAN filtering, passthrough on a trunk); (2) the outer "
    + "tag is the native VLAN of an uplink or trunk on its way; (3) that port sends its native VLAN untagged (the list has it, and not tagNative); (4) both sides of the cable allow the inner VLAN; (5) somebody "
    + "who does not exchange frames with the guest anyway hears it beyond. Injection, not reach: it is not in the matrix. Low where a port that is not described could be such a one. Identified by the port "
    + "group, or by the vNIC where it is passed through.",
  fix: "A native VLAN that nothing uses, tagged, at both ends of trunks and uplinks; guest ports in one VLAN, or at least without the native VLAN in their list.",
  commands: [
    { platform: "cisco", text: "switchport trunk native vlan 999; vlan dot1q tag native" },
    { platform: "linux-bridge", text: "ip link set br0 type bridge vlan_filtering 1" },
    { platform: "open-vswitch", text: "ovs-vsctl set port vnet3 tag=110 vlan_mode=access" },
  ],
  references: ["DISA STIG for Cisco NX-OS switches V-220694, V-220696", "VMware vSphere Security, vSphere Standard Switch protection and VLANs", "NIST SP 800-53r5 SC-7, AC-4", "MITRE ATT&CK T1599, T1040"],
  caveats: "Ports in one VLAN drop what a guest tags on every platform here; for Hyper-V that is assumed, since its documentation does not say. Two tags only: a native VLAN behind a native VLAN is not looked for.",
  check(context) {
    if (!mayDoubleTag(context.topology)) return [];
    const ground = taggingGround(context.topology);
    const certain = hopsOf(context, ground, "known");
    const found = new Set(certain.map(({ key }) => key));
    const described = entries(context.topology, "uplinks").every(([, { port }]) => isDescribed(port)) && entries(context.topology, "trunks").every(([, { a, b }]) => isDescribed(a.port) && isDescribed(b.port))
      && entries(context.topology, "portGroups").every(([, { vlan }]) => vlan?.mode !== "trunk" || vlan.allowed !== undefined);
    const perhaps = described ? [] : hopsOf(context, ground, "possible").filter(({ key }) => !found.has(key));
    return [...certain.map((place) => describe(context.topology, place, true)), ...perhaps.map((place) => describe(context.topology, place, false))];
  },
};

function isDescribed(port: { mode: string; allowed?: string | undefined } | undefined): boolean {
  return port !== undefined && (port.mode === "access" || port.allowed !== undefined);
}

/** What the guests of a port group, or one passed-through vNIC, can do. */
interface Place {
  readonly key: string;
  readonly portGroup: string | undefined;
  readonly hops: readonly VlanHop[];
}

function hopsOf({ topology, network: { layer2 } }: RuleContext, ground: TaggingGround, mode: "known" | "possible"): Place[] {
  const tagging = new DoubleTagging(topology, layer2, mode, ground);
  if (!tagging.possible) return [];
  const vnics = layer2.ends.filter(({ kind }) => kind === "vnic");
  const places = groupBy(vnics, (end) => (bypasses(topology, end) ? end.id : (end.portGroup ?? "")));
  return [...places].sort(([a], [b]) => compareIds(a, b)).flatMap(([key, ends]): Place[] => {
    const hops = someHops(tagging, ends);
    return hops.length === 0 ? [] : [{ key, portGroup: ends[0]?.portGroup, hops }];
  });
}

function bypasses(topology: Topology, end: End): boolean {
  const passthrough = vmOf(topology, end)?.nics?.[end.id.slice(end.owner.length + 1)]?.passthrough;
  return passthrough !== undefined && passthrough !== "none";
}

/** The hops over the first few links. */
function someHops(tagging: DoubleTagging, ends: readonly End[]): VlanHop[] {
  const byLink = new Map<string, VlanHop[]>();
  const seen = new Map<string, number>();
  for (const end of ends) {
    const key = tagging.keyOf(end);
    const alike = seen.get(key) ?? 0;
    if (alike >= ALIKE) continue;
    seen.set(key, alike + 1);
    for (const hop of tagging.from(end)) {
      const known = byLink.get(hop.link);
      if (known === undefined && byLink.size >= LINKS) break;
      if (known === undefined) byLink.set(hop.link, [hop]);
      else if (known.length < VICTIMS && !known.some(({ to }) => to === hop.to)) known.push(hop);
    }
  }
  return [...byLink.values()].flat();
}

function describe(topology: Topology, { key, portGroup, hops }: Place, certain: boolean): Draft {
  const links = distinct(hops.map(({ link }) => link));
  const natives = distinct(hops.map(({ native }) => String(native)));
  const victims = distinct(hops.map(({ to }) => to.owner));
  const attackers = distinct(hops.map(({ from }) => from.owner));
  const missing = distinct(hops.flatMap(({ missing: path }) => path ?? []));
  const inner = distinct(hops.map((hop) => String(hop.inner)));
  const name = record(topology, "portGroups", portGroup)?.name ?? key;
  const whose = distinct(hops.flatMap(({ to }) => vmOf(topology, to)?.tenant ?? [])).map((id) => tenantName(topology, id));
  return {
    key,
    ...(certain ? {} : { severity: "low" as const }),
    title: certain ? `Guests of ${name} can hop VLANs by double tagging` : `Guests of ${name} could perhaps hop VLANs by double tagging`,
    subjects: distinct([...(portGroup === undefined ? [] : [portGroup]), ...links, ...attackers, ...victims]),
    detail: `${listed(attackers)} may send tagged frames. With the outer tag ${listed(natives)}, which ${listed(links)} ${links.length === 1 ? "takes" : "take"} off as native VLAN, and the inner tag ${listed(inner)} `
      + `they get to ${listed(victims)}${whose.length === 0 ? "" : ` (${listed(whose)})`}, one way, past every firewall.${certain ? "" : ` That is so if what the document does not say allows it${missing.length === 0 ? "" : `: ${listed(missing)}`}.`}`,
    services: ["any"],
    ways: () => (certain ? [{
      channel: "vlan-hop", from: attackers.filter((id) => record(topology, "vms", id) !== undefined).map((id) => `vm:${id}` as const),
      to: victims.flatMap((id) => (record(topology, "vms", id) !== undefined ? [`vm:${id}` as const] : record(topology, "managementInterfaces", id) !== undefined ? [`management:${id}` as const] : [])),
      detail: `double tagging over ${listed(links)}`,
    }] : []),
    path: () => hops[0]?.path() ?? [],
    fixes: () => fixesFor(topology, portGroup, key, hops),
  };
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareIds);
}

function fixesFor(topology: Topology, portGroup: string | undefined, key: string, hops: readonly VlanHop[]): FixCandidate[] {
  const natives = [...new Set(hops.map(({ native }) => native))];
  const unused = freeVlan(topology, "native");
  const links = new Set(hops.map(({ link }) => link));
  const moved = unused === undefined ? [] : candidate(topology, `Make VLAN ${unused} the native VLAN, tagged, instead of ${listed(natives.map(String))}`, (board) => {
    for (const native of natives) moveNative(board, native, unused);
  });
  const tagged = candidate(topology, `Tag the native VLAN on ${listed([...links].sort(compareIds))}`, (board) => {
    for (const id of links) {
      for (const path of portsOf(board.topology, id)) board.set([...path, "tagNative"], true);
    }
  });
  const narrowed = portGroup === undefined || key !== portGroup ? [] : narrow(topology, portGroup, natives);
  return [...moved, ...tagged, ...narrowed, ...settle(topology, portGroup, key, hops)];
}

/** A port in one VLAN drops what its guests tag; a passed-through adapter has no such port. */
function settle(topology: Topology, portGroup: string | undefined, key: string, hops: readonly VlanHop[]): FixCandidate[] {
  const group = record(topology, "portGroups", portGroup);
  const vlan = group?.vlan?.mode === "trunk" && group.vlan.native !== undefined ? group.vlan.native : freeVlan(topology, "tenant");
  if (portGroup === undefined || group === undefined || vlan === undefined) return [];
  const passed = portGroup === key ? [] : [...new Set(hops.map(({ from }) => from))];
  if (passed.length > 0) {
    return candidate(topology, `Put ${listed(passed.map(({ id }) => id))} behind the virtual switch`, (board) => {
      for (const { id, owner } of passed) board.set(["vms", owner, "nics", id.slice(owner.length + 1), "passthrough"], "none");
    });
  }
  return candidate(topology, `Put ${group.name} into VLAN ${vlan} only`, (board) => {
    keepVlansApart(board, group.virtualSwitch);
    board.set(["portGroups", portGroup, "vlan"], { mode: "access", id: vlan });
    carryVlan(board, vlan, placesOfPortGroup(topology, portGroup));
  });
}

/** The trunk ports of a cable. */
function portsOf(topology: Topology, link: string): (readonly string[])[] {
  const { a, b } = record(topology, "trunks", link) ?? {};
  const ports = [
    { path: ["uplinks", link, "port"], port: record(topology, "uplinks", link)?.port }, { path: ["trunks", link, "a", "port"], port: a?.port }, { path: ["trunks", link, "b", "port"], port: b?.port },
  ];
  return ports.filter(({ port }) => port?.mode === "trunk" && port.native !== undefined).map(({ path }) => path);
}

/** The guest trunk without the native VLANs in its list. */
function narrow(topology: Topology, portGroup: string, natives: readonly number[]): FixCandidate[] {
  const vlan = record(topology, "portGroups", portGroup)?.vlan;
  if (vlan?.mode !== "trunk" || vlan.allowed === undefined) return [];
  const rest = natives.reduce<string | undefined>((text, native) => (text === undefined ? undefined : removeVlan(text, native)), vlan.allowed);
  return candidate(topology, `Take VLAN ${listed(natives.map(String))} off the list of ${record(topology, "portGroups", portGroup)?.name ?? portGroup}`, (board) => {
    if (rest === undefined) return false;
    board.set(["portGroups", portGroup, "vlan", "allowed"], rest);
    if (vlan.native !== undefined && natives.includes(vlan.native)) board.remove(["portGroups", portGroup, "vlan", "native"]);
    return true;
  });
}
