/** The rows of the matrix, and which of them nothing tells apart. */
import { compareIds, entries, type Topology } from "../model/topology";
import type { Host, Hosts } from "./hosts";
import type { Policy } from "./policy";
import type { End, Layer2, Party } from "./types";

/** Parties with the same hosts, the same tenant and the same place in the policy: pairs of them have the same answer. */
export interface PartyClass {
  readonly index: number;
  /** One per kind of end that the party has; none for a VM without a connected vNIC. */
  readonly hosts: readonly Host[];
  /** Sorted by id. */
  readonly members: Party[];
}

/** Every VM but templates, management interfaces, BMCs (`host/bmc`) and external networks, sorted by id. */
export function listParties(topology: Topology): readonly Party[] {
  const parties: Party[] = [];
  for (const [id, { role, tenant }] of entries(topology, "vms")) {
    if (role !== "template") parties.push({ id, kind: "vm", ...(tenant === undefined ? {} : { tenant }) });
  }
  for (const [id] of entries(topology, "managementInterfaces")) parties.push({ id, kind: "managementInterface" });
  for (const [id, { bmc }] of entries(topology, "hosts")) if (bmc !== undefined) parties.push({ id: `${id}/bmc`, kind: "bmc" });
  for (const [id] of entries(topology, "externalNetworks")) parties.push({ id, kind: "external" });
  return parties.sort((a, b) => compareIds(a.id, b.id));
}

export class Parties {
  readonly classes: readonly PartyClass[];
  private readonly byId = new Map<string, Party>();
  private readonly classById = new Map<string, PartyClass>();

  constructor(readonly all: readonly Party[], private readonly layer2: Layer2, hosts: Hosts, policy: Policy) {
    const byHost: Map<number, PartyClass>[] = [];
    const byKey = new Map<string, PartyClass>();
    const classes: PartyClass[] = [];
    for (const party of all) {
      const own = hostsOf(layer2.endsOf(party.id), hosts);
      const row = policy.row(party);
      const [only] = own;
      const alone = own.length === 1 && only !== undefined ? (byHost[only.index] ??= new Map<number, PartyClass>()) : undefined;
      const key = alone === undefined ? `${own.map(({ index }) => index).join(",")} ${row}` : "";
      let known = alone === undefined ? byKey.get(key) : alone.get(row);
      if (known === undefined) {
        known = { index: classes.length, hosts: own, members: [] };
        classes.push(known);
        if (alone === undefined) byKey.set(key, known);
        else alone.set(row, known);
      }
      known.members.push(party);
      this.byId.set(party.id, party);
      this.classById.set(party.id, known);
    }
    this.classes = classes;
  }

  get(id: string): Party | undefined {
    return this.byId.get(id);
  }

  classOf(party: Party): PartyClass {
    const found = this.classById.get(party.id);
    if (found === undefined) throw new Error(`no party ${party.id}`);
    return found;
  }

  ends(party: Party): readonly End[] {
    return this.layer2.endsOf(party.id);
  }
}

/** The hosts that a party is, in order. */
function hostsOf(ends: readonly End[], hosts: Hosts): readonly Host[] {
  const [only] = ends;
  if (ends.length === 1 && only !== undefined) return [hosts.of(only)];
  return [...new Set(ends.map((end) => hosts.of(end)))].sort((a, b) => a.index - b.index);
}
