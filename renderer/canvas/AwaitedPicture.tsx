import { useDocument } from "../store/document";
import { usePicture } from "../store/picture";

/** In place of the picture of a large document, until the first of it is drawn. */
export function AwaitedPicture() {
  const topology = useDocument((state) => state.topology);
  const failure = usePicture((state) => state.failure);
  const count = (records: object | undefined): string => Object.keys(records ?? {}).length.toLocaleString("en");
  return (
    <div className="empty-canvas" role="status">
      <p className="awaited">
        {failure === undefined ? `Drawing ${count(topology.vms)} VMs on ${count(topology.hypervisors)} hypervisors…` : `The picture could not be drawn: ${failure}. The document is unharmed.`}
      </p>
    </div>
  );
}
