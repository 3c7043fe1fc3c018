import type { AttackPath } from "../../shared/analysis/result";
import { useDocument } from "../store/document";
import { ChoiceList } from "../ui/ChoiceList";
import { placeName } from "../actions/names";
import { channelsOf, keyOf } from "./words";

const ROW = 40;
const MOST_ROWS = 5;

interface PathListProps {
  readonly paths: readonly AttackPath[];
  readonly chosen: AttackPath;
  /** Nothing was aimed at: what each path leads to is what tells them apart. */
  readonly everything: boolean;
  readonly onChoose: (path: AttackPath) => void;
}

/** The paths, cheapest first; the chosen one is drawn. */
export function PathList({ paths, chosen, everything, onChoose }: PathListProps) {
  const topology = useDocument((state) => state.topology);
  return (
    <section className="attack-section" aria-labelledby="attack-paths">
      <h3 id="attack-paths">{everything ? "Cheapest path to each" : "Paths, cheapest first"} <span className="muted tabular">{paths.length.toLocaleString("en")}</span></h3>
      <ChoiceList label="Paths" id="attack-path" items={paths} chosen={chosen} keyOf={keyOf} rowHeight={ROW} most={MOST_ROWS} onChoose={onChoose}>
        {(path) => {
          const { steps, cost } = path;
          const ends = [steps[0]?.from ?? "", steps.at(-1)?.to ?? ""].map((id) => placeName(topology, id)).join(" → ");
          const channels = `${channelsOf(path)}${steps.some(({ moves }) => moves !== undefined) ? " · if VMs move" : ""}`;
          return (
            <div className="attack-path">
              <strong className="truncate">{everything ? ends : channels}</strong>
              <span className="attack-cost tabular">cost {cost}</span>
              <span className="attack-path-second truncate muted">{everything ? channels : ends}</span>
            </div>
          );
        }}
      </ChoiceList>
    </section>
  );
}
