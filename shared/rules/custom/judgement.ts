/** What is found out about a condition, and how several make one: with a third value for what nobody knows. */
import type { Hop } from "../../analysis/result";

export interface Judgement {
  readonly is: "yes" | "no" | "unknown";
  /** What makes it so, as sentences without a full stop. */
  readonly because: readonly string[];
  /** JSON paths of the absent fields without which it is unknown. */
  readonly missing: readonly string[];
  /** Of what is reached. */
  readonly services?: readonly string[];
  readonly path?: () => readonly Hop[];
}

/** `decisive`: one such part settles it; else all are `otherwise`, or it is unknown. */
export function joined(parts: readonly Judgement[], decisive: "yes" | "no", otherwise: "yes" | "no"): Judgement {
  const settling = parts.filter(({ is }) => is === decisive);
  const open = parts.filter(({ is }) => is === "unknown");
  const telling = settling.length > 0 ? settling : open.length > 0 ? open : parts;
  const shown = telling.find(({ path }) => path !== undefined);
  return {
    is: settling.length > 0 ? decisive : open.length > 0 ? "unknown" : otherwise,
    because: [...new Set(telling.flatMap(({ because }) => because))],
    missing: settling.length > 0 ? [] : [...new Set(open.flatMap(({ missing }) => missing))],
    ...(shown?.path === undefined ? {} : { path: shown.path, services: shown.services ?? [] }),
  };
}
