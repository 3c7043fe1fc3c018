/** Deleting things: a record goes with everything that cannot be without it, and whatever only refers to it lets go. */
import { locate } from "../../shared/model/ids";
import { policySchema } from "../../shared/model/policy";
import { COLLECTIONS, type CollectionName, type RecordOf, type Topology } from "../../shared/model/topology";
import { Draft, refuse, type Outcome } from "./draft";
import { nameList, nameOf } from "./names";
import { mapReferences, mapReferencesIn, type MapId } from "./references";

/**
 * Removes things by the ids that the canvas uses: records, `owner/local` (a vNIC, an interface, a BMC, a mirror), and cables
 * written `from>to`.
 */
export function remove(topology: Topology, ids: readonly string[]): Outcome {
  const draft = new Draft(topology);
  const records = ids.filter((id) => !/[/>]/.test(id) && locate(topology, id) !== undefined);
  const gone = withDependents(draft, new Set(records));
  const parts = ids.filter((id) => /[/>]/.test(id) && !gone.has(id.split(/[/>]/)[0] ?? ""));
  const named: string[] = records.map((id) => nameOf(topology, id));
  removeRecords(draft, gone);
  for (const id of parts) {
    const result = id.includes(">") ? unplug(draft, id) : removeLocal(draft, id);
    if (result.refusal !== undefined) {
      if (ids.length === 1) return refuse(result.refusal);
    } else if (result.name !== undefined) named.push(result.name);
  }
  if (named.length === 0) return refuse("Nothing that can be deleted is selected");
  const others = [...gone].filter((id) => !records.includes(id));
  const along = others.length === 0 ? "" : ` with ${nameList(others.map((id) => nameOf(topology, id)))}`;
  return draft.done(`delete ${nameList(named)}${along}`);
}

/** Ids of host NICs (`hosts.nics`) are local to their host and no ids of records. */
function keepBut(gone: ReadonlySet<string>): MapId {
  return (id, refersTo) => (gone.has(id) && !refersTo.includes(".") ? undefined : id);
}

/** The given records and every record that a required reference ties to one of them, at any depth. */
function withDependents(draft: Draft, seeds: ReadonlySet<string>): Set<string> {
  const gone = new Set(seeds);
  const keep = keepBut(gone);
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const collection of COLLECTIONS) {
      for (const [id, value] of draft.entries(collection)) {
        if (!gone.has(id) && (mapReferences(collection, value, keep) === undefined || livesOn(collection, value, gone))) gone.add(id);
      }
    }
  }
  return gone;
}

/** Ties that the schema leaves optional: a switch without a hypervisor is none, a virtual appliance goes with where it runs. */
function livesOn<C extends CollectionName>(collection: C, value: RecordOf<C>, gone: ReadonlySet<string>): boolean {
  if (collection === "virtualSwitches") {
    const { hypervisors } = value as RecordOf<"virtualSwitches">;
    return hypervisors.length > 0 && hypervisors.every((id) => gone.has(id));
  }
  if (collection !== "firewalls" && collection !== "routers") return false;
  const { hypervisor } = value as RecordOf<"firewalls">;
  return hypervisor !== undefined && gone.has(hypervisor);
}

function removeRecords(draft: Draft, gone: ReadonlySet<string>): void {
  if (gone.size === 0) return;
  const keep = keepBut(gone);
  for (const collection of COLLECTIONS) {
    for (const [id, value] of draft.entries(collection)) {
      const mapped = gone.has(id) ? undefined : mapReferences(collection, value, keep);
      if (mapped === undefined) draft.remove(collection, id);
      else if (mapped !== value) draft.put(collection, id, tidy(collection, value, mapped));
    }
  }
  for (const id of gone) draft.unplace(id);
  const policy = draft.topology.policy;
  const mapped = policy === undefined ? undefined : mapReferencesIn(policySchema, policy, keep);
  if (policy !== undefined && mapped !== undefined && mapped !== policy) {
    draft.setRoot({
      policy: {
        ...mapped,
        ...(mapped.allow === undefined ? {} : { allow: stillMeant(policy.allow, mapped.allow) }),
        ...(mapped.require === undefined ? {} : { require: stillMeant(policy.require, mapped.require) }),
      },
    });
  }
}

interface Selecting {
  readonly id: string;
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
}

