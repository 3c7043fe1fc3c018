/** A finding's path on the picture: which nodes and cables it runs over, in which order, and the line to draw. */
import type { Hop } from "../analysis/result";
import { ownerOf } from "../model/ids";
import type { Scene, SceneCable } from "./elements";
import { reversed, type Point, type Route } from "./geometry";

export interface PathOverlay {
  /** Hop numbers (from 1) by node. */
  readonly nodes: ReadonlyMap<string, readonly number[]>;
  /** Hop numbers by uplink and trunk. */
  readonly numberedCables: ReadonlyMap<string, readonly number[]>;
  /** Every cable of the path. */
  readonly cables: ReadonlySet<string>;
  /** One line from the first hop to the last; empty where nothing joins them in the picture. */
  readonly route: Route;
}

/** Longest chain of unnamed nodes that is filled in between two hops. */
const MOST_STEPS = 4;

/** Hops that the scene does not show (or not any more) are left out. `at` may be an entity or `owner/local`. */
export function pathOverlay(scene: Scene, hops: readonly Hop[]): PathOverlay {
  return pathFinder(scene)(hops);
}

/** The same for many paths of one scene. */
export function pathFinder(scene: Scene): (hops: readonly Hop[]) => PathOverlay {
  const net = neighbours(scene);
  return (hops) => follow(scene, net, hops);
}

function follow(scene: Scene, net: Net, hops: readonly Hop[]): PathOverlay {
  const nodes = new Map<string, number[]>(), numberedCables = new Map<string, number[]>(), cables = new Set<string>();
  const legs: Route[] = [];
  let here: string | undefined, plug: string | undefined;
  const go = (target: string, through?: string): void => {
    for (const step of here === undefined || here === target ? [] : wayBetween(net, here, target, through)) {
      cables.add(step.cable.id);
      legs.push(step.forwards ? step.cable.route : reversed(step.cable.route));
      here = step.forwards ? step.cable.target : step.cable.source;
    }
    here = target;
  };
  hops.forEach((hop, index) => {
    const cable = scene.cable.get(hop.at);
    const stands = scene.shownAs.get(hop.at) ?? scene.shownAs.get(ownerOf(hop.at));
    if (cable !== undefined && scene.shownAs.get(hop.at) === undefined && (cable.kind === "uplink" || cable.kind === "trunk")) {
      push(numberedCables, cable.id, index + 1);
      go(here === cable.target ? cable.target : cable.source);
      go(here === cable.target ? cable.source : cable.target, cable.id);
    } else if (stands !== undefined) {
      // A distributed firewall stands beside the way: it judges at the vNIC and nothing runs through it.
      if (hop.kind !== "distributedFirewall") go(stands, cable?.id ?? plug);
      push(nodes, stands, index + 1);
    }
    plug = cable?.kind === "nic" || cable?.kind === "interface" ? cable.id : undefined;
  });
  return { nodes, numberedCables, cables, route: join(legs) };
}

interface Step {
  readonly cable: SceneCable;
  readonly forwards: boolean;
}

type Net = ReadonlyMap<string, readonly Step[]>;

/** Cables that carry frames; the thin ones of storage and distributed firewalls do not. */
function neighbours(scene: Scene): Net {
  const net = new Map<string, Step[]>();
  for (const cable of scene.cables) {
    if (cable.kind === "datastore" || cable.kind === "distributedFirewall") continue;
    for (const forwards of [true, false]) {
      const from = forwards ? cable.source : cable.target, steps = net.get(from);
      if (steps === undefined) net.set(from, [{ cable, forwards }]);
      else steps.push({ cable, forwards });
    }
  }
  return net;
}

/** The fewest cables between two nodes; `preferred` first where there are several of one length. */
function wayBetween(net: Net, from: string, to: string, preferred: string | undefined): Step[] {
  const seen = new Map<string, { readonly step: Step; readonly before: string } | undefined>([[from, undefined]]);
  let front = [from];
  for (let depth = 0; depth < MOST_STEPS && front.length > 0 && !seen.has(to); depth++) {
    const next: string[] = [];
    for (const id of front) {
      const steps = net.get(id) ?? [];
      for (const step of preferred === undefined ? steps : [...steps].sort((a, b) => Number(b.cable.id === preferred) - Number(a.cable.id === preferred))) {
        const other = step.forwards ? step.cable.target : step.cable.source;
        if (seen.has(other)) continue;
        seen.set(other, { step, before: id });
        next.push(other);
      }
    }
    front = next;
  }
  const way: Step[] = [];
  for (let entry = seen.get(to); entry !== undefined; entry = seen.get(entry.before)) way.unshift(entry.step);
  return way;
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Legs become one line: through a node the line goes straight from where it came in to where it leaves. */
function join(legs: readonly Route[]): Route {
  const route: Point[] = [];
  for (const leg of legs) {
    const [first, ...rest] = leg, last = route.at(-1);
    if (first === undefined) continue;
    if (last === undefined) route.push(first);
    else if (last.x !== first.x || last.y !== first.y) route.push(third(last, first, 1), third(last, first, 2), first);
    route.push(...rest);
  }
  return route;
}

function third(a: Point, b: Point, part: number): Point {
  return { x: a.x + ((b.x - a.x) * part) / 3, y: a.y + ((b.y - a.y) * part) / 3 };
}
