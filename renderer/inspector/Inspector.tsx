import { memo, useDeferredValue, useEffect, useMemo, useRef } from "react";
import type { Finding } from "../../shared/analysis/result";
import { locate, type Location } from "../../shared/model/ids";
import type { CollectionName, Topology } from "../../shared/model/topology";
import { KINDS } from "../actions/kinds";
import { nameOf } from "../actions/names";
import { filterPlace, ruleName, ruleOfFinding, rulesOf } from "../actions/rules";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { useRules } from "../store/rules";
import { setRenaming, useSession } from "../store/session";
import { Connected } from "./Connected";
import { DocumentForm } from "./DocumentForm";
import { FindingNote } from "./FieldFindings";
import { RecordForm } from "./RecordForm";
import "./inspector.css";

/** The properties of what is selected; of the document itself where nothing is. */
export function Inspector() {
  const topology = useDocument((state) => state.topology);
  // What is selected comes first: where keys or a pointer run over many things, the form follows when there is time.
  const selection = useDeferredValue(useSession((state) => state.selection));
  const isAmongRules = useDeferredValue(useSession((state) => state.view === "rules"));
  const located = useMemo(() => selection.map((id) => locateShown(topology, id)).filter((found) => found !== undefined), [topology, selection]);
  const first = located[0];
  if (first === undefined) return <aside className="inspector" aria-label="Inspector"><DocumentForm /></aside>;
  if (located.length > 1) return <aside className="inspector" aria-label="Inspector"><Several located={located} /></aside>;
  if (isAmongRules && filterPlace(topology, first.id) !== undefined) return <aside className="inspector" aria-label="Inspector"><RuleOf topology={topology} location={first} /></aside>;
  return <aside className="inspector" aria-label="Inspector"><One key={`${first.id}/${first.local ?? ""}`} topology={topology} location={first} /></aside>;
}

/** A cable from one record to another is selected by `from>to` and stands for the first. */
function locateShown(topology: Topology, id: string): Location | undefined {
  return locate(topology, id) ?? (id.includes(">") ? locate(topology, id.slice(0, id.indexOf(">"))) : undefined);
}

const MOST_FINDINGS = 6;

const LOCAL_MAPS: Partial<Record<CollectionName, string>> = { vms: "nics", routers: "interfaces", firewalls: "interfaces", hosts: "nics", virtualSwitches: "mirrors" };

/** Of a tenant, which is not drawn, the name is written here; of what is drawn, on the canvas. */
function One({ topology, location }: { readonly topology: Topology; readonly location: Location }) {
  const { collection, id, local } = location;
  const ids = useMemo(() => [id], [id]);
  const path = local === undefined ? undefined : local === "bmc" && collection === "hosts" ? undefined : ([LOCAL_MAPS[collection] ?? "nics", local] as const);
  const shown = local === undefined ? id : `${id}/${local}`;
  const head = useRef<HTMLElement>(null);
  const isNamed = useSession((state) => state.renaming === id) && collection === "tenants";
  useEffect(() => {
    if (!isNamed) return;
    setRenaming(undefined);
    const field = head.current?.parentElement?.querySelector<HTMLInputElement>("input[aria-label=Name]");
    if (field !== null && field !== undefined) writeName(field);
  }, [isNamed]);
  return (
    <>
      <header className="inspector-head" ref={head}>
        <h2 className="truncate">{nameOf(topology, shown)}</h2>
        <p className="muted truncate">{local === undefined ? KINDS[collection].noun : (local === "bmc" ? "BMC" : "adapter")} · <span className="mono selectable">{shown}</span></p>
      </header>
      {local === undefined && <OwnFindings id={id} />}
      <RecordForm collection={collection} ids={ids} local={path} />
      <Connected collection={collection} id={id} />
    </>
  );
}

/** Gives the keyboard to the field until the name is written, and then back to what had it. */
function writeName(field: HTMLInputElement): void {
  const before = document.activeElement;
  const writing = new AbortController();
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key !== "Enter" && key !== "Escape") return;
    // Once the field has handed its text over.
    setTimeout(() => (before instanceof HTMLElement && before !== document.body && before.isConnected ? before.focus({ preventScroll: true }) : field.blur()));
  };
  field.addEventListener("keydown", onKeyDown, { signal: writing.signal });
  field.addEventListener("blur", () => writing.abort(), { signal: writing.signal });
  field.focus();
  field.select();
}

/** In the rule editor: the rule in hand, with what the list has no room for; at the default action the filter itself. */
function RuleOf({ topology, location }: { readonly topology: Topology; readonly location: Location }) {
  // The list goes first: where the keys run through it, the form follows when there is time.
  const row = useDeferredValue(useRules((state) => state.row));
  const place = filterPlace(topology, location.id);
  const rules = place === undefined ? [] : rulesOf(topology, place);
  const rule = rules[row];
  const ids = useMemo(() => [location.id], [location.id]);
  const findings = useAnalysis((state) => state.findings);
  const own = findings.filter((finding) => !finding.accepted && finding.subjects[0] === location.id && ruleOfFinding(finding) === rule?.id);
  if (rule === undefined) return <One key={location.id} topology={topology} location={location} />;
  return (
    <div key={rule.id}>
      <header className="inspector-head">
        <h2 className="truncate">{ruleName(rule)}</h2>
        <p className="muted truncate">rule {row + 1} of {nameOf(topology, location.id)}</p>
      </header>
      {own.length > 0 && <section className="inspector-group" aria-label="Findings here">{own.map((finding) => <FindingNote key={finding.id} finding={finding} />)}</section>}
      <RecordForm collection={location.collection} ids={ids} local={["rules", row]} />
    </div>
  );
}

/**
 * Findings whose place to change first this is. Those that a field explains stand under the field as well; what is only to be
 * known stands there alone, and is counted here.
 */
function OwnFindings({ id }: { readonly id: string }) {
  const findings = useAnalysis((state) => state.findings);
  const own = findings.filter((finding) => !finding.accepted && finding.subjects.includes(id));
  if (own.length === 0) return null;
  const shown = own.filter(({ severity }) => severity !== "info").slice(0, MOST_FINDINGS);
  return (
    <section className="inspector-group" aria-label="Findings here">
      <h3>Findings here <span className="muted tabular">{own.length}</span></h3>
      {shown.map((finding) => <FindingNote key={finding.id} finding={finding} />)}
      {own.length > shown.length && <p className="muted">{moreFindings(shown.length, own.slice(shown.length))}</p>}
    </section>
  );
}

/** The list has them from the worst, so that those left out are the last. */
function moreFindings(shown: number, rest: readonly Finding[]): string {
  const onlyInfo = rest.every(({ severity }) => severity === "info");
  return `${shown === 0 ? "" : "and "}${rest.length} ${shown === 0 ? "" : "more "}${onlyInfo ? (rest.length === 1 ? "that only informs" : "that only inform") : "in the list"}`;
}

/** Records of one kind are edited together; of several kinds there is nothing in common. */
const Several = memo(function Several({ located }: { readonly located: readonly Location[] }) {
  const collections = [...new Set(located.map(({ collection }) => collection))];
  const only = collections.length === 1 ? collections[0] : undefined;
  const ids = useMemo(() => [...new Set(located.map(({ id }) => id))], [located]);
  return (
    <>
      <header className="inspector-head">
        <h2>{located.length} selected</h2>
        <p className="muted">{collections.map((collection) => KINDS[collection].plural).join(", ")}</p>
      </header>
      {only === undefined ? <p className="inspector-hint muted">Select things of one kind to change their fields together.</p> : <RecordForm collection={only} ids={ids} />}
    </>
  );
});
