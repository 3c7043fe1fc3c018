/** Colours by role. Light and dark are for the screen, print for paper: it reads in black and white, because no role differs by hue alone. */

/** Colours for tenants and segments, in the order in which they are given out: told apart by the colour-blind (after Okabe and Ito). */
export const CATEGORY_COUNT = 8;
export type CategoryRole = "category0" | "category1" | "category2" | "category3" | "category4" | "category5" | "category6" | "category7";

export type PaintRole =
  /** The paper, and the dots of its grid. */
  | "ground" | "grid"
  /** Host, hypervisor, lane of a distributed switch, cards, switch bars; each with its outline. */
  | "frame" | "frameLine" | "band" | "bandLine" | "lane" | "laneLine" | "surface" | "surfaceLine" | "bar" | "barLine"
  | "text" | "muted" | "faint"
  /** Cables, and the thin ones of datastores and distributed firewalls. */
  | "cable" | "thinCable"
  | "accent" | "accentSoft"
  /** On a filled badge. */
  | "onBadge"
  /** Violations and findings by severity. */
  | "violation" | "violationSoft" | "critical" | "high" | "medium" | "low" | "info" | "permitted" | "unknown"
  /** Management, and workloads without a tenant. */
  | "management" | "unowned"
  | CategoryRole;

/** A role of the theme, or a colour of the user's own (`#rrggbb`), which the theme makes legible on its ground. */
export type Paint = PaintRole | `#${string}`;

export interface Theme {
  readonly name: "light" | "dark" | "print";
  readonly colors: Readonly<Record<PaintRole, string>>;
}

export const LIGHT: Theme = {
  name: "light",
  colors: {
    ground: "#fafbfc", grid: "#dfe3ea", frame: "#eef0f5", frameLine: "#d3d8e2", band: "#ffffff", bandLine: "#dfe3ea",
    lane: "#f4f6fa", laneLine: "#d3d8e2", surface: "#ffffff", surfaceLine: "#d3d8e2", bar: "#eef0f5", barLine: "#cdd3de",
    text: "#171b22", muted: "#586172", faint: "#858ea0", cable: "#a9b2c1", thinCable: "#c3cad6", accent: "#2563eb", accentSoft: "#e6eefe",
    onBadge: "#ffffff", violation: "#c8102e", violationSoft: "#fdecef",
    critical: "#c8102e", high: "#d9480f", medium: "#a16207", low: "#3b6ea5", info: "#697386", permitted: "#15803d", unknown: "#6b5b95",
    management: "#7c3aed", unowned: "#8b94a5",
    category0: "#2563eb", category1: "#c05a00", category2: "#0b7f5c", category3: "#b83f8e", category4: "#1487ad", category5: "#7c7a0c",
    category6: "#7a4a2b", category7: "#475569",
  },
};

export const DARK: Theme = {
  name: "dark",
  colors: {
    ground: "#16191f", grid: "#2a2f39", frame: "#1b1f27", frameLine: "#343b48", band: "#21262f", bandLine: "#2e3541",
    lane: "#1d222b", laneLine: "#343b48", surface: "#1a1e26", surfaceLine: "#3a4251", bar: "#1a1e26", barLine: "#3d4554",
    text: "#edf0f5", muted: "#a3adbd", faint: "#788294", cable: "#69748a", thinCable: "#545e70", accent: "#6d9bff", accentSoft: "#20304f",
    onBadge: "#14171c", violation: "#ff6b7d", violationSoft: "#3a2229",
    critical: "#ff6b7d", high: "#ff9159", medium: "#e0b13c", low: "#7fb0e6", info: "#99a3b5", permitted: "#4cc38a", unknown: "#b3a2e0",
    management: "#b58cff", unowned: "#7d8798",
    category0: "#6d9bff", category1: "#f0a33a", category2: "#3cc79a", category3: "#ea8bc6", category4: "#66cbee", category5: "#d6ce55",
    category6: "#c99b7b", category7: "#a5b1c4",
  },
};

export const PRINT: Theme = {
  name: "print",
  colors: {
    ground: "#ffffff", grid: "#ffffff", frame: "#f3f4f6", frameLine: "#8d95a3", band: "#ffffff", bandLine: "#b4bac5",
    lane: "#f8f9fa", laneLine: "#8d95a3", surface: "#ffffff", surfaceLine: "#6f7786", bar: "#e9ebef", barLine: "#6f7786",
    text: "#0b0d11", muted: "#434a57", faint: "#656d7b", cable: "#7c8594", thinCable: "#a7aeba", accent: "#1d4fd8", accentSoft: "#eef2ff",
    onBadge: "#ffffff", violation: "#b00020", violationSoft: "#fbeaed",
    critical: "#b00020", high: "#b93a08", medium: "#7f5200", low: "#2f5d92", info: "#565f6e", permitted: "#116a33", unknown: "#574a7d",
    management: "#6428c9", unowned: "#6f7786",
    category0: "#1d4fd8", category1: "#a34c00", category2: "#07684b", category3: "#9a2f75", category4: "#0d6f90", category5: "#666400",
    category6: "#653b20", category7: "#3b4657",
  },
};

export const THEMES: Readonly<Record<Theme["name"], Theme>> = { light: LIGHT, dark: DARK, print: PRINT };

/** The n-th category's role; after the eighth they begin again, with other marks (`marks.ts`). */
export function categoryRole(index: number): CategoryRole {
  return CATEGORIES[index % CATEGORY_COUNT] ?? "category0";
}

const CATEGORIES: readonly CategoryRole[] = ["category0", "category1", "category2", "category3", "category4", "category5", "category6", "category7"];

/** WCAG 2.2, 1.4.11: what graphics need against what is next to them. */
const LEGIBLE = 3;

/** The colour of a paint, `#rrggbb`. A user's own colour is moved towards black or white until it stands out from the theme's surface. */
export function paintOf(theme: Theme, paint: Paint): string {
  if (!isOwnColor(paint)) return theme.colors[paint];
  const surface = theme.colors.surface, towards = luminance(surface) > 0.5 ? 0 : 255;
  let channels = parse(paint);
  for (let step = 0; step < 20 && contrast(format(channels), surface) < LEGIBLE; step++) {
    channels = channels.map((channel) => Math.round(channel + (towards - channel) * 0.12));
  }
  return format(channels);
}

function isOwnColor(paint: Paint): paint is `#${string}` {
  return paint.startsWith("#");
}

/** A tenant's own colour as a paint, where it is written as `#rgb` or `#rrggbb`. */
export function ownColor(color: string | undefined): Paint | undefined {
  const match = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(color ?? "");
  if (match?.[1] === undefined) return undefined;
  const digits = match[1].length === 3 ? [...match[1]].map((digit) => digit + digit).join("") : match[1];
  return `#${digits.toLowerCase()}`;
}

function parse(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

function format(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const light = Math.max(luminance(a), luminance(b)), dark = Math.min(luminance(a), luminance(b));
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = parse(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
