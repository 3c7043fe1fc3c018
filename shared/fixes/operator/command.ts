/** What an operator types, and how names get into it safely: they come from the document, which may come from anyone. */
import { printable } from "../../model/path";
import { entries, record, type CollectionName, type RecordOf, type Topology } from "../../model/topology";

export interface OperatorCommand {
  /** A hypervisor platform of the document; `cisco-ios` as an example for a physical switch, `nftables` and `vyos` for a router or firewall, whose make no document says. */
  readonly platform: string;
  /** The id of the hypervisor, switch or filter on which it is typed; for distributed switches the switch, at its vCenter; for their firewall the firewall, at its NSX manager. */
  readonly on: string;
  readonly text: string;
}

/** A document before and after a fix. */
export interface Change {
  readonly before: Topology;
  readonly after: Topology;
}

/** A word for a POSIX shell. */
export function shell(text: string): string {
  const safe = printable(text);
  return /^[A-Za-z0-9_.:/-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}

/** A string for PowerShell. */
export function powershell(text: string): string {
  return `'${printable(text).replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

/** A change to the XML of a libvirt domain, which `virsh edit` opens: where, and what has to stand there. The shell takes it for a comment. */
export function virshEdit(vm: string, where: string, what: string): string {
  return `virsh edit ${shell(vm)} # ${printable(where)}: ${what}`;
}

/** What the document does not know, such as a VMID or the name of a tap device; angle brackets make a shell stop at it. */
export function blank(what: string): string {
  return `<${printable(what).replace(/[<>]/g, "")}>`;
}

/** Records that a fix added or changed, with what they were; structural sharing makes the comparison cheap. */
export function changed<C extends CollectionName>({ before, after }: Change, collection: C): [id: string, now: RecordOf<C>, was: RecordOf<C> | undefined][] {
  if (before[collection] === after[collection]) return [];
  return entries(after, collection).map(([id, now]): [string, RecordOf<C>, RecordOf<C> | undefined] => [id, now, record(before, collection, id)]).filter(([, now, was]) => now !== was);
}
