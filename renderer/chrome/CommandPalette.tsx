import { useMemo, useState } from "react";
import { Dialog as Radix } from "radix-ui";
import { Command as Cmdk } from "cmdk";
import { COMMANDS } from "../commands";
import { reveal } from "../actions/collapse";
import { KINDS } from "../actions/kinds";
import { COLLECTIONS, entries, type CollectionName, type Topology } from "../../shared/model/topology";
import { edit, useDocument } from "../store/document";
import { focusAgain } from "../store/parts";
import { openDialog, setView, togglePanel } from "../store/session";
import { flyTo } from "../store/viewport";
import { KindIcon } from "../ui/KindIcon";
import { keyCaps } from "../ui/keys";
import "./command-palette.css";

/** Lists of things are cut here: who looks for one types a part of its name. */
const MOST_THINGS = 40;

interface Thing {
  readonly id: string;
  readonly collection: CollectionName;
  readonly name: string;
}

/** Find a thing, or run a command, by typing a part of its name. */
export function CommandPalette() {
  const topology = useDocument((state) => state.topology);
  const [query, setQuery] = useState("");
  const things = useMemo(() => findThings(topology, query), [topology, query]);
  const close = (): void => openDialog(undefined);
  const run = (action: () => void): void => {
    close();
    action();
  };
  const groups = [...new Set(COMMANDS.map((command) => command.group))];
  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) close(); }}>
      <Radix.Portal>
        <div className="dialog-backdrop" />
        <Radix.Content className="command-palette" onCloseAutoFocus={focusAgain} aria-describedby={undefined}>
          <Radix.Title className="visually-hidden">Find a thing or run a command</Radix.Title>
          <Cmdk loop label="Find a thing or run a command">
            <Cmdk.Input className="command-input" placeholder="Find a thing, or run a command…" value={query} onValueChange={setQuery} autoFocus />
            <Cmdk.List className="command-list">
              <Cmdk.Empty className="command-empty">Nothing is called “{query}”.</Cmdk.Empty>
              {things.length > 0 && (
                <Cmdk.Group heading="Things">
                  {things.map((thing) => (
                    <Cmdk.Item key={thing.id} className="menu-item" value={`${thing.name} ${thing.id} ${KINDS[thing.collection].noun}`} onSelect={() => run(() => goTo(thing))}>
                      <KindIcon name={KINDS[thing.collection].icon} />
                      <span className="menu-label truncate">{thing.name}</span>
                      <span className="menu-keys">{KINDS[thing.collection].noun} · {thing.id}</span>
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              )}
              {groups.map((group) => (
                <Cmdk.Group key={group} heading={group}>
                  {COMMANDS.filter((command) => command.group === group && command.id !== "view.commandPalette" && command.id !== "edit.find").map((command) => (
                    <Cmdk.Item key={command.id} className="menu-item" disabled={!command.enabled()} value={`${command.label} ${command.group}`} onSelect={() => run(() => command.run())}>
                      <span className="menu-label truncate">{command.label}</span>
                      {command.checked?.() === true && <span className="menu-keys">on</span>}
                      {command.keys !== undefined && <kbd className="menu-keys">{keyCaps(command.keys)}</kbd>}
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function findThings(topology: Topology, query: string): Thing[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [];
  const found: Thing[] = [];
  for (const collection of COLLECTIONS) {
    for (const [id, value] of entries(topology, collection)) {
      const name = value.name ?? id;
      if (`${name} ${id}`.toLowerCase().includes(wanted)) found.push({ id, collection, name });
      if (found.length === MOST_THINGS) return found;
    }
  }
  return found;
}

function goTo({ id }: Thing): void {
  setView("canvas");
  togglePanel("inspector", true);
  edit(reveal(useDocument.getState().topology, id));
  flyTo([id]);
}
