import { addVlan, hasVlan, parseVlanList } from "../model/vlan-set";
import type { Port } from "../model/primitives";
import { entries, type RecordOf, type Topology } from "../model/topology";
import { candidate } from "./remedy/board";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

export const mdl004: IsolationRule = {
  id: "MDL-004",
  title: "Native VLANs differ at the two ends of a trunk",
  severity: "low",
  threat: "Untagged frames leave in one VLAN and arrive in another: two segments that the drawing shows apart are one, and besides a tagged frame may pass one way.",
  condition: "The ends of a cable between physical switches put untagged frames into different VLANs: native VLANs that differ, or an access port of another VLAN than the one at the other end. Also where both "
    + "ends tag their native VLAN today. Identified by the trunk.",
  fix: "The same native VLAN at both ends, best one that nothing uses, tagged.",
  commands: [{ platform: "cisco", text: "switchport trunk native vlan 999" }],
  references: ["DISA STIG for Cisco switches V-220646, V-220644", "NIST SP 800-53r5 CM-7"],
  caveats: "What the join lets through is judged by NET-001 and NET-002. VLANs that a list lacks or has too many are not reported.",
  check({ topology }) {
    return entries(topology, "trunks").flatMap(([id, trunk]) => inspect(topology, id, trunk));
  },
};

type Trunk = RecordOf<"trunks">;
type Side = "a" | "b";

/** The VLAN that untagged frames are in at a port. */
function untaggedVlan(port: Port | undefined): number | undefined {
  return port?.mode === "access" ? port.vlan : port?.native;
}

function inspect(topology: Topology, id: string, { name, a, b }: Trunk): Draft[] {
  const [left, right] = [untaggedVlan(a.port), untaggedVlan(b.port)];
  if (left === undefined || right === undefined || left === right) return [];
  const crosses = passesUntagged(a.port) && passesUntagged(b.port);
  return [{
    key: id,
    title: `${name ?? id} joins VLAN ${left} to VLAN ${right}`,
    subjects: [id, a.switch, b.switch],
    detail: `Untagged frames on ${name ?? id} are in VLAN ${left} at ${a.switch} and in VLAN ${right} at ${b.switch}${crosses ? ": the two VLANs are one segment" : ", though at present a list or a tagged native VLAN keeps them from crossing"}.`,
    fixes: () => (["a", "b"] as const).flatMap((side) => equalise(topology, id, { a, b }, side)),
  }];
}

function passesUntagged(port: Port | undefined): boolean {
  if (port?.mode !== "trunk") return port !== undefined;
  const allowed = port.allowed === undefined ? undefined : parseVlanList(port.allowed);
  return port.tagNative !== true && port.native !== undefined && (allowed === undefined || hasVlan(allowed, port.native));
}

/** Gives one end the VLAN of the other. */
function equalise(topology: Topology, id: string, ends: Pick<Trunk, "a" | "b">, side: Side): FixCandidate[] {
  const vlan = untaggedVlan(ends[side === "a" ? "b" : "a"].port);
  const { port, switch: at } = ends[side];
  if (vlan === undefined || port === undefined) return [];
  return candidate(topology, `Put untagged frames into VLAN ${vlan} at ${at} too`, (board) => {
    if (port.mode === "access") board.set(["trunks", id, side, "port", "vlan"], vlan);
    else {
      board.set(["trunks", id, side, "port", "native"], vlan);
      if (port.allowed !== undefined && port.allowed !== "all") board.set(["trunks", id, side, "port", "allowed"], addVlan(port.allowed, vlan) ?? port.allowed);
    }
  });
}
