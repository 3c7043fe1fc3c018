import { useEffect, useRef, type KeyboardEvent } from "react";
import type { AttackPath } from "../../shared/analysis/result";
import { useDocument } from "../store/document";
import { useScrolled } from "../ui/useScrolled";
import { channelsOf, keyOf, nameOf } from "./words";

const ROW = 40;
const MOST_ROWS = 5;
const AROUND = 4;
const FIRST_SIGHT = { width: 400, height: ROW * MOST_ROWS };

interface PathListProps {
  readonly paths: readonly AttackPath[];
  readonly chosen: AttackPath;
  /** Nothing was aimed at: what each path leads to is what tells them apart. */
  readonly everything: boolean;
  readonly onChoose: (path: AttackPath) => void;
}

/** A list box of which only the rows in sight are made: arrow keys go through the paths, cheapest first; the chosen one is drawn. */
export function PathList({ paths, chosen, everything, onChoose }: PathListProps) {
  const topology = useDocument((state) => state.topology);
  const box = useRef<HTMLDivElement>(null);
  const view = useScrolled(box, FIRST_SIGHT);
  const at = paths.indexOf(chosen);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (at * ROW < element.scrollTop) element.scrollTop = at * ROW;
    else if ((at + 1) * ROW > element.scrollTop + element.clientHeight) element.scrollTop = (at + 1) * ROW - element.clientHeight;
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = paths.length - 1;
    const target = event.key === "ArrowDown" ? Math.min(at + 1, last) : event.key === "ArrowUp" ? Math.max(at - 1, 0) : event.key === "Home" ? 0 : event.key === "End" ? last : undefined;
    const path = target === undefined ? undefined : paths[target];
    if (path === undefined) return;
    event.preventDefault();
    onChoose(path);
  };
  const first = Math.max(0, Math.floor(view.top / ROW) - AROUND);
  return (
    <section className="attack-section" aria-labelledby="attack-paths">
      <h3 id="attack-paths">{everything ? "Cheapest path to each" : "Paths, cheapest first"} <span className="muted tabular">{paths.length.toLocaleString("en")}</span></h3>
      <div ref={box} className="attack-paths" role="listbox" aria-label="Paths" tabIndex={0} aria-activedescendant={`attack-path-${at}`} style={{ maxHeight: ROW * MOST_ROWS }} onKeyDown={onKeyDown}>
        <div className="attack-paths-space" role="presentation" style={{ height: paths.length * ROW }}>
          {paths.slice(first, Math.ceil((view.top + view.height) / ROW) + AROUND).map((path, index) => {
            const { steps, cost } = path;
            const ends = [steps[0]?.from ?? "", steps.at(-1)?.to ?? ""].map((id) => nameOf(topology, id)).join(" → ");
            const channels = `${channelsOf(path)}${steps.some(({ moves }) => moves !== undefined) ? " · if VMs move" : ""}`;
            return (
              <div
                key={keyOf(path)} id={`attack-path-${first + index}`} role="option" aria-selected={path === chosen} aria-posinset={first + index + 1} aria-setsize={paths.length}
                className="attack-path" style={{ top: (first + index) * ROW, height: ROW }} onClick={() => onChoose(path)}
              >
                <strong className="truncate">{everything ? ends : channels}</strong>
                <span className="attack-cost tabular">cost {cost}</span>
                <span className="attack-path-second truncate muted">{everything ? channels : ends}</span>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
