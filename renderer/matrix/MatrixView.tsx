import { useMemo, useState } from "react";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { CellPanel } from "./CellPanel";
import { countVerdicts, gridOf, type Grain, type Grid, type OpenCell } from "./grid";
import { MatrixGrid } from "./MatrixGrid";
import { MatrixHead } from "./MatrixHead";
import { useCells } from "./useCells";
import { useMatrix } from "./useMatrix";
import "./matrix.css";

/** Who reaches whom, as a heat map; a cell opens its flows at the right. */
export function MatrixView() {
  const topology = useDocument((state) => state.topology);
  const [grain, setGrain] = useState<Grain>("tenant");
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState<OpenCell | undefined>(undefined);
  const { matrix, isLarge, failure: wholeFailure } = useMatrix(grain);
  const { grid: sparse, onSight, failure: cellFailure } = useCells(grain, isLarge);
  const whole = useMemo(() => (matrix === undefined || isLarge ? undefined : gridOf(topology, grain, matrix)), [topology, grain, matrix, isLarge]);
  const [grid, failure] = isLarge ? [sparse, cellFailure] : [whole, wholeFailure];
  const summary = useAnalysis((state) => state.summary);
  const counts = useMemo(() => (isLarge ? (grain === "tenant" ? summary?.tenantPairs : undefined) : whole === undefined ? undefined : countVerdicts(whole)), [isLarge, grain, summary, whole]);
  const shown = useMemo(() => (grid === undefined ? undefined : filtered(grid, query)), [grid, query]);

  const change = (next: Grain): void => {
    setOpen(undefined);
    setGrain(next);
  };
  const has = (id: string): boolean => grid?.rows.some((row) => row.id === id) ?? false;
  return (
    <section className="matrix" aria-label="Matrix">
      <MatrixHead counts={counts} note={grid?.isWaiting === true ? "comparing…" : isLarge && grain === "tenant" ? "tenants only" : ""} grain={grain} query={query} onGrain={change} onQuery={setQuery} />
      <div className="matrix-body">
        {failure !== undefined && shown === undefined ? <p className="matrix-empty" role="alert">The matrix could not be made: {failure}</p>
          : shown === undefined || grid === undefined ? <Waiting />
          : grid.rows.length < 2 ? <p className="matrix-empty">{TOO_FEW[grain]}</p>
          : shown.rows.length === 0 ? <p className="matrix-empty">No row has “{query}” in its name.</p>
          : <MatrixGrid key={grain} grid={shown} columns={grid.rows} open={open} onOpen={setOpen} onSight={onSight} />}
        {grid !== undefined && open !== undefined && has(open.from) && has(open.to) && (
          <CellPanel key={`${open.from} ${open.to}`} grid={grid} assume={matrix?.assume ?? "hostile"} cell={open} onCell={setOpen} />
        )}
      </div>
    </section>
  );
}

const TOO_FEW: Readonly<Record<Grain, string>> = {
  tenant: "There is nothing to compare yet: a matrix needs two tenants, or a tenant and a management interface.",
  vm: "There is nothing to compare yet: a matrix needs two VMs, management interfaces or external networks.",
  portgroup: "There is nothing to compare yet: a matrix needs two port groups.",
};

function Waiting() {
  const failure = useAnalysis((state) => (state.state === "failed" ? state.failure : undefined));
  if (failure !== undefined) return <p className="matrix-empty" role="alert">The analysis stopped: {failure}. The document is unharmed; the next change starts it again.</p>;
  return <p className="matrix-empty" role="status">Comparing every pair…</p>;
}

/** Rows whose name or id has the text; the columns stay. */
function filtered(grid: Grid, query: string): Grid {
  const text = query.trim().toLowerCase();
  if (text === "") return grid;
  return { ...grid, rows: grid.rows.filter(({ id, name }) => name.toLowerCase().includes(text) || id.toLowerCase().includes(text)) };
}
