import { useMemo, useState } from "react";
import { ChevronDown, ChevronRight } from "lucide-react";
import { tenantTags } from "../../shared/diagram/facts";
import type { IconName } from "../../shared/diagram/icons";
import type { AttackAnswer } from "../analysis/protocol";
import { setAttack } from "../store/attack";
import { useDocument } from "../store/document";
import { KindIcon } from "../ui/KindIcon";
import { PartyMark } from "../ui/PartyMark";
import { VirtualList } from "../ui/VirtualList";
import { placeName } from "../actions/names";
import { shareOf } from "./words";

const ROW = 26;
const MOST_ROWS = 6;

/** Which tenants, hypervisors, management and datastores are got at; each is a target to narrow the question to. */
export function BlastRadius({ answer: { radius, totals } }: { readonly answer: AttackAnswer }) {
  const topology = useDocument((state) => state.topology);
  const tags = useMemo(() => tenantTags(topology), [topology]);
  const { tenants, hypervisors, management, datastores } = radius;
  if (tenants.length + hypervisors.length + management.length + datastores.length === 0) return null;
  const things = (ids: readonly string[], prefix: string) => ids.map((id) => ({ key: id, target: `${prefix}${id}`, name: placeName(topology, id), note: placeName(topology, id) === id ? "" : id }));
  return (
    <section className="attack-section attack-radius" aria-labelledby="attack-radius">
      <h3 id="attack-radius">Blast radius</h3>
      <Group
        icon="vm" title="Tenants" count={tenants.length} of={totals.tenants} open={tenants.length <= MOST_ROWS}
        rows={tenants.map(({ id, ...share }) => ({ key: id ?? "", target: id === undefined ? undefined : `tenant:${id}`, name: id === undefined ? "No tenant" : placeName(topology, id), note: shareOf(share), tag: id === undefined ? undefined : tags.get(id) }))}
      />
      <Group icon="hypervisor" title="Hypervisors" count={hypervisors.length} of={totals.hypervisors} rows={things(hypervisors, "hypervisor:")} />
      <Group icon="managementInterface" title="Management" count={management.length} of={totals.management} rows={things(management, "")} />
      <Group icon="datastore" title="Datastores" count={datastores.length} of={totals.datastores} rows={things(datastores, "")} />
    </section>
  );
}

interface Row {
  readonly key: string;
  /** What the question is narrowed to; undefined where nothing names it. */
  readonly target: string | undefined;
  readonly name: string;
  readonly note: string;
  readonly tag?: NonNullable<ReturnType<ReturnType<typeof tenantTags>["get"]>> | undefined;
}

interface GroupProps {
  readonly icon: IconName;
  readonly title: string;
  readonly count: number;
  readonly of: number;
  readonly open?: boolean;
  readonly rows: readonly Row[];
}

/** One line, and under it what it counts. */
function Group({ icon, title, count, of, open: isOpen = false, rows }: GroupProps) {
  const [open, setOpen] = useState(isOpen);
  if (of === 0) return null;
  const shown = open && count > 0;
  return (
    <div className="attack-group">
      <button type="button" className="attack-group-head" aria-expanded={shown} disabled={count === 0} onClick={() => setOpen(!open)}>
        {shown ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
        <KindIcon name={icon} size={14} />
        <span>{title}</span>
        <span className={`attack-count tabular${count > 0 ? " some" : ""}`}>{count.toLocaleString("en")} of {of.toLocaleString("en")}</span>
        <span className="attack-share" aria-hidden><span style={{ width: `${Math.min(100, (count / of) * 100)}%` }} /></span>
      </button>
      {shown && (
        <VirtualList label={title} items={rows} rowHeight={ROW} most={MOST_ROWS}>
          {({ target, name, note, tag }) => (
            <button type="button" className="attack-row" disabled={target === undefined} aria-label={`${name}${note === "" ? "" : `, ${note}`}. Show the ways to it`} onClick={() => setAttack({ to: target ?? "" })}>
              {tag !== undefined && <PartyMark paint={tag.paint} mark={tag.mark} />}
              <span className="truncate">{name}</span>
              <span className="muted attack-row-note truncate">{note}</span>
            </button>
          )}
        </VirtualList>
      )}
    </div>
  );
}
