import { useMemo } from "react";
import type { CollectionName } from "../../shared/model/topology";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { select } from "../store/session";
import { relationsOf } from "./relations";

/** What is plugged in here, and for a port group the segments it is in. A click selects the thing. */
export function Connected({ collection, id }: { readonly collection: CollectionName; readonly id: string }) {
  const topology = useDocument((state) => state.topology);
  const segments = useAnalysis((state) => state.segments);
  const relations = useMemo(() => relationsOf(topology, collection, id), [topology, collection, id]);
  const own = collection === "portGroups" ? segments.filter((segment) => segment.portGroups.includes(id)) : [];
  if (relations.length === 0 && own.length === 0) return null;
  return (
    <section className="inspector-group" aria-label="Connected">
      <h3>Connected</h3>
      {own.slice(0, 4).map((segment) => <p key={segment.id} className="relation-segment">Segment <code>{segment.id}</code> <span className="muted">{segment.ends.length} members</span></p>)}
      <ul className="relations">
        {relations.map((relation) => (
          <li key={relation.id}><button type="button" className="relation" onClick={() => select([relation.id])}><span className="truncate">{relation.name}</span><span className="muted truncate">{relation.note}</span></button></li>
        ))}
      </ul>
    </section>
  );
}
