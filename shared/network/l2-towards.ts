/** Which cables lead from one instance towards another, whatever VLANs they carry. */
import { linkEnd } from "./ground";
import { otherSide, type Instance, type Wiring } from "./wiring";

export interface Towards {
  /** Whether a chain of cables joins the two. Virtual switches pass nothing on. */
  readonly connected: boolean;
  /** Where no such chain joins them: a virtual switch that would, if it forwarded between its uplinks. */
  readonly joint?: Instance;
  /** Whether the target can be got to beyond the cable from `at` to `next` without coming back to `at`. */
  leads(at: number, next: number): boolean;
}

export function instancesTowards(wiring: Wiring, from: number, to: number): Towards {
  const connected = from === to || spread(wiring, to, undefined, isTransit(wiring)).has(from);
  const joint = connected ? undefined : findJoint(wiring, from, to);
  const without = new Map<number, ReadonlySet<number>>();
  return {
    connected,
    ...(joint === undefined ? {} : { joint }),
    leads(at, next) {
      let reachable = without.get(at);
      if (reachable === undefined) without.set(at, (reachable = spread(wiring, to, at, isTransit(wiring))));
      return reachable.has(next);
    },
  };
}

function isTransit(wiring: Wiring): (instance: number) => boolean {
  return (instance) => wiring.instances[instance]?.physical === true;
}

/** The instances from which `target` can be got to without passing `avoid`, through instances that pass frames on. */
function spread(wiring: Wiring, target: number, avoid: number | undefined, transit: (instance: number) => boolean): ReadonlySet<number> {
  if (target === avoid) return new Set();
  const found = new Set([target]);
  const pending = [target];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at !== target && !transit(at)) continue;
    for (const port of wiring.ports[at] ?? []) {
      const { instance } = linkEnd(wiring, otherSide(port));
      if (instance === avoid || found.has(instance)) continue;
      found.add(instance);
      pending.push(instance);
    }
  }
  return found;
}

/** A virtual switch whose uplinks lead to both sides, or at least on from the sender's side. */
function findJoint(wiring: Wiring, from: number, to: number): Instance | undefined {
  const before = spread(wiring, from, undefined, isTransit(wiring));
  const after = spread(wiring, to, undefined, isTransit(wiring));
  if (!spread(wiring, to, undefined, () => true).has(from)) return undefined;
  const joints = wiring.instances.filter(({ physical, index }) => !physical && index !== from && before.has(index) && (wiring.ports[index]?.length ?? 0) > 1);
  return joints.find(({ index }) => after.has(index)) ?? joints[0];
}
