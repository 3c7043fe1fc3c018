/** What an exported diagram is made of. The caller assembles it; nothing here reads a clock or a file. */
import type { Finding } from "../analysis/result";
import type { Topology } from "../model/topology";
import type { EvidenceInput } from "./evidence";
import type { Report } from "./report";

export interface AuditInput extends EvidenceInput {
  readonly topology: Topology;
  /** In the order in which they are to be numbered. */
  readonly findings: readonly Finding[];
  /** What stands on the pages after the diagram; PDF only. */
  readonly report?: Report;
  readonly author?: string;
  /** What was looked at; "whole document" where absent. */
  readonly scope?: string;
}

export function scopeOf(input: AuditInput): string {
  return input.scope ?? "whole document";
}
