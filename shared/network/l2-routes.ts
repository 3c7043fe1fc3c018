/**
 * Every distinct way of a frame from one end to another. Ways are told apart by the cables that they take, not by the VLAN, and none
 * is a detour: no two places of a way that do not follow one another are joined directly.
 */
import { linkEnd, sourcesOf, targetsOf, type Ground } from "./ground";
import { findWitness, stepsTo, type Witness } from "./l2-path";
import type { Plug } from "./sockets";
import { hasBit } from "./vlan-bits";
import { exits, hearing, isolatedFromEachOther, sentBy, type Step } from "./walk";
import { otherSide } from "./wiring";

export interface RouteList {
  /** The shortest first. */
  readonly routes: readonly Witness[];
  /** Whether there are no others. */
  readonly exact: boolean;
}

/** Past so many ports looked at, or ways found, the search gives what it has. */
const MOST_PORTS = 200_000;
const MOST_ROUTES = 2000;

export function listRoutes(ground: Ground, fromPlugs: readonly Plug[], toPlugs: readonly Plug[]): RouteList {
  const nearest = findWitness(ground, fromPlugs, toPlugs);
  if (nearest === undefined) return { routes: [], exact: true };
  if (nearest.from.port.vni !== undefined) return { routes: [nearest], exact: true };
  // Who is plugged in on every hypervisor of a switch takes the nearest port; each uplink of a passthrough vNIC is a way of its own.
  const senders = nearest.from.uplink === undefined ? [nearest.from] : fromPlugs;
  const receivers = nearest.to.uplink === undefined ? [nearest.to] : toPlugs;
  const search = new RouteSearch(ground, receivers);
  for (const from of senders) search.from(from);
  // A ring of trunks may turn a frame round, which no way without detours does.
  const routes = search.routes.length === 0 ? [nearest] : [...search.routes].sort((a, b) => a.steps.length - b.steps.length);
  return { routes, exact: search.exact };
}

class RouteSearch {
  readonly routes: Witness[] = [];
  exact = true;
  private readonly width: number;
  private readonly seen = new Set<string>();
  private ports = 0;

  constructor(private readonly ground: Ground, private readonly receivers: readonly Plug[]) {
    this.width = ground.index.vlans.length;
  }

  from(plug: Plug): void {
    const { index: { indexOf } } = this.ground;
    const bare = plug.port.untagged === undefined ? -1 : (indexOf[plug.port.untagged] as number);
    // What the end sends untagged comes first.
    const vlans = [...sentBy(this.ground, plug)].sort((a, b) => Number(b === bare) - Number(a === bare));
    for (const vlan of vlans) {
      if (this.ports > MOST_PORTS || this.routes.length >= MOST_ROUTES) {
        this.exact = false;
        return;
      }
      this.inVlan(plug, { instance: plug.instance, vlan });
    }
  }

  private inVlan(from: Plug, start: Step): void {
    const useful = this.leadingOn(from, start);
    const waiting = useful.has(this.place(start)) ? [start] : [];
    for (const step of waiting) {
      const heard = this.receivers.filter((to) => this.hears(from, to, step));
      heard.forEach((to) => this.add(from, to, step));
      if (heard.length > 0) continue;
      if (this.ports > MOST_PORTS || this.routes.length >= MOST_ROUTES) {
        this.exact = false;
        return;
      }
      for (const next of this.beyond(step)) if (useful.has(this.place(next)) && !this.isDetour(next)) waiting.push(next);
    }
  }

  private add(from: Plug, to: Plug, last: Step): void {
    const steps = stepsTo(last);
    const key = `${from.instance}.${from.index} ${steps.map(({ ingress }) => ingress ?? "").join()} ${to.instance}.${to.index}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.routes.push({ from, to, steps });
  }

  private hears(from: Plug, to: Plug, { instance, vlan }: Step): boolean {
    return to.port.vni === undefined && to.instance === instance && !isolatedFromEachOther(from, to) && hasBit(hearing(this.ground, to), this.ground.index.vlans[vlan] as number);
  }

  private place({ instance, vlan }: Step): number {
    return instance * this.width + vlan;
  }

  /** Where a frame may go on to. Virtual switches other than the receiver's pass nothing on. */
  private *beyond(step: Step): Generator<Step> {
    const { wiring } = this.ground;
    for (const port of exits(this.ground, step)) {
      this.ports += 1;
      const far = otherSide(port);
      const { instance } = linkEnd(wiring, far);
      if (wiring.instances[instance]?.physical !== true && !this.receivers.some((to) => to.instance === instance)) continue;
      for (const vlan of targetsOf(this.ground.crossing(port), step.vlan)) yield { instance, vlan, ingress: far, previous: step };
    }
  }

  /** Places that the frame gets to and from which it gets to a receiver. */
  private leadingOn(from: Plug, start: Step): ReadonlySet<number> {
    const reached = new Map([[this.place(start), start]]);
    const heard: Step[] = [];
    for (const step of reached.values()) {
      if (this.receivers.some((to) => this.hears(from, to, step))) heard.push(step);
      for (const next of this.beyond({ instance: step.instance, vlan: step.vlan, ...(step.ingress === undefined ? {} : { ingress: -1 }) })) {
        if (!reached.has(this.place(next))) reached.set(this.place(next), next);
      }
    }
    const useful = new Set(heard.map((step) => this.place(step)));
    for (const place of useful) {
      const vlan = place % this.width;
      for (const port of this.ground.wiring.ports[(place - vlan) / this.width] ?? []) {
        this.ports += 1;
        const back = otherSide(port);
        const { instance } = linkEnd(this.ground.wiring, back);
        for (const source of sourcesOf(this.ground.crossing(back), vlan)) {
          const before = instance * this.width + source;
          if (reached.has(before)) useful.add(before);
        }
      }
    }
    return useful;
  }

  /** Whether the way was at that place before, or could have come to it from an earlier place than the last. */
  private isDetour(next: Step): boolean {
    const place = this.place(next);
    for (let step = next.previous; step !== undefined; step = step.previous) {
      if (this.place(step) === place) return true;
      if (step !== next.previous && this.joins(step, next)) return true;
    }
    return false;
  }

  private joins(step: Step, { instance, vlan }: Step): boolean {
    const { wiring } = this.ground;
    return exits(this.ground, step).some((port) =>
      linkEnd(wiring, otherSide(port)).instance === instance && targetsOf(this.ground.crossing(port), step.vlan).includes(vlan));
  }
}
