/** What a kind's drawing is, and the parts that drawings share. Coordinates are relative to the node's top left corner. */
import { inOrder } from "../directions";
import type { SceneNode } from "../elements";
import type { LensTag } from "../lens";
import { MARK_PATHS, type Mark } from "../marks";
import { fitEnds, fitText, textWidth } from "../metrics";
import type { FontWeight, Primitive, TextPrimitive } from "../primitives";
import type { Paint } from "../theme";

export interface NodeState {
  readonly selected?: boolean;
  /** Something else is looked at: drawn faintly. */
  readonly dimmed?: boolean;
  /** On the path of the shown finding. */
  readonly onPath?: boolean;
  /** Numbered badges: hops of the shown path, or findings in an export. */
  readonly numbers?: readonly number[];
  /** The badges are grey: hints, not violations. */
  readonly quiet?: boolean;
  /** What the lens says (`lensTags`). */
  readonly tag?: LensTag | undefined;
  /** The lens shows findings: severity badges and outlines. */
  readonly severities?: boolean;
  /** A drop target while something is dragged. */
  readonly target?: boolean;
}

/** A kind's drawing: `under` the cables (frames) and `over` them (cards, pills, bars). */
export interface Shape {
  readonly under?: (node: SceneNode, state: NodeState) => Primitive[];
  readonly over?: (node: SceneNode, state: NodeState) => Primitive[];
}

export interface Outline {
  readonly stroke: Paint;
  readonly strokeWidth: number;
}

/** The outline says the strongest thing that is true of the node. */
export function outline(node: SceneNode, state: NodeState, plain: Paint): Outline {
  if (state.onPath === true) return { stroke: "violation", strokeWidth: 2 };
  if (state.selected === true) return { stroke: "accent", strokeWidth: 2 };
  if (state.target === true) return { stroke: "accent", strokeWidth: 1.5 };
  if (state.severities === true && (node.facts.severity === "critical" || node.facts.severity === "high")) return { stroke: node.facts.severity, strokeWidth: 1.5 };
  return { stroke: plain, strokeWidth: 1 };
}

/** One line of text, cut to `width` pixels in its middle: what begins alike often ends differently. `prose` is cut at its end. Nothing where there is no text. */
export function line(text: string, at: { x: number; y: number }, width: number, style: { size: number; weight?: FontWeight; fill: Paint; anchor?: TextPrimitive["anchor"]; prose?: boolean }): Primitive[] {
  const { size, weight = 400, fill, anchor = "start", prose = false } = style;
  const cut = (prose ? fitText : fitEnds)(printable(text), width, size, weight);
  return cut === "" ? [] : [{ type: "text", x: at.x, y: at.y, text: cut, size, weight, fill, anchor }];
}

/** Of other widths, which fonts need not have. */
const BLANKS = /[\u1680\u2000-\u200a\u202f\u205f]/gu;

/**
 * A text as it is shown. Control characters and line breaks become blanks: names are one line, and XML 1.0 has no way to write most of them. Letters are
 * put together with their accents, as fonts have them, and what is written from right to left stays where it stands in ours.
 */
export function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu, " ").trim();
  return inOrder(clean.normalize("NFC").replace(BLANKS, " "));
}

export function markAt(mark: Mark, x: number, y: number, size: number, fill: Paint): Primitive {
  return { type: "group", x, y, scale: size / 10, children: [{ type: "path", d: MARK_PATHS[mark], fill }] };
}

/** A title with a fainter text at the right end of its line, which gives way first. */
export function heading(title: string, meta: string, at: { x: number; y: number }, width: number, size: number): Primitive[] {
  const metaWidth = textWidth(printable(meta), 11) + 16;
  const roomy = textWidth(printable(title), size, 600) + metaWidth <= width;
  return [
    ...line(title, at, roomy ? width - metaWidth : width, { size, weight: 600, fill: "text" }),
    ...(roomy && meta !== "" ? line(meta, { x: at.x + width, y: at.y }, metaWidth, { size: 11, fill: "faint", anchor: "end" }) : []),
  ];
}
