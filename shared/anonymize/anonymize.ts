/**
 * The document with other ids, names, addresses, MAC addresses and words, and without notes: what it says of isolation is the same, up to
 * these names. VLANs, VNIs, ports, platforms, settings and dates stay. The same document gives the same one.
 *
 * It goes by the schema: a text that neither the schema nor `freeText` knows is replaced.
 */
import { documentHash, type Digest } from "../analysis/findings-json";
import type { AcceptedRisk } from "../model/policy";
import { parseSelector } from "../model/selector";
import { childShape, TOPOLOGY_SHAPE, type Shape } from "../model/shape";
import { COLLECTIONS, type CollectionName, type Topology } from "../model/topology";
import { AddressBook, type Written } from "./address-book";
import { renamedFinding } from "./finding-ids";
import { freeText, Names, type LocalKind } from "./names";

export interface Anonymized {
  readonly topology: Topology;
  /** The id that a finding of the document has there; undefined where it is of nothing in the document. */
  readonly finding: (id: string) => string | undefined;
  /** The id of a thing of the document as it is there. */
  readonly thing: (id: string) => string;
  /** A selector of the document as one of that. */
  readonly selector: (text: string) => string;
}

export function anonymize(topology: Topology, digest?: Digest): Anonymized {
  const written = { addresses: [], gateways: [], blocks: [], macs: [] }, taken = new Set<string>();
  gather(topology, TOPOLOGY_SHAPE, "", written, taken);
  const names = new Names(topology, taken);
  // The document itself is the key: who has it may see who is who, nobody else can tell the addresses.
  const book = new AddressBook(written, documentHash(topology, digest));
  const finding = (id: string): string | undefined => renamedFinding(id, names, book);
  const rewriter = new Rewriter(names, book, finding);
  return { topology: rewriter.document(topology), finding, thing: (id) => rewriter.thing(id), selector: (text) => rewriter.selector(text) };
}

type Lists = { readonly [K in keyof Written]: string[] };

function gather(value: unknown, shape: Shape, field: string, written: Lists, taken: Set<string>): void {
  if (typeof value === "string") {
    taken.add(value);
    if (field === "addresses") written.addresses.push(value);
    else if (field === "gateway") written.gateways.push(value);
    else if (field === "mac") written.macs.push(value);
    else if (isSelector(shape) && value.startsWith("cidr:")) written.blocks.push(value.slice("cidr:".length));
  } else if (Array.isArray(value)) {
    for (const each of value) gather(each, childShape(shape, 0), field, written, taken);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (shape.kind === "record") taken.add(key);
      gather(each, childShape(shape, key), key, written, taken);
    }
  }
}

function isSelector(shape: Shape): boolean {
  return shape.kind === "value" && shape.refersTo === "selector";
}

/** Where a text stands. */
interface Place {
  readonly field: string;
  readonly collection?: CollectionName;
  /** The field that holds the list or record that it is in: `rules`, `allow`, `nics` … */
  readonly list: string;
}

const LISTS_OF: Readonly<Record<string, LocalKind>> = { nics: "nic", interfaces: "nic", mirrors: "mirror", rules: "rule", allow: "intent", require: "intent" };

class Rewriter {
  constructor(private readonly names: Names, private readonly book: AddressBook, private readonly finding: (id: string) => string | undefined) {}

  document(topology: Topology): Topology {
    const { name: _, description: __, policy, ...rest } = topology;
    const fields = Object.entries(rest).map(([key, value]): [string, unknown] => {
      const collection = COLLECTIONS.find((each) => each === key);
      return [key, this.value(value, childShape(TOPOLOGY_SHAPE, key), { field: key, list: "", ...(collection === undefined ? {} : { collection }) })];
    });
    const intent = policy === undefined ? {} : { policy: this.policy(policy) };
    return { ...Object.fromEntries(fields), name: "Anonymized network", ...intent } as Topology;
  }

