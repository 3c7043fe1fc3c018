/** What a picture is to show, as people choose it. */
import type { Finding } from "../../shared/analysis/result";
import { entries, type Topology } from "../../shared/model/topology";

export type ScopeKind = "network" | "management" | "tenant" | "selection" | "path";

/** A kind, and for a tenant or a path its id. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly id: string;
}

export interface Choice {
  readonly id: string;
  readonly name: string;
}

export const SCOPE_NAMES: Readonly<Record<ScopeKind, string>> = {
  network: "Whole network", management: "Management plane", tenant: "One tenant", selection: "What is selected", path: "Path of a finding",
};

/** What a kind can be of; empty where there is nothing of it. */
export function choicesOf(kind: ScopeKind, { topology, findings }: { readonly topology: Topology; readonly findings: readonly Finding[] }): readonly Choice[] {
  if (kind === "tenant") return entries(topology, "tenants").map(([id, { name }]) => ({ id, name }));
  return kind === "path" ? findings.filter(({ path }) => path.length > 0).map(({ id, title }) => ({ id, name: title })) : [];
}

/** As `parseView` reads it. */
export function viewOf({ kind, id }: Scope, selection: readonly string[]): string {
  switch (kind) {
    case "network":
    case "management": return kind;
    case "selection": return `selection:${selection.map((each) => `id:${each}`).join(",")}`;
    case "tenant":
    case "path": return `${kind}:${id}`;
  }
}
