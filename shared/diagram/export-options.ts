/** Options of an export as another program, or a file, gives them. */
import { LENSES, type Lens } from "./elements";
import { PAPER, type Orientation, type PaperName } from "./paper";
import { THEMES, type Theme } from "./theme";
import { parseView } from "./view";

export interface ExportOptions {
  /** PDF only. A4 landscape where absent. */
  readonly paper?: PaperName;
  readonly orientation?: Orientation;
  /** PDF only. `page`: the diagram is on one page, however small; where absent, tiles follow that can be read. */
  readonly fit?: "page" | "tiles";
  /** PDF only. `diagram`: without the pages of the report. */
  readonly contents?: "diagram" | "report";
  /** `print` where absent. */
  readonly theme?: Theme["name"];
  /** `violations` where absent. */
  readonly lens?: Lens;
  /** What is shown, see `parseView`; everything where absent, or where the view shows nothing. */
  readonly view?: string;
  /** PNG only: pixels per unit; 2 where absent. */
  readonly scale?: number;
}

export const PAPERS = Object.keys(PAPER) as readonly (keyof typeof PAPER)[];
export const ORIENTATIONS = ["portrait", "landscape"] as const;
export const FITS = ["page", "tiles"] as const;
export const CONTENTS = ["report", "diagram"] as const;
export const THEME_NAMES = Object.keys(THEMES) as readonly (keyof typeof THEMES)[];
/** A PNG of more than this is larger than what is drawn (`export.ts` scales it down), of less there is nothing on it. */
export const SCALES = { least: 0.1, most: 8 } as const;

const CHECKS: Readonly<Record<keyof ExportOptions, (value: unknown) => boolean>> = {
  paper: oneOf(PAPERS), orientation: oneOf(ORIENTATIONS), fit: oneOf(FITS), contents: oneOf(CONTENTS), theme: oneOf(THEME_NAMES), lens: oneOf(LENSES),
  view: (value) => typeof value === "string" && parseView(value) !== undefined,
  scale: (value) => typeof value === "number" && value >= SCALES.least && value <= SCALES.most,
};

/** Whether every key is an option with a value that it may have. */
export function isExportOptions(value: unknown): value is ExportOptions {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(([key, each]) => Object.hasOwn(CHECKS, key) && CHECKS[key as keyof ExportOptions](each));
}

/** Those that are given, in one order, as they go into the file. */
export function givenOptions({ paper, orientation, fit, contents, theme, lens, view, scale }: ExportOptions): ExportOptions {
  return {
    ...(paper === undefined ? {} : { paper }), ...(orientation === undefined ? {} : { orientation }), ...(fit === undefined ? {} : { fit }), ...(contents === undefined ? {} : { contents }),
    ...(theme === undefined ? {} : { theme }), ...(lens === undefined ? {} : { lens }), ...(view === undefined ? {} : { view }), ...(scale === undefined ? {} : { scale }),
  };
}

function oneOf(values: readonly string[]): (value: unknown) => boolean {
  return (value) => typeof value === "string" && values.includes(value);
}
