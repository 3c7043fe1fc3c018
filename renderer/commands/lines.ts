/** What can be done with a thing, as lines of a menu under the right button, wherever its name stands. */
import { setRecordField } from "../actions/fields";
import { nameList, nameOf } from "../actions/names";
import { remove } from "../actions/remove";
import { filterPlace } from "../actions/rules";
import { record } from "../../shared/model/topology";
import { commandById, runCommand, type CommandRef } from "../commands";
import { openAttack } from "../store/attack";
import { edit, useDocument } from "../store/document";
import { perform } from "../store/perform";
import { openRules } from "../store/rules";
import { select, setRenaming, togglePanel, useSession } from "../store/session";
import type { MenuItem } from "../ui/Menu";

/** A command with its words and keys. */
export function lineOf(of: CommandRef, danger = false): MenuItem {
  const command = commandById(of);
  if (command === undefined) throw new Error(`no command ${of}`);
  return { label: command.label, ...(command.keys === undefined ? {} : { keys: command.keys }), danger, disabled: !command.enabled(), run: () => runCommand(of) };
}

/** What can be done with what is selected, wherever it is; pasting onto it too. */
export function selectionLines(): readonly MenuItem[] {
  const { selection } = useSession.getState();
  const { topology } = useDocument.getState();
  const can = (of: CommandRef): boolean => commandById(of)?.enabled() === true;
  const filter = selection.length === 1 ? filterPlace(topology, selection[0])?.id : undefined;
  return [
    ...(selection.length > 0 ? [lineOf("analysis.trace")] : []),
    // Where the thing can be one end of an attack.
    ...(selection.length > 0 && can("analysis.attackFrom") ? [lineOf("analysis.attackFrom"), lineOf("analysis.attackTo"), "separator" as const] : []),
    ...(filter === undefined ? [] : [{ label: "Edit Rules…", run: () => openRules(filter) }]),
    ...(can("edit.copy") ? [lineOf("edit.cut"), lineOf("edit.copy")] : []),
    lineOf("edit.paste"),
    ...(can("edit.duplicate") ? [lineOf("edit.duplicate")] : []),
  ];
}

/** What a tenant is, and where somebody gets who has a VM of it. A tenant is no thing of the picture: nothing is selected by asking. */
export function tenantLines(id: string): readonly MenuItem[] {
  const showProperties = (): void => {
    select([id]);
    togglePanel("inspector", true);
  };
  return [
    { label: "Properties", run: showProperties },
    { label: "Rename", run: () => { showProperties(); setRenaming(id); } },
    { label: "Give It the Selected VMs", disabled: selectedVms().length === 0, run: () => giveSelected(id) },
    "separator",
    { label: "Attack Paths from Here", run: () => openAttack({ from: `tenant:${id}`, to: "" }) },
    { label: "Attack Paths to Here", run: () => openAttack({ to: `tenant:${id}` }) },
    "separator",
    { label: "Delete", danger: true, run: () => { perform(remove(useDocument.getState().topology, [id])); } },
  ];
}

function selectedVms(): string[] {
  const { topology } = useDocument.getState();
  return useSession.getState().selection.filter((id) => record(topology, "vms", id) !== undefined);
}

function giveSelected(tenant: string): void {
  const { topology } = useDocument.getState(), vms = selectedVms();
  edit({ label: `give ${nameList(vms.map((id) => nameOf(topology, id)))} to ${nameOf(topology, tenant)}`, edits: setRecordField(topology, "vms", vms, ["tenant"], tenant, "tenant").edits });
}
