/** Who is on the far side of a router or firewall: everything that its interfaces lead to, over segments and other forwarders. */
import type { Layer2 } from "../network/types";

/**
 * The parties (as in the matrix) that an interface of a forwarder leads to without going through the forwarder again; through all
 * its interfaces where none is named. What filters on the way is not asked: this is about what a firewall stands before.
 */
export function partiesBehind(layer2: Layer2, forwarder: string, local?: string): ReadonlySet<string> {
  return new Set(eachBehind(layer2, forwarder, local));
}

/** Whether one of the parties is behind the interface, or behind any; nobody beyond the first is looked at. */
export function isAnyBehind(layer2: Layer2, parties: ReadonlySet<string>, forwarder: string, local?: string): boolean {
  for (const party of eachBehind(layer2, forwarder, local)) if (parties.has(party)) return true;
  return false;
}

/** Nearest first; some several times. */
function* eachBehind(layer2: Layer2, forwarder: string, local: string | undefined): Generator<string> {
  const seen = new Set<number>();
  const passed = new Set<string>([forwarder]);
  const queue: number[] = [];
  const enter = (endId: string): void => {
    const end = layer2.end(endId);
    for (const domain of end === undefined ? [] : layer2.domainsOf(end)) {
      if (seen.has(domain)) continue;
      seen.add(domain);
      queue.push(domain);
    }
  };
  const pass = (owner: string): void => {
    if (passed.has(owner)) return;
    passed.add(owner);
    for (const { id } of layer2.endsOf(owner)) enter(id);
  };
  for (const end of layer2.endsOf(forwarder)) if (local === undefined || end.id === `${forwarder}/${local}`) enter(end.id);
  for (const domain of queue) {
    for (const { kind, owner, vm } of layer2.domainEnds(domain)) {
      if (kind !== "interface") yield owner;
      if (kind === "interface" || vm?.forwarding === true) pass(owner);
    }
  }
}
