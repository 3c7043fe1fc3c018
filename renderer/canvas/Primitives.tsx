/** Turns the diagram's primitives into SVG elements: the canvas draws with the same data as every export. */
import { createContext, memo, use, useId } from "react";
import { ICONS } from "../../shared/diagram/icons";
import type { GroupPrimitive, Primitive, Stroke } from "../../shared/diagram/primitives";
import type { Paint } from "../../shared/diagram/theme";
import { LIGHT, paintOf, type Theme } from "../../shared/diagram/theme";

/** The theme that paints are resolved with. */
export const ThemeContext = createContext<Theme>(LIGHT);

interface PrimitivesProps {
  readonly of: readonly Primitive[];
}

/** Primitives in their order. Renders again only when the list is another one. */
export const Primitives = memo(function Primitives({ of }: PrimitivesProps) {
  const theme = use(ThemeContext);
  return of.map((primitive, index) => <One key={index} primitive={primitive} theme={theme} />);
});

function One({ primitive, theme }: { readonly primitive: Primitive; readonly theme: Theme }) {
  const color = (paint: Paint | undefined): string => (paint === undefined ? "none" : paintOf(theme, paint));
  switch (primitive.type) {
    case "rect": {
      const { x, y, width, height, radius } = primitive;
      return <rect x={x} y={y} width={width} height={height} rx={radius} {...strokeOf(primitive, color)} />;
    }
    case "path":
      return <path d={primitive.d} fillRule="evenodd" strokeLinejoin="round" {...strokeOf(primitive, color)} />;
    case "line":
      return <line x1={primitive.x1} y1={primitive.y1} x2={primitive.x2} y2={primitive.y2} {...strokeOf(primitive, color)} />;
    case "circle":
      return <circle cx={primitive.cx} cy={primitive.cy} r={primitive.r} {...strokeOf(primitive, color)} />;
    case "text":
      return (
        <text x={primitive.x} y={primitive.y} fontSize={primitive.size} fontWeight={primitive.weight} textAnchor={primitive.anchor} fill={color(primitive.fill)} opacity={primitive.opacity}>
          {primitive.text}
        </text>
      );
    case "icon": {
      const scale = primitive.size / 24;
      return (
        <path
          d={ICONS[primitive.name]} transform={`translate(${primitive.x} ${primitive.y}) scale(${scale})`} fill="none" stroke={color(primitive.stroke)}
          strokeWidth={1.4 / scale} strokeLinecap="round" strokeLinejoin="round" opacity={primitive.opacity}
        />
      );
    }
    case "group":
      return <Group group={primitive} />;
  }
}

function strokeOf(stroke: Stroke, color: (paint: Paint | undefined) => string) {
  return {
    fill: color(stroke.fill),
    stroke: color(stroke.stroke),
    strokeWidth: stroke.stroke === undefined ? undefined : stroke.strokeWidth,
    strokeDasharray: stroke.dash?.join(" "),
    opacity: stroke.opacity,
  };
}

function Group({ group }: { readonly group: GroupPrimitive }) {
  const clipId = useId();
  const { x = 0, y = 0, scale = 1, opacity, clip, children } = group;
  const moves = [x !== 0 || y !== 0 ? `translate(${x} ${y})` : "", scale === 1 ? "" : `scale(${scale})`].filter((move) => move !== "").join(" ");
  return (
    <g transform={moves === "" ? undefined : moves} opacity={opacity}>
      {clip !== undefined && <clipPath id={clipId}><rect x={clip.x} y={clip.y} width={clip.width} height={clip.height} /></clipPath>}
      {clip === undefined ? <Primitives of={children} /> : <g clipPath={`url(#${clipId})`}><Primitives of={children} /></g>}
    </g>
  );
}
