import { FolderOpen } from "lucide-react";
import { TEMPLATES } from "../actions/templates";
import { runCommand } from "../commands";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { viewport } from "../store/viewport";
import { Button } from "../ui/Button";
import { KindIcon } from "../ui/KindIcon";

/** What to do with an empty document. */
export function EmptyCanvas() {
  const start = (id: string): void => {
    const template = TEMPLATES.find((each) => each.id === id);
    if (template !== undefined && perform(template.build(useDocument.getState().topology, { x: 0, y: 0 }))) setTimeout(() => viewport()?.zoomToFit(), 50);
  };
  return (
    <div className="empty-canvas">
      <div className="empty-card canvas-control">
        <span className="empty-icon"><KindIcon name="distributedSwitch" size={36} /></span>
        <h2>Draw the network, see who reaches whom</h2>
        <p>Drag a hypervisor here from the left, then a virtual switch, a port group and VMs into it. Pull cables from the dots at a thing's edge.</p>
        <div className="empty-actions">
          {TEMPLATES.map((template) => <Button key={template.id} icon={<KindIcon name={template.icon} />} onClick={() => start(template.id)}>{template.title}</Button>)}
          <Button variant="ghost" icon={<FolderOpen />} onClick={() => runCommand("file.open")}>Open a document…</Button>
        </div>
      </div>
    </div>
  );
}
