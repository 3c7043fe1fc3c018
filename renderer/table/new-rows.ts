/** Rows that are made from cells: which record they are, or are a part of, and what they need besides. Pure. */
import { locate, toId } from "../../shared/model/ids";
import { ID_PATTERN } from "../../shared/model/primitives";
import { collectionSchemas, record, type Topology } from "../../shared/model/topology";
import type { Draft } from "../actions/draft";
import { freshLocal } from "../fields/blank";
import { fieldsOf, type Field } from "../fields/form";
import type { Column } from "./columns";
import type { TableKind } from "./kinds";
import { choices, readReference } from "./references";
import { partsOf, type RowValue } from "./rows";

interface Texts {
  readonly column: Column;
  readonly text: string;
}

type Begun =
  | { readonly ok: true; /** An id that was asked for, empty where none was; of a part, that of its record. */ readonly owner: string; readonly local: string | undefined; readonly record: RowValue | undefined }
  | Wrong;
interface Wrong {
  readonly ok: false;
  readonly column: string | undefined;
  readonly message: string;
}

export class NewRows {
  /** Ids given out, and the number that was last tried behind a stem. */
  private readonly taken = new Set<string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly topology: Topology, private readonly kind: TableKind) {}

  /** Which row it is to be, from the cell with its id. */
  begin(draft: Draft, cells: readonly Texts[]): Begun {
    const text = cells.find(({ column }) => column.key === "id")?.text.trim() ?? "";
    if (this.kind.part !== undefined) return this.beginPart(draft, text, this.kind.part);
    if (text === "") return { ok: true, owner: "", local: undefined, record: undefined };
    if (!ID_PATTERN.test(text)) return wrong("id", `“${text}” is no id: write one such as web-1`);
    if (this.isTaken(text)) return wrong("id", `The document has a “${text}” already`);
    return { ok: true, owner: text, local: undefined, record: undefined };
  }

  private beginPart(draft: Draft, text: string, part: "nics" | "interfaces" | "mirrors"): Begun {
    const { collection, noun } = this.kind;
    if (text === "") return wrong("id", `Write whose ${noun} it is, as in web-1/eth0, or web-1 alone`);
    const slash = text.lastIndexOf("/");
    const owner = readReference({ topology: this.topology, collection, owner: {} }, collection, slash < 0 ? text : text.slice(0, slash));
    if (!owner.ok) return wrong("id", owner.message);
    const id = String(owner.value);
    const value = (draft.get(collection, id) ?? {}) as RowValue;
    const taken = Object.keys(partsOf(value, part));
    const local = slash < 0 ? freshLocal(part, collection, taken) : text.slice(slash + 1);
    if (!ID_PATTERN.test(local)) return wrong("id", `“${local}” is no id: write one such as eth0`);
    if (taken.includes(local)) return wrong("id", `${record(this.topology, collection, id)?.name ?? id} has a “${local}” already`);
    return { ok: true, owner: id, local, record: value };
  }

  /** The value with what it cannot be without, where there is only one way; a reference to the only hypervisor there is. */
  complete(value: RowValue): { readonly ok: true; readonly value: RowValue } | Wrong {
    let next = value;
    for (const field of this.kind.part === undefined ? fieldsOf(collectionSchemas[this.kind.collection]) : []) {
      if (field.optional || next[field.key] !== undefined) continue;
      const only = this.onlyWay(field);
      if (only === undefined) return wrong(field.control.type === "group" ? `${field.key}.switch` : field.key, `${field.title} is required`);
      next = { ...next, [field.key]: only };
    }
    return { ok: true, value: next };
  }

  private onlyWay({ control }: Field): unknown {
    const to = control.type === "reference" ? control.to : control.type === "list" && control.of.type === "reference" ? control.of.to : undefined;
    if (to === undefined) return undefined;
    const scope = { topology: this.topology, collection: this.kind.collection, owner: {} };
    const all = choices(scope, to);
    const read = all.length === 1 ? readReference(scope, to, all[0]?.id ?? "") : undefined;
    return read?.ok !== true ? undefined : control.type === "list" ? [read.value] : read.value;
  }

  /** The id that was asked for, else one made from the name. */
  idFor(asked: string, { name, hypervisor, a, b }: RowValue): string {
    if (asked !== "") {
      this.taken.add(asked);
      return asked;
    }
    const end = (value: unknown): string => String((value as { readonly switch?: string } | undefined)?.switch ?? "");
    const stem = toId(typeof name === "string" && name !== "" ? name : typeof hypervisor === "string" ? `${hypervisor}-${this.kind.noun}` : a === undefined ? this.kind.noun : `${end(a)}-${end(b)}`);
    let id = stem;
    for (let count = this.counts.get(stem) ?? 2; this.isTaken(id); count += 1) {
      id = `${stem.slice(0, 120)}-${count}`;
      this.counts.set(stem, count);
    }
    this.taken.add(id);
    return id;
  }

  private isTaken(id: string): boolean {
    return this.taken.has(id) || locate(this.topology, id) !== undefined;
  }
}

function wrong(column: string | undefined, message: string): Wrong {
  return { ok: false, column, message };
}
