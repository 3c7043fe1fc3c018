import { use, useMemo } from "react";
import type { Lens, Scene } from "../../shared/diagram/elements";
import { lensLegend } from "../../shared/diagram/lens";
import { MARK_PATHS } from "../../shared/diagram/marks";
import { paintOf } from "../../shared/diagram/theme";
import type { ShownPath } from "../store/session";
import { ThemeContext } from "./Primitives";

const TITLES: Readonly<Record<Lens, string>> = { tenants: "Tenants", segments: "Segments", trust: "Trust", violations: "Tenants and findings", hardening: "Hardening" };
const MOST = 12;

interface LegendProps {
  readonly scene: Scene;
  readonly lens: Lens;
  readonly path: ShownPath | undefined;
}

/** What the colours and marks of the lens mean. */
export function Legend({ scene, lens, path }: LegendProps) {
  const theme = use(ThemeContext);
  const lines = useMemo(() => lensLegend(scene, lens), [scene, lens]);
  if (lines.length === 0 && path === undefined) return null;
  return (
    <section className="canvas-control legend" aria-label={`Legend: ${TITLES[lens]}`}>
      <h2 className="legend-title">{TITLES[lens]}</h2>
      <ul className="legend-lines">
        {lines.slice(0, MOST).map(({ paint, mark, text }) => (
          <li key={text} className="legend-line">
            <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden><path d={MARK_PATHS[mark]} fillRule="evenodd" fill={paintOf(theme, paint)} /></svg>
            <span className="truncate">{text}</span>
          </li>
        ))}
        {lines.length > MOST && <li className="legend-line muted">and {lines.length - MOST} more</li>}
        {path !== undefined && path.hops.length > 1 && (
          <li className="legend-line"><span className={`legend-path path-${path.tone}`} aria-hidden />{path.tone === "violation" ? "violation" : path.tone === "permitted" ? "permitted flow" : "stopped flow"}</li>
        )}
      </ul>
    </section>
  );
}
