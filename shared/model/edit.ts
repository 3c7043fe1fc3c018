/** JSON Patch (RFC 6902) on the document. A patched document shares with the old one everything that the patch did not touch. */
import type { Edit } from "../analysis/result";
import { equalJson, isObject } from "./json";
import { parsePointer } from "./path";
import type { Topology } from "./topology";

export { diffTopologies } from "./diff";

/** An edit that cannot be applied: its path leads nowhere, or a `test` failed. The document is as it was. */
export class EditError extends Error {
  override readonly name = "EditError";

  constructor(readonly edit: Edit, reason: string) {
    super(`${edit.op} ${edit.path}: ${reason}`);
  }
}

type Container = Record<string, unknown> | unknown[];

/**
 * The document after all edits, in order; throws `EditError` at the first that cannot be applied. The result is not validated, and
 * nothing that the edits leave empty is pruned.
 */
export function applyEdits(topology: Topology, edits: readonly Edit[]): Topology {
  const patch = new Patch(topology);
  for (const edit of edits) patch.apply(edit);
  return patch.root as Topology;
}

class Patch {
  /** Containers that this patch copied and may therefore change in place; so a patch of n edits copies a collection once. */
  private owned = new WeakSet();

  constructor(public root: unknown) {}

  apply(edit: Edit): void {
    const path = this.path(edit, edit.path);
    switch (edit.op) {
      case "test":
        if (!equalJson(this.read(edit, path), edit.value)) throw new EditError(edit, "the value is another");
        return;
      case "add":
        return this.add(edit, path, edit.value);
      case "remove":
        return this.remove(edit, path);
      case "replace":
        return this.replace(edit, path, edit.value);
      case "copy": {
        const value = this.read(edit, this.path(edit, edit.from));
        // From here on two places share the value, so neither may be changed in place.
        this.owned = new WeakSet();
        return this.add(edit, path, value);
      }
      case "move": {
        const from = this.path(edit, edit.from);
        if (path.length > from.length && from.every((key, index) => key === path[index])) throw new EditError(edit, "a value cannot move into itself");
        const value = this.read(edit, from);
        this.remove(edit, from);
        return this.add(edit, path, value);
      }
    }
  }

  private path(edit: Edit, text: string): string[] {
    const path = parsePointer(text);
    if (path === undefined) throw new EditError(edit, "not a JSON Pointer");
    if (path.includes("__proto__")) throw new EditError(edit, "__proto__ is no id");
    return path;
  }

  private read(edit: Edit, path: readonly string[]): unknown {
    let value = this.root;
    for (const key of path) value = child(edit, value, key);
    return value;
  }

  /** The container that holds the last key of the path, copied if need be, with every container above it. */
  private open(edit: Edit, path: readonly string[]): Container {
    let container = (this.root = this.own(edit, this.root));
    for (const key of path.slice(0, -1)) {
      const inner = this.own(edit, child(edit, container, key));
      if (Array.isArray(container)) container[Number(key)] = inner;
      else container[key] = inner;
      container = inner;
    }
    return container;
  }

  private own(edit: Edit, value: unknown): Container {
    if (!Array.isArray(value) && !isObject(value)) throw new EditError(edit, "the path goes through a value that holds nothing");
    if (this.owned.has(value)) return value;
    const copy: Container = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    this.owned.add(copy);
    return copy;
  }

  private add(edit: Edit, path: readonly string[], value: unknown): void {
    const key = path.at(-1);
    if (key === undefined) {
      this.root = value;
      return;
    }
    const container = this.open(edit, path);
    if (Array.isArray(container)) container.splice(key === "-" ? container.length : arrayIndex(edit, key, container.length), 0, value);
    else container[key] = value;
  }

  private replace(edit: Edit, path: readonly string[], value: unknown): void {
    const key = path.at(-1);
    if (key === undefined) {
      this.root = value;
      return;
    }
    const container = this.open(edit, path);
    child(edit, container, key);
    if (Array.isArray(container)) container[Number(key)] = value;
    else container[key] = value;
  }

  private remove(edit: Edit, path: readonly string[]): void {
    const key = path.at(-1);
    if (key === undefined) throw new EditError(edit, "the whole document cannot be removed");
    const container = this.open(edit, path);
    child(edit, container, key);
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else Reflect.deleteProperty(container, key);
  }
}

function child(edit: Edit, value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[arrayIndex(edit, key, value.length - 1)] as unknown;
  if (isObject(value) && Object.hasOwn(value, key) && value[key] !== undefined) return value[key];
  throw new EditError(edit, `there is no ${JSON.stringify(key)} there`);
}

function arrayIndex(edit: Edit, key: string, last: number): number {
  const index = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (index < 0 || index > last) throw new EditError(edit, `${JSON.stringify(key)} is no index of that list`);
  return index;
}