  private policy({ accept, ...rest }: NonNullable<Topology["policy"]>): unknown {
    const lists = this.value(rest, childShape(TOPOLOGY_SHAPE, "policy"), { field: "policy", list: "" }) as object;
    return accept === undefined ? lists : { ...lists, accept: accept.map((entry) => this.accepted(entry)) };
  }

  private accepted({ finding, reason, by, until }: AcceptedRisk): AcceptedRisk {
    return {
      finding: this.finding(finding) ?? this.names.word("unknown finding", finding),
      ...(reason === undefined ? {} : { reason: this.names.word("Reason", reason) }), ...(by === undefined ? {} : { by: this.names.word("Person", by) }), ...(until === undefined ? {} : { until }),
    };
  }

  private value(value: unknown, shape: Shape, place: Place): unknown {
    if (typeof value === "string") return this.text(value, shape, place);
    if (Array.isArray(value)) return value.map((each) => this.value(each, childShape(shape, 0), { ...place, list: place.field }));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, each]): [string, unknown][] => {
      const isId = shape.kind === "record";
      const changed = this.value(each, childShape(shape, key), isId ? { ...place, list: place.field } : { ...place, field: key });
      return changed === undefined ? [] : [[isId ? this.key(key, place) : key, changed]];
    }));
  }

  /** An id as a key: of a collection, of the picture, or inside a record. */
  private key(id: string, { field }: Place): string {
    const kind = LISTS_OF[field];
    return (kind === undefined ? this.names.id(id) : this.names.local(kind, id)) ?? this.names.word("id", id);
  }

  private text(text: string, shape: Shape, place: Place): string | undefined {
    if (shape.kind === "value" && shape.values !== undefined) return text;
    const refersTo = shape.kind === "value" ? shape.refersTo : undefined;
    if (refersTo === "selector") return this.selector(text);
    if (refersTo === "hosts.nics") return this.names.local("nic", text) ?? this.names.word("id", text);
    if (refersTo !== undefined) return this.names.id(text) ?? this.names.word("id", text);
    switch (place.field) {
      case "addresses": return this.book.cidr(text);
      case "gateway": return this.book.ip(text);
      case "mac": return this.book.mac(text);
      // Services of the network and lists of VLANs name nobody; running services of a hypervisor are words.
      case "allowed": case "until": case "ports": return text;
      case "services": return place.collection === "hypervisors" ? freeText(this.names, place.field, text) : text;
      case "id": return this.names.local(LISTS_OF[place.list] ?? "rule", text) ?? this.names.word("id", text);
      case "in": case "out": return this.names.local("nic", text) ?? this.names.word("id", text);
      case "name": return this.name(text, place);
      default: return freeText(this.names, place.field, text);
    }
  }

  private name(text: string, { collection, list }: Place): string {
    const inside = LISTS_OF[list];
    if (inside !== undefined) return this.names.word(inside, text, inside === "nic" ? "Adapter" : inside === "mirror" ? "Mirror" : inside === "rule" ? "Rule" : "Flow");
    return collection === undefined ? this.names.word("Text", text) : this.names.name(collection, text);
  }

  /** Also of something inside another, such as `web-1/eth0`. */
  thing(id: string): string {
    const [owner = "", local] = id.split("/");
    const renamed = this.names.id(owner) ?? this.names.word("id", owner);
    return local === undefined ? renamed : `${renamed}/${local === "bmc" ? local : (this.names.local("nic", local) ?? this.names.word("id", local))}`;
  }

  selector(text: string): string {
    const selector = parseSelector(text);
    switch (selector?.kind) {
      case "tenant": case "vm": case "portgroup": case "hypervisor": case "external": return `${selector.kind}:${this.names.id(selector.id) ?? this.names.word("id", selector.id)}`;
      case "tag": return `tag:${this.names.word("tag", selector.name)}`;
      case "cidr": return `cidr:${this.book.block(text.slice("cidr:".length))}`;
      case undefined: return this.names.word("selector", text);
      default: return text;
    }
  }
}
