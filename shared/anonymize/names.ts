/** Other ids, names and words for those of a document. */
import { entries, COLLECTIONS, sortedIds, type CollectionName, type Topology } from "../model/topology";
import { openFlaws } from "../rules/known-fixes";

const KINDS: Readonly<Record<CollectionName, readonly [id: string, name: string]>> = {
  tenants: ["tenant", "Tenant"], hosts: ["host", "Host"], physicalSwitches: ["switch", "Switch"], trunks: ["trunk", "Trunk"], hypervisors: ["hypervisor", "Hypervisor"],
  managementInterfaces: ["mgmt", "Management"], virtualSwitches: ["vswitch", "Virtual switch"], uplinks: ["uplink", "Uplink"], portGroups: ["portgroup", "Port group"], datastores: ["datastore", "Datastore"],
  vms: ["vm", "VM"], routers: ["router", "Router"], firewalls: ["firewall", "Firewall"], distributedFirewalls: ["dfw", "Distributed firewall"], externalNetworks: ["external", "External network"],
};

/** Ids inside a record, each kind by itself. */
export type LocalKind = "nic" | "mirror" | "rule" | "intent";
const LOCAL_PREFIXES: Readonly<Record<LocalKind, string>> = { nic: "if", mirror: "m", rule: "r", intent: "p" };

export class Names {
  private readonly ids: ReadonlyMap<string, string>;
  private readonly locals: Readonly<Record<LocalKind, ReadonlyMap<string, string>>>;
  private readonly words = new Map<string, Map<string, string>>();
  private readonly numbers = new Map<string, number>();