/** Rules and policy entries but those whose last selector went: they would match nothing. */
function stillMeant<T extends Selecting>(before: readonly T[] | undefined, after: readonly T[]): T[] {
  const emptied = (old: readonly string[] | undefined, now: readonly string[] | undefined): boolean => (old?.length ?? 0) > 0 && now?.length === 0;
  return after.filter((entry) => {
    const old = before?.find((candidate) => candidate.id === entry.id);
    return !emptied(old?.from, entry.from) && !emptied(old?.to, entry.to);
  });
}

function tidy<C extends CollectionName>(collection: C, before: RecordOf<C>, after: RecordOf<C>): RecordOf<C> {
  let result: object = after;
  if ("rules" in before && "rules" in after) result = { ...after, rules: stillMeant(before.rules, after.rules ?? []) };
  if (collection !== "firewalls" && collection !== "routers") return result as RecordOf<C>;
  // A VLAN means nothing once the physical switch of its interface is gone.
  const forwarder = result as RecordOf<"firewalls">;
  const interfaces = Object.entries(forwarder.interfaces ?? {}).map(([local, port]) => {
    if (port.physicalSwitch !== undefined) return [local, port] as const;
    const { vlan: _vlan, ...rest } = port;
    return [local, rest] as const;
  });
  return { ...forwarder, ...(forwarder.interfaces === undefined ? {} : { interfaces: Object.fromEntries(interfaces) }) } as RecordOf<C>;
}

interface Removed {
  readonly name?: string;
  readonly refusal?: string;
}

function without<T>(records: Readonly<Record<string, T>> | undefined, key: string): Record<string, T> | undefined {
  const rest = Object.fromEntries(Object.entries(records ?? {}).filter(([name]) => name !== key));
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function removeLocal(draft: Draft, id: string): Removed {
  const location = locate(draft.topology, id);
  const local = location?.local;
  if (location === undefined || local === undefined) return {};
  const name = nameOf(draft.topology, id);
  switch (location.collection) {
    case "vms":
      draft.set("vms", location.id, { nics: without(draft.get("vms", location.id)?.nics, local) });
      return { name };
    case "hosts":
      if (local === "bmc") draft.set("hosts", location.id, { bmc: undefined });
      else removeHostNic(draft, location.id, local);
      return { name };
    case "virtualSwitches":
      draft.set("virtualSwitches", location.id, { mirrors: without(draft.get("virtualSwitches", location.id)?.mirrors, local) });
      return { name };
    case "firewalls":
    case "routers": {
      const forwarder = draft.get(location.collection, location.id);
      const rules = forwarder?.rules?.filter((rule) => rule.in !== local && rule.out !== local);
      draft.set(location.collection, location.id, { interfaces: without(forwarder?.interfaces, local), ...(rules === undefined ? {} : { rules }) });
      return { name };
    }
    default:
      return {};
  }
}

function removeHostNic(draft: Draft, host: string, local: string): void {
  draft.set("hosts", host, { nics: without(draft.get("hosts", host)?.nics, local) });
  for (const [id, uplink] of draft.entries("uplinks")) {
    if (uplink.hostNic === local && draft.get("hypervisors", uplink.hypervisor)?.host === host) draft.set("uplinks", id, { hostNic: undefined });
  }
}

/** Pulls a cable that is no record of its own: `internet>tor-1`, `ds-1>esx-1`, `dfw>vsw-1`, `host-1/bmc>tor-1`. */
function unplug(draft: Draft, cable: string): Removed {
  const [from = "", to = ""] = cable.split(">");
  const location = locate(draft.topology, from);
  const name = `the cable from ${nameOf(draft.topology, from)} to ${nameOf(draft.topology, to)}`;
  switch (location?.collection) {
    case "externalNetworks":
      draft.set("externalNetworks", from, { attachedTo: undefined });
      return { name };
    case "hosts":
      draft.set("hosts", location.id, { bmc: undefined });
      return { name: nameOf(draft.topology, from) };
    case "datastores":
      draft.set("datastores", from, { hypervisors: draft.get("datastores", from)?.hypervisors?.filter((id) => id !== to) });
      return { name };
    case "distributedFirewalls":
      draft.set("distributedFirewalls", from, { virtualSwitches: draft.get("distributedFirewalls", from)?.virtualSwitches?.filter((id) => id !== to) });
      return { name };
    case "managementInterfaces":
      return { refusal: "A management interface is always plugged into a port group: drag it to another one, or delete it" };
    case "portGroups":
      return { refusal: "A port group is a part of its virtual switch: drag it onto another one, or delete it" };
    default:
      return {};
  }
}
