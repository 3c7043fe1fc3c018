import { useMemo } from "react";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { useSession } from "../store/session";
import { ChoiceList } from "../ui/ChoiceList";
import { Select } from "../ui/Select";
import { tooltip } from "../ui/Tooltip";
import { Field } from "./Field";
import { choicesOf, SCOPE_NAMES, type Choice, type Scope, type ScopeKind } from "./view-choices";

const ROW = 26, MOST = 5;

interface ViewFieldProps {
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
}

/** What the picture shows: everything, or a part of it. Kinds of which there is nothing are not offered. */
export function ViewField({ scope, onChange }: ViewFieldProps) {
  const topology = useDocument((state) => state.topology), findings = useAnalysis((state) => state.findings);
  const { selection: { length: selected }, activeFinding } = useSession();
  const of = useMemo(() => ({ tenant: choicesOf("tenant", { topology, findings }), path: choicesOf("path", { topology, findings }) }), [topology, findings]);
  const kinds: ScopeKind[] = ["network", "management", ...(of.tenant.length > 0 ? ["tenant" as const] : []), ...(selected > 0 ? ["selection" as const] : []), ...(of.path.length > 0 ? ["path" as const] : [])];
  const list: readonly Choice[] = scope.kind === "tenant" || scope.kind === "path" ? of[scope.kind] : [];
  const pick = (kind: ScopeKind): void => {
    const all: readonly Choice[] = kind === "tenant" || kind === "path" ? of[kind] : [];
    // The finding that is open is the one that is meant.
    onChange({ kind, id: (all.find(({ id }) => id === activeFinding) ?? all[0])?.id ?? "" });
  };
  const noteOf = (kind: ScopeKind): { note?: string } => (kind === "selection" ? { note: `${selected}` } : {});
  return (
    <>
      <Field label="Shows"><Select label="Shows" value={scope.kind} options={kinds.map((value) => ({ value, label: SCOPE_NAMES[value], ...noteOf(value) }))} onChange={pick} /></Field>
      {list.length > 0 && (
        <div className="export-choices">
          <ChoiceList label={SCOPE_NAMES[scope.kind]} id="export-scope" items={list} chosen={list.find(({ id }) => id === scope.id)} keyOf={({ id }) => id} rowHeight={ROW} most={MOST} onChoose={({ id }) => onChange({ ...scope, id })}>
            {({ id, name }) => <span className="truncate" {...tooltip(id)}>{name}</span>}
          </ChoiceList>
        </div>
      )}
    </>
  );
}
