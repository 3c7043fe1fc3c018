import { FolderOpen, Import, LayoutGrid } from "lucide-react";
import { TEMPLATES } from "../actions/templates";
import { runCommand } from "../commands";
import { beginWith } from "../files/current";
import { Button } from "../ui/Button";
import { KindIcon } from "../ui/KindIcon";

/** What to do with an empty document. */
export function EmptyCanvas() {
  return (
    <div className="empty-canvas">
      <div className="empty-card canvas-control">
        <span className="empty-icon"><KindIcon name="distributedSwitch" size={36} /></span>
        <h2>Draw the network, see who reaches whom</h2>
        <p>Drag a hypervisor here from the left, then a virtual switch, a port group and VMs into it. Pull cables from the dots at a thing's edge.</p>
        <div className="empty-actions">
          {TEMPLATES.map((template) => <Button key={template.id} icon={<KindIcon name={template.icon} />} onClick={() => beginWith(template.id)}>{template.title}</Button>)}
          <Button variant="ghost" icon={<LayoutGrid />} onClick={() => runCommand("file.newFrom")}>See the samples…</Button>
          <Button variant="ghost" icon={<FolderOpen />} onClick={() => runCommand("file.open")}>Open a document…</Button>
          <Button variant="ghost" icon={<Import />} onClick={() => runCommand("file.import")}>Import an inventory…</Button>
        </div>
      </div>
    </div>
  );
}
