import { ArrowDown, ArrowUp, CopyPlus, Crosshair, Plus, Trash2 } from "lucide-react";
import { KINDS } from "../actions/kinds";
import { filtersOf, rulesOf, type FilterPlace } from "../actions/rules";
import { record, type Topology } from "../../shared/model/topology";
import { addRuleAt, deleteRuleInHand, duplicateRuleInHand, moveRuleInHand, openRules, setCell, toggleHit, useRules } from "../store/rules";
import { Button, IconButton } from "../ui/Button";
import { KindIcon } from "../ui/KindIcon";
import { Select } from "../ui/Select";
import { tooltip } from "../ui/Tooltip";

interface RulesHeadProps {
  readonly topology: Topology;
  readonly place: FilterPlace;
  readonly count: number;
  /** Places of the rules that have a mark, ascending. */
  readonly marked: readonly number[];
  readonly note: string;
}

/** Which list, what is wrong in it, and what can be done with the rule in hand. */
export function RulesHead({ topology, place, count, marked, note }: RulesHeadProps) {
  const row = useRules((state) => Math.min(state.row, count));
  const isTesting = useRules((state) => state.hit !== undefined);
  const isRule = row < count;
  const options = filtersOf(topology).map(({ collection, id }) => {
    const { length } = rulesOf(topology, { collection, id });
    return { value: id, label: record(topology, collection, id)?.name ?? id, icon: <KindIcon name={KINDS[collection].icon} size={14} />, note: `${length.toLocaleString("en")} ${length === 1 ? "rule" : "rules"}` };
  });
  const next = marked.find((each) => each > row) ?? marked[0];
  return (
    <header className="rules-head">
      <div className="rules-filter"><Select label="Filter" value={place.id} options={options} onChange={(id) => openRules(id)} /></div>
      {marked.length > 0 && next !== undefined && (
        <button type="button" className="rules-marked" {...tooltip("Go to the next rule with a finding")} onClick={() => setCell(next, "check")}>
          <strong className="tabular">{marked.length.toLocaleString("en")}</strong> with findings
        </button>
      )}
      {note !== "" && <span className="muted rules-note" role="status">{note}</span>}
      <span className="rules-gap" />
      <div className="rules-tools" role="group" aria-label="Rule in hand">
        <IconButton label="Move up" keys="Alt+↑" icon={<ArrowUp />} disabled={!isRule || row === 0} onClick={() => moveRuleInHand(-1)} />
        <IconButton label="Move down" keys="Alt+↓" icon={<ArrowDown />} disabled={row >= count - 1} onClick={() => moveRuleInHand(1)} />
        <IconButton label="Duplicate" keys="CmdOrCtrl+D" icon={<CopyPlus />} disabled={!isRule} onClick={duplicateRuleInHand} />
        <IconButton label="Delete" keys="Delete" icon={<Trash2 />} disabled={!isRule} onClick={deleteRuleInHand} />
      </div>
      <Button size="small" icon={<Crosshair aria-hidden />} aria-pressed={isTesting} className="rules-test" onClick={() => toggleHit()}>Hit test</Button>
      <Button size="small" icon={<Plus aria-hidden />} {...tooltip("Below the rule in hand", { keys: "CmdOrCtrl+Enter" })} onClick={() => addRuleAt(isRule ? row + 1 : count)}>Add rule</Button>
    </header>
  );
}
