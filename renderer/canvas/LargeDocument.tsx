import { useDocument } from "../store/document";
import { setView } from "../store/session";
import { Button } from "../ui/Button";
import { KindIcon } from "../ui/KindIcon";

/** In place of a picture of so many things that drawing it would hold the window up. */
export function LargeDocument({ onDraw }: { readonly onDraw: () => void }) {
  const topology = useDocument((state) => state.topology);
  const count = (records: object | undefined): string => Object.keys(records ?? {}).length.toLocaleString("en");
  return (
    <div className="canvas">
      <div className="empty-canvas">
        <div className="empty-card canvas-control">
          <span className="empty-icon"><KindIcon name="distributedSwitch" size={36} /></span>
          <h2>{count(topology.vms)} VMs are a lot to draw</h2>
          <p>{topology.name} has {count(topology.tenants)} tenants on {count(topology.hypervisors)} hypervisors. The matrix shows who reaches whom, by tenant first. A picture of all of it takes long to draw, and the window stands still meanwhile.</p>
          <div className="empty-actions">
            <Button variant="primary" onClick={() => setView("matrix")}>Show the matrix</Button>
            <Button onClick={onDraw}>Draw it anyway</Button>
          </div>
        </div>
      </div>
    </div>
  );
}
