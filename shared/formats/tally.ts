import type { ImportReport } from "../analysis/result";

/** Counts what an importer does with each source field. Each field is mapped, ignored or not understood; nothing is passed over in silence. */
export class Tally {
  readonly #mapped = new Map<string, number>();
  readonly #ignored = new Map<string, number>();
  readonly #notUnderstood: { source: string; text: string }[] = [];
  readonly #notAssessed = new Set<string>();

  mapped(field: string): void {
    this.#mapped.set(field, (this.#mapped.get(field) ?? 0) + 1);
  }

  /** Read, and without bearing on isolation. */
  ignored(field: string): void {
    this.#ignored.set(field, (this.#ignored.get(field) ?? 0) + 1);
  }

  /** May bear on isolation, and has no place in the document. */
  notUnderstood(file: string, line: number, text: string): void {
    this.#notUnderstood.push({ source: `${file}:${line}`, text });
  }

  /** What no source said, and the analysis therefore reads as unknown. */
  notAssessed(text: string): void {
    this.#notAssessed.add(text);
  }

  report(): ImportReport {
    return {
      mapped: sorted(this.#mapped),
      ignored: sorted(this.#ignored),
      notUnderstood: this.#notUnderstood,
      notAssessed: [...this.#notAssessed].sort(),
    };
  }
}

/** Field names come from the source, so the object has no prototype to collide with. */
function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  const result = Object.create(null) as Record<string, number>;
  for (const key of [...counts.keys()].sort()) result[key] = counts.get(key) ?? 0;
  return result;
}