  /** @param taken every text of the document: none of them is given out again, so that nobody takes the one for the other */
  constructor(topology: Topology, private readonly taken: ReadonlySet<string>) {
    // Numbered over the whole document in their order: what is smallest, and so names a segment or stands first, stays it.
    const all = COLLECTIONS.flatMap((collection) => entries(topology, collection).map(([id]) => ({ id, kind: KINDS[collection][0] }))).sort((a, b) => (a.id < b.id ? -1 : 1));
    this.ids = unlike(taken, "", (prefix) => new Map(all.map(({ id, kind }, index) => [id, `${prefix}${padded(index, all.length)}-${kind}`])));
    const rules = (["routers", "firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([, { rules: own = [] }]) => own.map(({ id }) => id)));
    const nics = (["vms", "hosts"] as const).flatMap((collection) => entries(topology, collection).flatMap(([, { nics: own = {} }]) => Object.keys(own)));
    const interfaces = (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([, { interfaces: own = {} }]) => Object.keys(own)));
    this.locals = {
      nic: numbered(taken, "nic", [...nics, ...interfaces]), rule: numbered(taken, "rule", rules),
      mirror: numbered(taken, "mirror", entries(topology, "virtualSwitches").flatMap(([, { mirrors = {} }]) => Object.keys(mirrors))),
      intent: numbered(taken, "intent", [...(topology.policy?.allow ?? []), ...(topology.policy?.require ?? [])].map(({ id }) => id)),
    };
  }

  /** Undefined where no record has it. */
  id(id: string): string | undefined {
    return this.ids.get(id);
  }

  local(kind: LocalKind, id: string): string | undefined {
    return this.locals[kind].get(id);
  }

  /** What records of a collection with this name are called; records with the same name keep having one. */
  name(collection: CollectionName, text: string): string {
    return this.word(collection, text, KINDS[collection][1]);
  }

  /** A word of a kind, the same for the same text: `zone-1`. */
  word(kind: string, text: string, called = kind): string {
    let known = this.words.get(kind);
    if (known === undefined) this.words.set(kind, (known = new Map()));
    let word = known.get(text);
    if (word !== undefined) return word;
    const separator = /^[A-Z]/.test(called) ? " " : "-";
    let number = this.numbers.get(kind) ?? 1;
    while (this.taken.has((word = `${called}${separator}${number}`))) number += 1;
    this.numbers.set(kind, number + 1);
    known.set(text, word);
    return word;
  }
}

function numbered(taken: ReadonlySet<string>, kind: LocalKind, ids: readonly string[]): ReadonlyMap<string, string> {
  const distinct = sortedIds(Object.fromEntries(ids.map((id) => [id, true])));
  return unlike(taken, LOCAL_PREFIXES[kind], (prefix) => new Map(distinct.map((id, index) => [id, `${prefix}${padded(index, distinct.length)}`])));
}

/** With the first prefix that gives nothing which is taken. */
function unlike(taken: ReadonlySet<string>, prefix: string, make: (prefix: string) => ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  for (let own = prefix; ; own += "x") {
    const made = make(own);
    if (![...made.values()].some((value) => taken.has(value))) return made;
  }
}

/** As many digits for every number, so that they sort as text. */
function padded(index: number, count: number): string {
  return String(index + 1).padStart(String(count).length, "0");
}

/** Words that rules know, which name nobody; the whole word, or what it begins with. */
const ZONES = /^(dev|develop(ment)?|test(s|ing)?|lab|sandbox|prod(uction)?|dmz|untrusted|external|internal|mgmt|management|pci|web|app|db)$/i;
const SERVICES = /^(sshd?|tsm(-ssh)?|(esxi-)?shell|slp|cim|snmp|vnc|spice|mob|ntp|samba|nfs|docker|dhcp|dns|web)$/i;
const DEVICES = /pass-?through|sr-?iov|hostpci|hostdev|vfio|dda|vgpu-pci|pci-device|^(floppy|fdc|usb|[xeuo]hci|redirdev|serial|com\d|3d|accel3d|virgl|parallel|lpt|sound|audio|ac97|ich\d|hda|cd-?rom|dvd|nested|vmx|svm|hot-?(add|plug|connect)|device-?connect|console|vnc|spice|(independent-?)?nonpersistent|tpm)/i;
const GROUPS = /^(esxi? admins)$/i;
const VENDORS = /intel|amd|arm|apple|ampere|hygon/i;

/** Free text by the name of its field. Undefined: the field is left out. */
export function freeText(names: Names, field: string, text: string): string | undefined {
  switch (field) {
    case "description": return undefined;
    case "color": return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text) ? text : undefined;
    case "tags": return names.word("tag", text);
    case "zone": return ZONES.test(text) ? text : names.word("zone", text);
    case "services": case "hostOsServices": return SERVICES.test(text.trim()) ? text.trim() : names.word("service", text);
    case "devices": return DEVICES.exec(text.trim().toLowerCase())?.[0] ?? names.word("device", text);
    case "adminGroup": return text.trim() === "" ? "" : GROUPS.test(text.trim()) ? text.trim() : names.word("group", text);
    case "vendor": return VENDORS.exec(text)?.[0] ?? names.word("vendor", text);
    case "version": return version(text);
    case "cpuAffinity": return /^[\d,\- ]*$/.test(text) ? text : "";
    case "hostPath": return hostPath(names, text);
    case "by": return names.word("Person", text);
    case "reason": return names.word("Reason", text);
    default: return names.word("Text", text);
  }
}

/** A version with a build that the list of flaws knows stays readable to it; of others the number. */
function version(text: string): string {
  const [number = ""] = /\d[\d.]*/.exec(text) ?? [], build = /(?:^|\D)(\d{8})(?:\D|$)/.exec(text)?.[1], update = /\d\.\d ?U(?:pdate )?(\d)/i.exec(text)?.[1];
  const plainText = [number.replace(build ?? " ", "").replace(/\.$/, ""), ...(update === undefined ? [] : [` U${update}`]), ...(build === undefined ? [] : [`-${build}`])].join("");
  return openFlaws(plainText).join() === openFlaws(text).join() && plainText !== "" ? plainText : "unknown";
}

/** Folder by folder, so that one in another stays in it. */
function hostPath(names: Names, text: string): string {
  const windows = /^[a-z]:|\\/i.test(text);
  return text.split(windows ? /([\\/]+)/ : /(\/+)/).map((part) => (part === "" || part === "." || /^[\\/]+$/.test(part) || /^[a-z]:$/i.test(part) ? part : names.word("folder", windows ? part.toLowerCase() : part))).join("");
}
