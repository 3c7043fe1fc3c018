/**
 * The directed walk of one frame, breadth first: from a port through instances and cables to everyone who hears it. This is the
 * reference for the faster answers of `zones.ts`, and gives the witness paths.
 */
import type { Plug, Socket } from "./sockets";
import { indices, linkEnd, targetsOf, type Ground } from "./ground";
import { OpenPorts } from "./open-ports";
import type { VlanBits } from "./vlan-bits";
import { otherSide, type PortId } from "./wiring";

/** A frame in a VLAN (by index) of an instance. */
export interface Step {
  readonly instance: number;
  readonly vlan: number;
  /** The port it came in by; absent at the sender's instance. */
  readonly ingress?: PortId;
  readonly previous?: Step;
}

/** What a port sends, as the ground's mode has it. */
export function sending({ mode }: Ground, { port }: Socket): VlanBits {
  return mode === "known" ? port.sends : port.maySend;
}

export function hearing({ mode }: Ground, { port }: Socket): VlanBits {
  return mode === "known" ? port.hears : port.mayHear;
}

/** The same by VLAN index. */
export function sentBy(ground: Ground, plug: Socket): readonly number[] {
  return indices(ground.index, sending(ground, plug));
}

export function heardBy(ground: Ground, plug: Socket): readonly number[] {
  return indices(ground.index, hearing(ground, plug));
}

/** Both on one instance and isolated there: they exchange no frames. */
export function isolatedFromEachOther(a: Plug, b: Plug): boolean {
  return a.isolated && b.isolated && a.instance === b.instance;
}

/**
 * Every place that a frame of `from` gets to, nearest first; stops after the first one that `until` accepts. A frame never leaves by
 * the port it came in by, and never passes from one uplink of a virtual switch to another.
 */
export function walk(ground: Ground, from: Plug, until: (step: Step) => boolean = () => false): readonly Step[] {
  const steps: Step[] = [];
  const width = ground.index.vlans.length;
  const open = new OpenPorts();
  const visit = (step: Step): boolean => {
    steps.push(step);
    return until(step);
  };
  for (const vlan of sentBy(ground, from)) {
    const start: Step = { instance: from.instance, vlan };
    if (open.enter(from.instance * width + vlan) && visit(start)) return steps;
  }
  for (let next = 0; next < steps.length; next++) {
    const step = steps[next] as Step;
    for (const port of exits(ground, step)) {
      const far = otherSide(port);
      const { instance } = linkEnd(ground.wiring, far);
      for (const vlan of targetsOf(ground.crossing(port), step.vlan)) {
        const beyond: Step = { instance, vlan, ingress: far, previous: step };
        if (open.enter(instance * width + vlan, far) && visit(beyond)) return steps;
      }
    }
  }
  return steps;
}

/** The cable ports by which the frame goes on. */
export function exits({ wiring }: Ground, step: Pick<Step, "instance" | "ingress">): readonly PortId[] {
  const ports = wiring.ports[step.instance] ?? [];
  if (step.ingress === undefined) return ports;
  // A virtual switch forwards nothing from one uplink to another.
  if (wiring.instances[step.instance]?.physical !== true) return [];
  return ports.filter((port) => port !== step.ingress);
}
