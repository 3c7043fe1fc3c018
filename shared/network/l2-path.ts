/** Witness paths: the shortest way of one frame from an end to another, hop by hop. */
import type { Hop } from "../analysis/result";
import type { Plug } from "./sockets";
import type { Ground } from "./ground";
import { crossingHop, instanceHop, receivingHops, sendingHops } from "./l2-hops";
import type { End } from "./types";
import { hasBit } from "./vlan-bits";
import { hearing, isolatedFromEachOther, walk, type Step } from "./walk";
import { otherSide, type Instance } from "./wiring";

/** One way of a frame. */
export interface Witness {
  readonly from: Plug;
  readonly to: Plug;
  /** From the sender's instance on; empty for an overlay. */
  readonly steps: readonly Step[];
}

/** The hops of the shortest way, first the sender, last the receiver; undefined where the frame is not heard. */
export function describePath(ground: Ground, from: End, fromPlugs: readonly Plug[], to: End, toPlugs: readonly Plug[]): readonly Hop[] | undefined {
  const witness = findWitness(ground, fromPlugs, toPlugs);
  return witness === undefined ? undefined : describeWitness(ground, from, to, witness);
}

export function describeWitness(ground: Ground, from: End, to: End, witness: Witness): readonly Hop[] {
  const { steps } = witness;
  const vlanAt = (step: Step | undefined): number => (step === undefined ? 0 : (ground.index.vlans[step.vlan] as number));
  return [
    ...sendingHops(from, witness.from, vlanAt(steps[0])),
    ...(witness.from.port.vni === undefined ? carriedBy(ground, steps, vlanAt) : overUnderlay(ground, witness)),
    ...receivingHops(to, witness.to, vlanAt(steps.at(-1))),
  ];
}

function carriedBy(ground: Ground, steps: readonly Step[], vlanAt: (step: Step) => number): Hop[] {
  return steps.flatMap((step) => {
    const instance = ground.wiring.instances[step.instance] as Instance;
    const carries = instanceHop(instance, "carries", vlanAt(step));
    if (step.ingress === undefined || step.previous === undefined) return [carries];
    return [crossingHop(ground, otherSide(step.ingress), vlanAt(step.previous), vlanAt(step)), carries];
  });
}

function overUnderlay({ wiring }: Ground, { from, to }: Witness): Hop[] {
  const instance = wiring.instances[from.instance] as Instance;
  return [instanceHop(instance, `carries VNI ${from.port.vni}${from.instance === to.instance ? "" : " over the underlay"}`)];
}

/** The shortest way. */
export function findWitness(ground: Ground, fromPlugs: readonly Plug[], toPlugs: readonly Plug[]): Witness | undefined {
  const at = new Map<number, Plug[]>();
  for (const plug of toPlugs) at.set(plug.instance, [...(at.get(plug.instance) ?? []), plug]);
  let best: Witness | undefined;
  for (const from of fromPlugs) {
    const found = from.port.vni === undefined ? walkTo(ground, from, at) : overlayTo(ground, from, toPlugs);
    if (found !== undefined && (best === undefined || found.steps.length < best.steps.length)) best = found;
    if (best !== undefined && best.steps.length <= 1) break;
  }
  return best;
}

function walkTo(ground: Ground, from: Plug, at: ReadonlyMap<number, readonly Plug[]>): Witness | undefined {
  const hearer = (step: Step): Plug | undefined => at.get(step.instance)?.find((to) => to.port.vni === undefined
    && hasBit(hearing(ground, to), ground.index.vlans[step.vlan] as number) && !isolatedFromEachOther(from, to));
  const last = walk(ground, from, (step) => hearer(step) !== undefined).at(-1);
  const to = last === undefined ? undefined : hearer(last);
  if (last === undefined || to === undefined) return undefined;
  return { from, to, steps: stepsTo(last) };
}

/** From the sender's instance on. */
export function stepsTo(last: Step): readonly Step[] {
  const steps: Step[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.previous) steps.unshift(step);
  return steps;
}

function overlayTo({ wiring }: Ground, from: Plug, toPlugs: readonly Plug[]): Witness | undefined {
  const here = wiring.instances[from.instance]?.switch;
  const to = toPlugs.find((plug) => plug.port.vni === from.port.vni && wiring.instances[plug.instance]?.switch === here && !isolatedFromEachOther(from, plug));
  return to === undefined ? undefined : { from, to, steps: [] };
}
