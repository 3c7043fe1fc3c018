import type { ReactNode } from "react";
import { useReactFlow } from "@xyflow/react";
import { ContextMenu } from "radix-ui";
import type { Scene } from "../../shared/diagram/elements";
import { collapse } from "../actions/collapse";
import { commandById, type CommandRef } from "../commands";
import { lineOf, selectionLines } from "../commands/lines";
import { edit, useDocument } from "../store/document";
import { select, setRenaming, useSession } from "../store/session";
import { ContextItem, ContextItems, ContextSubmenu } from "../ui/Menu";
import { nodesAt } from "./hit";
import "../ui/menu.css";

const ALIGNMENTS = ["left", "center", "right", "top", "middle", "bottom", "horizontally", "vertically"] as const;

interface CanvasMenuProps {
  readonly scene: Scene;
  readonly children: ReactNode;
}

/** The menu under the right button. Not modal, so that no style element is injected. */
export function CanvasMenu({ scene, children }: CanvasMenuProps) {
  const selection = useSession((state) => state.selection);
  const [only] = selection;
  const flow = useReactFlow();
  const node = selection.length === 1 && only !== undefined ? scene.node.get(only) : undefined;
  const onOpen = (event: React.MouseEvent): void => {
    const isOn = (what: string): boolean => event.target instanceof Element && event.target.closest(what) !== null;
    const element = event.target instanceof Element ? event.target.closest(".react-flow__node")?.getAttribute("data-id") : undefined;
    // Things of a large picture have no elements.
    const id = element ?? (isOn(".react-flow__pane") ? nodesAt(scene, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))[0] : undefined);
    if (typeof id === "string" && !selection.includes(id)) select([id]);
    else if (id === undefined && !isOn(".cable, .react-flow__nodesselection")) select([]);
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild><div className="canvas-frame" onContextMenuCapture={onOpen}>{children}</div></ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          {node !== undefined && node.kind !== "bmc" && <ContextItem label="Rename" keys="F2" run={() => setRenaming(node.id)} />}
          {node !== undefined && ["host", "hypervisor", "virtualSwitch"].includes(node.kind) && (
            <ContextItem label={node.collapsed ? "Expand" : "Collapse"} keys={commandById("view.collapse")?.keys} run={() => edit(collapse(useDocument.getState().topology, node.id, node, !node.collapsed))} />
          )}
          <ContextItems items={selectionLines()} />
          {selection.length > 0 && <ByCommand of="view.zoomSelection" />}
          {can("edit.align.left") && (
            <>
              <ContextMenu.Separator className="menu-separator" />
              <ContextSubmenu label="Align">{ALIGNMENTS.map((how) => <ByCommand key={how} of={`edit.align.${how}`} />)}</ContextSubmenu>
            </>
          )}
          <ContextMenu.Separator className="menu-separator" />
          {selection.length > 0 ? <ByCommand of="edit.delete" danger /> : <><ByCommand of="edit.selectAll" /><ByCommand of="view.zoomFit" /><ByCommand of="view.collapseHosts" /><ByCommand of="view.expandAll" /><ByCommand of="edit.arrange" /><ContextMenu.Separator className="menu-separator" /><ByCommand of="edit.copyPng" /><ByCommand of="edit.copySvg" /></>}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function can(of: CommandRef): boolean {
  return commandById(of)?.enabled() === true;
}

function ByCommand({ of, danger = false }: { readonly of: CommandRef; readonly danger?: boolean }) {
  return <ContextItems items={[lineOf(of, danger)]} />;
}
