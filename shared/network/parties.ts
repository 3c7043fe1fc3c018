/** The rows of the matrix, and which of them nothing tells apart. */
import { compareIds, entries, sortedIds, type RecordOf, type Topology } from "../model/topology";
import type { Host, Hosts } from "./hosts";
import { roomFor, withItem } from "./lists";
import type { Policy } from "./policy";
import type { End, Layer2, Party } from "./types";

/** Parties with the same hosts, the same tenant and the same place in the policy: pairs of them have the same answer. */
export interface PartyClass {
  readonly index: number;
  /** Of VMs; undefined for those that are nobody's. */
  readonly tenant: string | undefined;
  /** One per kind of end that the party has; none for a VM without a connected vNIC. */
  readonly hosts: readonly Host[];
  /** Sorted by id; none where all are in other classes now. */
  members: Party[];
}

/** Every VM but templates, management interfaces, BMCs (`host/bmc`) and external networks, sorted by id. */
export function listParties(topology: Topology, vmIds: readonly string[] = sortedIds(topology.vms ?? {})): readonly Party[] {
  const parties: Party[] = [];
  const { vms = {} } = topology;
  for (let at = 0; at < vmIds.length; at++) {
    const id = vmIds[at] as string, { role, tenant } = vms[id] as RecordOf<"vms">;
    if (role !== "template") parties.push(tenant === undefined ? { id, kind: "vm" } : { id, kind: "vm", tenant });
  }
  for (const [id] of entries(topology, "managementInterfaces")) parties.push({ id, kind: "managementInterface" });
  for (const [id, { bmc }] of entries(topology, "hosts")) if (bmc !== undefined) parties.push({ id: `${id}/bmc`, kind: "bmc" });
  for (const [id] of entries(topology, "externalNetworks")) parties.push({ id, kind: "external" });
  return parties.sort((a, b) => compareIds(a.id, b.id));
}

/** Replaced by the first member. */
const NOBODY: Party[] = [];

/** Above the number of rows of any policy. */
const MOST_ROWS = 2 ** 26;

export class Parties {
  readonly classes: PartyClass[] = [];
  private indices: ReadonlyMap<string, number> | undefined;
  /** By party. */
  private readonly classAt: (PartyClass | undefined)[];
  /** Of parties with one host, by host: the first class there, by class its row of the policy, and all others by host and row. */
  private readonly firstAt: (PartyClass | undefined)[] = [];
  private readonly rowOf: number[] = [];
  private readonly othersAt = new Map<number, PartyClass>();
  private readonly byKey = new Map<string, PartyClass>();

  constructor(readonly all: readonly Party[], private readonly layer2: Layer2, private readonly hosts: Hosts, private readonly policy: Policy) {
    this.classAt = roomFor(all.length);
    const only = this.soleEnds();
    for (let index = 0; index < all.length; index++) {
      const party = all[index] as Party;
      const end = layer2.ends[only[index] as number];
      const own = end === undefined ? this.find(party) : this.withHost(party, hosts.of(end));
      own.members = withItem(own.members, party);
      this.classAt[index] = own;
    }
  }

  /** By party: its end, of those that have one; -1 for all others. */
  private soleEnds(): Int32Array {
    const found = new Int32Array(this.all.length).fill(NONE);
    const { ends } = this.layer2;
    let [last, party, next] = ["", NONE, 0];
    for (let index = 0; index < ends.length; index++) {
      const { owner } = ends[index] as End;
      if (owner !== last) {
        // Ends and parties are in the same order, but for the interfaces of routers and owners whose id begins as another's.
        party = this.all[next]?.id === owner ? next : this.search(owner);
        if (party !== NONE) next = party + 1;
        last = owner;
      }
      if (party !== NONE) found[party] = found[party] === NONE ? index : SEVERAL;
    }
    return found;
  }

  /** Where in `all` the party is; -1 where there is none. */
  private search(id: string): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.all[middle] as Party).id < id) low = middle + 1;
      else high = middle;
    }
    return this.all[low]?.id === id ? low : NONE;
  }

  /** Where in `all` a party is; made when somebody asks for one by its id. */
  private get indexOf(): ReadonlyMap<string, number> {
    return (this.indices ??= new Map(this.all.map(({ id }, index) => [id, index])));
  }

  /** The class for what the party is now; it may have no members yet. */
  find(party: Party): PartyClass {
    const own = hostsOf(this.layer2.endsOf(party.id), this.hosts);
    const [only] = own;
    if (own.length === 1 && only !== undefined) return this.withHost(party, only);
    const key = `${own.map(({ index }) => index).join(",")} ${this.policy.row(party)}`;
    let known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, (known = this.add(party, own)));
    return known;
  }

  private withHost(party: Party, host: Host): PartyClass {
    const first = this.firstAt[host.index];
    if (first !== undefined && first.tenant === party.tenant && !this.policy.namesParties && first.members[0]?.kind === party.kind) return first;
    const row = this.policy.row(party);
    if (first === undefined) return (this.firstAt[host.index] = this.addOf(party, host, row));
    if (this.rowOf[first.index] === row) return first;
    const key = host.index * MOST_ROWS + row;
    let known = this.othersAt.get(key);
    if (known === undefined) this.othersAt.set(key, (known = this.addOf(party, host, row)));
    return known;
  }

  private addOf(party: Party, host: Host, row: number): PartyClass {
    const added = this.add(party, [host]);
    this.rowOf[added.index] = row;
    return added;
  }

  private add({ tenant }: Party, hosts: readonly Host[]): PartyClass {
    const added: PartyClass = { index: this.classes.length, tenant, hosts, members: NOBODY };
    this.classes.push(added);
    return added;
  }

  /** Puts a party into another class. */
  move(party: Party, to: PartyClass): void {
    const { members } = this.classOf(party);
    members.splice(members.indexOf(party), 1);
    const after = to.members.findIndex(({ id }) => compareIds(party.id, id) < 0);
    to.members = to.members.toSpliced(after === -1 ? to.members.length : after, 0, party);
    this.classAt[this.indexOf.get(party.id) as number] = to;
  }

  get(id: string): Party | undefined {
    const index = this.indexOf.get(id);
    return index === undefined ? undefined : this.all[index];
  }

  classOf(party: Party): PartyClass {
    const found = this.classAt[this.indexOf.get(party.id) ?? -1];
    if (found === undefined) throw new Error(`no party ${party.id}`);
    return found;
  }

  ends(party: Party): readonly End[] {
    return this.layer2.endsOf(party.id);
  }
}

const NONE = -1;
const SEVERAL = -2;

/** The hosts that a party is, in order. */
function hostsOf(ends: readonly End[], hosts: Hosts): readonly Host[] {
  const [only] = ends;
  if (ends.length === 1 && only !== undefined) return [hosts.of(only)];
  return [...new Set(ends.map((end) => hosts.of(end)))].sort((a, b) => a.index - b.index);
}
