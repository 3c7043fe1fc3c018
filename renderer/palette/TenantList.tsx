import { useMemo, type ReactNode } from "react";
import { ContextMenu } from "radix-ui";
import { tenantTags } from "../../shared/diagram/facts";
import { inNaturalOrder } from "../../shared/model/natural-order";
import { record } from "../../shared/model/topology";
import { setRecordField } from "../actions/fields";
import { nameList, nameOf } from "../actions/names";
import { remove } from "../actions/remove";
import { KINDS } from "../actions/kinds";
import { addTenant } from "../commands/add-tenant";
import { openAttack } from "../store/attack";
import { edit, useDocument } from "../store/document";
import { perform } from "../store/perform";
import { select, setCurrentTenant, setRenaming, togglePanel, useSession } from "../store/session";
import { ContextItem } from "../ui/Menu";
import { PartyMark } from "../ui/PartyMark";
import { Shortened } from "../ui/Shortened";
import { tooltip } from "../ui/Tooltip";
import { startDrag } from "./PaletteItem";
import "../ui/menu.css";

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
  return (
    <div className="palette-tenants" role="group" aria-label="Tenants">
      {tags.length > 0 && <div className="palette-tenant-list"><Shortened items={tags}>{({ id, name, paint, mark }) => (
        <TenantMenu key={id} id={id}>
          <button
            type="button" className="palette-tenant" aria-pressed={current === id} onClick={() => choose(id)} onPointerDown={(event) => startDrag(event, { type: "kind", kind: "tenants", id })}
            {...tooltip(current === id ? "New VMs belong to this tenant" : "Click: new VMs belong to it. Drag: onto a VM.", { side: "right" })}
          >
            <PartyMark paint={paint} mark={mark} />
            <span className="truncate">{name}</span>
            {current === id && <span className="palette-current">new VMs</span>}
          </button>
        </TenantMenu>
      )}</Shortened></div>}
      <button type="button" className="palette-tenant palette-add" onClick={addTenant} {...tooltip(KINDS.tenants.hint, { keys: "T", side: "right" })}>+ Add tenant</button>
    </div>
  );
}

function showProperties(id: string): void {
  select([id]);
  togglePanel("inspector", true);
}

function selectedVms(): string[] {
  const { topology } = useDocument.getState();
  return useSession.getState().selection.filter((id) => record(topology, "vms", id) !== undefined);
}

function giveSelected(tenant: string): void {
  const { topology } = useDocument.getState(), vms = selectedVms();
  edit({ label: `give ${nameList(vms.map((id) => nameOf(topology, id)))} to ${nameOf(topology, tenant)}`, edits: setRecordField(topology, "vms", vms, ["tenant"], tenant, "tenant").edits });
}

/** Under the right button: what the tenant is, and where somebody gets who has a VM of it. Not modal, so that no style element is injected. */
function TenantMenu({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild><div className="palette-tenant-frame">{children}</div></ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <ContextItem label="Properties" run={() => showProperties(id)} />
          <ContextItem label="Rename" run={() => { showProperties(id); setRenaming(id); }} />
          <ContextItem label="Give It the Selected VMs" disabled={selectedVms().length === 0} run={() => giveSelected(id)} />
          <ContextMenu.Separator className="menu-separator" />
          <ContextItem label="Attack Paths from Here" run={() => openAttack({ from: `tenant:${id}`, to: "" })} />
          <ContextItem label="Attack Paths to Here" run={() => openAttack({ to: `tenant:${id}` })} />
          <ContextMenu.Separator className="menu-separator" />
          <ContextItem label="Delete" danger run={() => { perform(remove(useDocument.getState().topology, [id])); }} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
