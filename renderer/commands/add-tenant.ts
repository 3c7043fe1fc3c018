import { create } from "../actions/create";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { setCurrentTenant, setRenaming, showsPanel, useSession } from "../store/session";

/** A tenant stands in no place of the picture: it is added at once, is that of the next VMs, and its name is written. */
export function addTenant(): void {
  const outcome = create(useDocument.getState().topology, "tenants", {});
  if (!perform(outcome) || !outcome.ok) return;
  setCurrentTenant(outcome.select[0]);
  if (showsPanel(useSession.getState(), "inspector")) setRenaming(outcome.select[0]);
}
