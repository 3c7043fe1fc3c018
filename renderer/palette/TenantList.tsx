import { useMemo, useState, type MouseEvent } from "react";
import { tenantTags } from "../../shared/diagram/facts";
import { inNaturalOrder } from "../../shared/model/natural-order";
import { KINDS } from "../actions/kinds";
import { addTenant } from "../commands/add-tenant";
import { tenantLines } from "../commands/lines";
import { useDocument } from "../store/document";
import { setCurrentTenant, useSession } from "../store/session";
import { ContextLines } from "../ui/Menu";
import { PartyMark } from "../ui/PartyMark";
import { Shortened } from "../ui/Shortened";
import { tooltip } from "../ui/Tooltip";
import { startDrag } from "./PaletteItem";

/**
 * The tenants: a click chooses whose the next VMs are, dragging one onto a VM gives it that VM. What is selected changes only where the menu says so:
 * the VM placed last is selected when one goes on to the next tenant.
 */
export function TenantList() {
  const topology = useDocument((state) => state.topology);
  const current = useSession((state) => state.currentTenant);
  const tags = useMemo(() => inNaturalOrder([...tenantTags(topology).values()], ({ name }) => name), [topology]);

  const choose = (id: string): void => {
    setCurrentTenant(current === id ? undefined : id);
  };
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const onAsk = (event: MouseEvent): void => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tenant]")?.dataset["tenant"] : undefined;
    if (id === undefined) event.preventDefault();
    setAsked(id);
  };
  return (
    <ContextLines items={asked === undefined ? [] : tenantLines(asked)} onAsk={onAsk}>
    <div className="palette-tenants" role="group" aria-label="Tenants">
      {tags.length > 0 && <div className="palette-tenant-list"><Shortened items={tags}>{({ id, name, paint, mark }) => (
          <button
            key={id} data-tenant={id} type="button" className="palette-tenant" aria-pressed={current === id} onClick={() => choose(id)} onPointerDown={(event) => startDrag(event, { type: "kind", kind: "tenants", id })}
            {...tooltip(current === id ? "New VMs belong to this tenant" : "Click: new VMs belong to it. Drag: onto a VM.", { side: "right" })}
          >
            <PartyMark paint={paint} mark={mark} />
            <span className="truncate">{name}</span>
            {current === id && <span className="palette-current">new VMs</span>}
          </button>
      )}</Shortened></div>}
      <button type="button" className="palette-tenant palette-add" onClick={addTenant} {...tooltip(KINDS.tenants.hint, { keys: "T", side: "right" })}>+ Add tenant</button>
    </div>
    </ContextLines>
  );
}
