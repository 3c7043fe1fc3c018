/** Which vNICs a distributed firewall filters, and why not the others. */
import type { Vnic } from "../model/kinds/vm";
import { resolveSelector } from "../model/members";
import { entries, record, type Topology } from "../model/topology";

/** Why no distributed firewall filters a vNIC. */
export type Gap = { readonly kind: "passthrough" } | { readonly kind: "excluded"; readonly firewall: string } | { readonly kind: "switch"; readonly virtualSwitch: string };

interface Scope {
  readonly id: string;
  /** Undefined: every switch. */
  readonly switches: ReadonlySet<string> | undefined;
  readonly excluded: ReadonlySet<string>;
}

/** Asks a document's distributed firewalls, all of them or those that `wanted` picks, about one vNIC after another. */
export class Enforcement {
  private readonly scopes: readonly Scope[];

  constructor(private readonly topology: Topology, wanted: (id: string) => boolean = () => true) {
    this.scopes = entries(topology, "distributedFirewalls").filter(([id]) => wanted(id)).map(([id, { virtualSwitches, exclude = [] }]) => ({
      id,
      switches: virtualSwitches === undefined ? undefined : new Set(virtualSwitches),
      excluded: new Set(exclude.flatMap((selector) => [...resolveSelector(topology, selector)])),
    }));
  }

  get exists(): boolean {
    return this.scopes.length > 0;
  }

  /** Undefined where some firewall filters the vNIC, or where it is plugged into nothing. */
  gapOf(vm: string, { portGroup, connected, passthrough = "none" }: Vnic): Gap | undefined {
    const virtualSwitch = record(this.topology, "portGroups", portGroup)?.virtualSwitch;
    if (virtualSwitch === undefined || connected === false) return undefined;
    if (passthrough !== "none") return { kind: "passthrough" };
    let excluding: string | undefined;
    for (const { id, switches, excluded } of this.scopes) {
      if (switches !== undefined && !switches.has(virtualSwitch)) continue;
      if (!excluded.has(vm)) return undefined;
      excluding ??= id;
    }
    return excluding === undefined ? { kind: "switch", virtualSwitch } : { kind: "excluded", firewall: excluding };
  }
}
