/**
 * A document in pieces, each small enough that receiving it is not felt: the worker hands over what it has read while the window goes on. Pure.
 */
import { COLLECTIONS, type Topology } from "../../shared/model/topology";

/** A field of the document, or some records of a collection. */
export interface Piece {
  readonly key: string;
  /** The value as JSON: who receives it reads the text in a third of the time that a clone of the objects takes. */
  readonly json: string;
  /** More of a collection; it is joined with what came before. */
  readonly isPart: boolean;
}

/** So many records are sent at a time, a rule of a filter counting as one; a thousand VMs take a few milliseconds. */
const RECORDS = 500;

const DIVISIBLE: ReadonlySet<string> = new Set([...COLLECTIONS, "layout"]);

export function* piecesOf(topology: Topology): Generator<Piece> {
  for (const [key, value] of Object.entries(topology) as [string, unknown][]) {
    if (value === undefined) continue;
    if (!DIVISIBLE.has(key)) yield { key, json: JSON.stringify(value), isPart: false };
    else yield* partsOf(key, value as Readonly<Record<string, unknown>>);
  }
}

function* partsOf(key: string, records: Readonly<Record<string, unknown>>): Generator<Piece> {
  let part: [string, unknown][] = [];
  let weight = 0;
  const flush = (): Piece => ({ key, json: JSON.stringify(Object.fromEntries(part)), isPart: true });
  for (const entry of Object.entries(records)) {
    const own = weightOf(entry[1]);
    if (part.length > 0 && weight + own > RECORDS) {
      yield flush();
      [part, weight] = [[], 0];
    }
    part.push(entry);
    weight += own;
  }
  yield flush();
}

function weightOf(record: unknown): number {
  return 1 + (typeof record === "object" && record !== null && "rules" in record && Array.isArray(record.rules) ? record.rules.length : 0);
}

/** Puts pieces together again. */
export class Assembly {
  private readonly fields: Record<string, unknown> = {};

  add({ key, json, isPart }: Piece): void {
    const value: unknown = JSON.parse(json), known = this.fields[key];
    if (isPart && typeof known === "object" && known !== null) Object.assign(known, value);
    else this.fields[key] = value;
  }

  /** Complete once every piece was added. */
  get topology(): Topology {
    return this.fields as Topology;
  }
}
