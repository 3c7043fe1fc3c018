/**
 * The directed walk of one frame, breadth first: from a port through instances and cables to everyone who hears it. This is the
 * reference for the faster answers of `zones.ts`, and gives the witness paths.
 */
import type { Plug } from "./ends";
import { indices, linkEnd, targetsOf, type Ground } from "./ground";
import { otherSide, type PortId } from "./wiring";

/** A frame in a VLAN (by index) of an instance. */
export interface Step {
  readonly instance: number;
  readonly vlan: number;
  /** The port it came in by; absent at the sender's instance. */
  readonly ingress?: PortId;
  readonly previous?: Step;
}

/** What a port sends or hears, by VLAN index, as the ground's mode has it. */
export function sentBy(ground: Ground, { port }: Plug): readonly number[] {
  return indices(ground.index, ground.mode === "known" ? port.sends : port.maySend);
}

export function heardBy(ground: Ground, { port }: Plug): readonly number[] {
  return indices(ground.index, ground.mode === "known" ? port.hears : port.mayHear);
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
  const open = new OpenPorts(ground.index.vlans.length);
  const visit = (step: Step): boolean => {
    steps.push(step);
    return until(step);
  };
  for (const vlan of sentBy(ground, from)) {
    const start: Step = { instance: from.instance, vlan };
    if (open.enter(start) && visit(start)) return steps;
  }
  for (let next = 0; next < steps.length; next++) {
    const step = steps[next] as Step;
    for (const port of exits(ground, step)) {
      const far = otherSide(port);
      const { instance } = linkEnd(ground.wiring, far);
      for (const vlan of targetsOf(ground.crossing(port), step.vlan)) {
        const beyond: Step = { instance, vlan, ingress: far, previous: step };
        if (open.enter(beyond) && visit(beyond)) return steps;
      }
    }
  }
  return steps;
}

/** The cable ports by which the frame goes on. */
export function exits({ wiring }: Ground, step: Step): readonly PortId[] {
  const ports = wiring.ports[step.instance] ?? [];
  if (step.ingress === undefined) return ports;
  // A virtual switch forwards nothing from one uplink to another.
  if (wiring.instances[step.instance]?.physical !== true) return [];
  return ports.filter((port) => port !== step.ingress);
}

/** Which places were entered, and by how many ports: a second port of entry opens the one exit that the first had closed. */
class OpenPorts {
  private static readonly SEVERAL = -2;
  private static readonly START = -1;
  private readonly entered = new Map<number, number>();

  constructor(private readonly vlans: number) {}

  /** False where a frame that comes this way goes nowhere new. */
  enter({ instance, vlan, ingress }: Step): boolean {
    const place = instance * this.vlans + vlan;
    const before = this.entered.get(place);
    const now = ingress ?? OpenPorts.START;
    if (before === undefined) {
      this.entered.set(place, now);
      return true;
    }
    if (before === now || before === OpenPorts.SEVERAL || before === OpenPorts.START) return false;
    this.entered.set(place, OpenPorts.SEVERAL);
    return true;
  }
}
