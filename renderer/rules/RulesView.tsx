import { useEffect, useMemo, useRef, useState } from "react";
import { effectiveDefaultAction } from "../../shared/model/defaults";
import type { Topology } from "../../shared/model/topology";
import { interfacesOf, rulesOf, type FilterPlace } from "../actions/rules";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { setCell, shownFilter, useRules, type HitForm } from "../store/rules";
import { setTool, setView, togglePanel, useSession } from "../store/session";
import { Button } from "../ui/Button";
import { columnsOf } from "./columns";
import { HitBar } from "./HitBar";
import { decidingRow, hitRows } from "./hit-words";
import { marksOf } from "./marks";
import { RulesGrid } from "./RulesGrid";
import { RulesHead } from "./RulesHead";
import { useHitTest } from "./useHitTest";
import { useStandings } from "./useStandings";
import "./rules.css";

/** The ordered rules of a router, firewall or distributed firewall, to be written, moved and tried. */
export function RulesView() {
  const topology = useDocument((state) => state.topology);
  const filter = useRules((state) => state.filter);
  const selection = useSession((state) => state.selection);
  const place = shownFilter(topology, filter, selection);
  return <section className="rules" aria-label="Rules">{place === undefined ? <NoFilter /> : <Editor key={place.id} topology={topology} collection={place.collection} id={place.id} />}</section>;
}

const CHECKED_BY = ["FW-003", "FW-004", "FW-007"];

function Editor({ topology, collection, id }: { readonly topology: Topology } & FilterPlace) {
  const place = useMemo((): FilterPlace => ({ collection, id }), [collection, id]);
  const rules = rulesOf(topology, place);
  const interfaces = useMemo(() => interfacesOf(topology, place), [topology, place]);
  const columns = useMemo(() => columnsOf(collection !== "distributedFirewalls"), [collection]);
  const findings = useAnalysis((state) => state.findings);
  const isChecking = useAnalysis((state) => state.state === "stale" || CHECKED_BY.some((rule) => state.pending.includes(rule)));
  const standings = useStandings(id);
  const marks = useMemo(() => marksOf(findings, standings, id), [findings, standings, id]);
  const marked = useMemo(() => rules.flatMap((rule, index) => (marks.byRule.has(rule.id) ? [index] : [])), [rules, marks]);
  const form = useRules((state) => state.hit);
  const said = useRules((state) => state.said);
  const result = useHitTest(id, form);
  const [chosen, setChosen] = useState(0);
  const shown = form === undefined ? undefined : (result.answer?.cases[chosen] ?? result.answer?.cases[0]);
  const hitOf = useMemo(() => (shown === undefined ? undefined : hitRows(shown, rules)), [shown, rules]);
  useRowOfAnswer(form, chosen, shown === undefined || result.waiting ? undefined : decidingRow(shown, rules));
  const named = useMemo(() => (rules.some((rule) => rule.in !== undefined || rule.out !== undefined) ? interfaces : []), [rules, interfaces]);
  const written = topology[collection]?.[id]?.defaultAction;
  const defaultAction = { value: written ?? (effectiveDefaultAction(topology, collection, id).value === "allow" ? "allow" as const : "deny" as const), assumed: written === undefined };
  return (
    <>
      <RulesHead topology={topology} place={place} count={rules.length} marked={marked} note={isChecking ? "checking…" : ""} />
      {form !== undefined && <HitBar form={form} interfaces={named} rules={rules} result={result} shown={shown} onShow={setChosen} />}
      <RulesGrid place={place} rules={rules} columns={columns} interfaces={interfaces} defaultAction={defaultAction} marks={marks} hitOf={hitOf} />
      <p className="visually-hidden" role="status">{said}</p>
      <p className="rules-keys muted">{rules.length === 0 ? "No rules yet: every packet is left to the default action. Ctrl+Enter adds one." : "Enter writes a cell · Ctrl+Enter adds a rule · Alt+↑ and Alt+↓ move it · Delete deletes it"}</p>
    </>
  );
}

/** Takes the rule that decides in hand once for each packet: not again when the document changes under the answer. */
function useRowOfAnswer(form: HitForm | undefined, chosen: number, row: number | undefined): void {
  const told = useRef<{ readonly form: HitForm | undefined; readonly chosen: number } | undefined>(undefined);
  useEffect(() => {
    if (row === undefined || (told.current?.form === form && told.current?.chosen === chosen)) return;
    told.current = { form, chosen };
    setCell(row, "check");
  }, [form, chosen, row]);
}

function NoFilter() {
  const add = (kind: "firewalls" | "distributedFirewalls"): void => {
    setView("canvas");
    togglePanel("palette", true);
    setTool({ type: "kind", kind });
  };
  return (
    <div className="rules-empty">
      <p><strong>Nothing here filters yet.</strong> Firewalls, distributed firewalls and routers have ordered rules, and the first that matches a packet decides it. Draw one and write its rules here.</p>
      <p><Button onClick={() => add("firewalls")}>Draw a firewall</Button> <Button onClick={() => add("distributedFirewalls")}>Draw a distributed firewall</Button></p>
    </div>
  );
}
