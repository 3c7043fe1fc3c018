import { ChevronRight, Plus, Trash2 } from "lucide-react";
import { removeField, setField } from "../../shared/model/edit-builder";
import { inNaturalOrder } from "../../shared/model/natural-order";
import { entries, type Topology } from "../../shared/model/topology";
import type { Outcome } from "../actions/draft";
import { remove } from "../actions/remove";
import { addTenant } from "../commands/add-tenant";
import { edit, useDocument } from "../store/document";
import { select, toast } from "../store/session";
import { Button, IconButton } from "../ui/Button";
import { Shortened } from "../ui/Shortened";
import { TextField } from "../ui/TextField";
import { PolicyForm } from "./PolicyForm";

/** What belongs to the document as a whole: its name, its tenants, its policy. */
export function DocumentForm() {
  const topology = useDocument((state) => state.topology);
  const set = (key: "name" | "description", value: string) => edit({
    label: `set ${key} of the document`,
    edits: value === "" && key === "description" ? removeField(topology, [key]) : [setField(topology, [key], value)],
  });
  return (
    <>
      <header className="inspector-head">
        <h2>Document</h2>
        <p className="muted">Select something to see its properties</p>
      </header>
      <section className="inspector-group" aria-label="Identity">
        <h3>Identity</h3>
        <div className="field"><span className="field-label">Name</span><TextField label="Name" value={topology.name} check={(text) => (text.trim() === "" ? "A document has a name." : undefined)} onCommit={(text) => set("name", text)} /></div>
        <div className="field"><span className="field-label">Description</span><TextField label="Description" value={topology.description ?? ""} onCommit={(text) => set("description", text)} /></div>
      </section>
      <Tenants topology={topology} />
      <PolicyForm />
    </>
  );
}

function Tenants({ topology }: { readonly topology: Topology }) {
  const tenants = inNaturalOrder(entries(topology, "tenants"), ([, { name }]) => name);
  const carryOut = (outcome: Outcome) => {
    if (!outcome.ok) return toast(outcome.reason, "warning");
    edit(outcome.change);
    select(outcome.select);
  };
  return (
    <section className="inspector-group" aria-label="Tenants">
      <div className="entries-head"><h3>Tenants</h3><Button size="small" variant="ghost" icon={<Plus aria-hidden />} onClick={addTenant}>Add</Button></div>
      {tenants.length === 0 && <p className="muted">Isolation is judged between tenants. Add one, then give it virtual machines.</p>}
      <ul className="relations">
        <Shortened items={tenants}>{([id, tenant]) => (
          <li key={id} className="relation-row">
            <button type="button" className="relation" onClick={() => select([id])}><span className="truncate">{tenant.name}</span><span className="muted">{tenant.kind ?? "customer"}</span><ChevronRight aria-hidden /></button>
            <IconButton label={`Remove ${tenant.name}`} icon={<Trash2 />} onClick={() => carryOut(remove(topology, [id]))} />
          </li>
        )}</Shortened>
      </ul>
    </section>
  );
}
