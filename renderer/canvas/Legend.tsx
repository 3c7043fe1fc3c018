import { memo, use, useMemo } from "react";
import type { AttackLeg } from "../../shared/diagram/attack-overlay";
import { LEG_DASHES } from "../../shared/diagram/draw-attack";
import type { Lens, Scene } from "../../shared/diagram/elements";
import { lensLegend } from "../../shared/diagram/lens";
import { MARK_PATHS } from "../../shared/diagram/marks";
import { paintOf } from "../../shared/diagram/theme";
import { useCompare } from "../store/compare";
import type { ShownPath } from "../store/session";
import type { Looks } from "./looks";
import { ThemeContext } from "./Primitives";

const TITLES: Readonly<Record<Lens, string>> = { tenants: "Tenants", segments: "Segments", trust: "Trust", violations: "Tenants and findings", hardening: "Hardening" };
const MOST = 12;

const LEGS: readonly { readonly kind: AttackLeg["kind"]; readonly text: string }[] = [
  { kind: "network", text: "over the network" }, { kind: "beside", text: "beside the network" }, { kind: "moved", text: "only if a VM moves" },
];

const MARKS = [["+", "new"], ["~", "changed"]] as const;

interface LegendProps {
  readonly looks: Looks;
  readonly scene: Scene;
  readonly lens: Lens;
  readonly path: ShownPath | undefined;
}

/** What the colours and marks of the lens mean. */
export const Legend = memo(function Legend({ scene, lens, path, looks }: LegendProps) {
  const theme = use(ThemeContext);
  const lines = useMemo(() => lensLegend(scene, lens), [scene, lens]);
  const marks = useCompare((state) => state.marks);
  const legs = new Set(looks.overlay !== undefined && "legs" in looks.overlay ? looks.overlay.legs.map(({ kind }) => kind) : []);
  if (lines.length === 0 && path === undefined && marks.size === 0) return null;
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
        {path?.steps !== undefined && LEGS.filter(({ kind }) => legs.has(kind)).map(({ kind, text }) => (
          <li key={kind} className="legend-line">
            <svg viewBox="0 0 24 4" width="24" height="4" aria-hidden><path d="M0 2H24" stroke={paintOf(theme, "violation")} strokeWidth="2.5" strokeDasharray={LEG_DASHES[kind].join(" ")} /></svg>{text}
          </li>
        ))}
        {marks.size > 0 && MARKS.map(([sign, text]) => <li key={sign} className="legend-line"><span className="legend-mark" aria-hidden>{sign}</span>{text}</li>)}
        {path !== undefined && path.hops.length > 1 && (
          <li className="legend-line"><span className={`legend-path path-${path.tone}`} aria-hidden />{path.tone === "violation" ? "violation" : path.tone === "permitted" ? "permitted flow" : "stopped flow"}</li>
        )}
      </ul>
    </section>
  );
});
