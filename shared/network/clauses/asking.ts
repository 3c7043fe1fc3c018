/** Answers to hand-made documents in the words of the matrix, for tests that hold the semantics clause by clause. */
import type { Assume, MatrixPair } from "../../analysis/result";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import { networkOf } from "../fixtures/two-tenants";
import { matrixOf } from "../network";
import { draw, trunkPort, type Drawing } from "../testing";

type Answers = Record<string, string>;

/** The pairs that the matrix by VM lists. */
export function listed(drawing: Drawing, assume: Assume = "hostile"): readonly MatrixPair[] {
  return matrixOf(networkOf(drawing, assume), "vm").pairs;
}

/** By receiver, whether a sender's frames pass: `both` ways or `one`. */
export function framesOf(drawing: Drawing, from: string, assume: Assume = "hostile"): Answers {
  return answersOf(drawing, from, assume, ({ frames }) => frames);
}

/** By receiver, `layer frames services one-way verdict`, such as `2 both any - violating`, and what is missing. */
export function pairsOf(drawing: Drawing, from: string, assume: Assume = "hostile"): Answers {
  return answersOf(drawing, from, assume, ({ layer, frames = "-", services, oneWay, verdict, missing = [] }) =>
    [layer, frames, services.join("+") || "-", oneWay.join("+") || "-", verdict, ...missing].join(" "));
}

function answersOf(drawing: Drawing, from: string, assume: Assume, tell: (pair: MatrixPair) => string | undefined): Answers {
  const own = listed(drawing, assume).filter((pair) => pair.from === from);
  return Object.fromEntries(own.flatMap((pair) => [[pair.to, tell(pair)]]).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A switch `s1` on one hypervisor beside a physical switch `tor`, not yet cabled. */
export function oneSwitch(kind: VirtualSwitch["kind"] = "standard", more: Partial<VirtualSwitch> = {}): Drawing {
  return draw().tenant("ta").tenant("tb").hypervisor("h1").physicalSwitch("tor").vswitch("s1", kind, "h1", more);
}

/** The same with an uplink, by a trunk of VLANs 1, 10 and 20, native 1, unless another is given, and a station in each of these VLANs. */
export function cabled(kind: VirtualSwitch["kind"] = "standard", more: Partial<VirtualSwitch> = {}, port = trunkPort("1,10,20", 1)): Drawing {
  return listening(oneSwitch(kind, more).uplink("u1", "s1", "h1", "tor", port), "tor", 1, 10, 20);
}

/** Stations `x10` and so on in VLANs of a physical switch. */
export function listening(drawing: Drawing, physicalSwitch: string, ...vlans: number[]): Drawing {
  return vlans.reduce((all, vlan) => all.station(`x${vlan}`, physicalSwitch, vlan), drawing);
}
