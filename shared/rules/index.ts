/** Every rule of the catalogue, in its order. A new rule is a file and a line here. */
import type { IsolationRule } from "./rule";
import { net001 } from "./NET-001-shared-segment";

export const RULES: readonly IsolationRule[] = [
  net001,
];
