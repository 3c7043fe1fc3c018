/** The id of a finding of a document as the id of the same finding of the document with other names. */
import { parseCidr } from "../model/address";
import { parseIp } from "../model/ip";
import { COLLECTIONS } from "../model/topology";
import type { AddressBook } from "./address-book";
import type { LocalKind, Names } from "./names";

const ADDRESS = /^[0-9a-f:.]+(\/\d+)?(?=$|[+>@])/i;
/** What else may stand in an id: a VLAN, a VNI, everybody, words of rules' pages. */
const PLAIN = /^(\d+|vni\d+|\*|site|bmc|workloads|management|subnets|unknown)$/;

/** Undefined where some part of it is nothing of this document: then it names no finding. */
export function renamedFinding(id: string, names: Names, book: AddressBook): string | undefined {
  const colon = id.indexOf(":"), rule = id.slice(0, colon), key = id.slice(colon + 1);
  if (!/^[A-Z]{2,}-[A-Z0-9-]+$/.test(rule)) return undefined;
  if (isFieldPath(key)) return id;
  const parts = rule === "INT-002" ? names.local("intent", key) : parse(key, rule, names, book);
  return parts === undefined ? undefined : `${rule}:${parts}`;
}

/** `vms.guest.clipboard`, of MDL-005. */
function isFieldPath(key: string): boolean {
  const [collection = "", ...fields] = key.split(".");
  return (COLLECTIONS as readonly string[]).includes(collection) && fields.length > 0 && fields.every((field) => /^[a-zA-Z]+$/.test(field));
}

function parse(key: string, rule: string, names: Names, book: AddressBook): string | undefined {
  let rest = key, result = "", owner = false;
  while (rest !== "") {
    const token = next(rest, rule, names, book, owner);
    if (token === undefined) return undefined;
    result += token.renamed;
    rest = rest.slice(token.length);
    const delimiter = rest.charAt(0);
    owner = delimiter === "/";
    result += delimiter;
    rest = rest.slice(1);
  }
  return result;
}

interface Token {
  readonly length: number;
  readonly renamed: string;
}

/** The longest id, local id, address or word that the text begins with. */
function next(text: string, rule: string, names: Names, book: AddressBook, local: boolean): Token | undefined {
  const [address = ""] = ADDRESS.exec(text) ?? [];
  for (let length = text.length; length > 0; length--) {
    if (length < text.length && !/[+>@/.]/.test(text.charAt(length))) continue;
    const token = text.slice(0, length);
    const renamed = local ? localName(names, rule, token) : (names.id(token) ?? (token === address ? addressName(book, token) : undefined));
    if (renamed !== undefined) return { length, renamed };
    if (PLAIN.test(token)) return { length, renamed: token };
  }
  return undefined;
}

function localName(names: Names, rule: string, token: string): string | undefined {
  const kind: LocalKind = rule.startsWith("FW-") && rule !== "FW-005" ? "rule" : rule === "SW-004" ? "mirror" : "nic";
  return names.local(kind, token);
}

function addressName(book: AddressBook, token: string): string | undefined {
  if (parseCidr(token) !== undefined) return book.block(token);
  return parseIp(token) === undefined ? undefined : book.ip(token);
}
