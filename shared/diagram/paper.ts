/** Sheets of paper, in points (1/72 inch). ISO 216 and ANSI/ASME Y14.1. */

export const PAPER = {
  A4: { width: 595.28, height: 841.89 },
  A3: { width: 841.89, height: 1190.55 },
  Letter: { width: 612, height: 792 },
  Tabloid: { width: 792, height: 1224 },
} as const;
export type PaperName = keyof typeof PAPER;
export type Orientation = "portrait" | "landscape";

export interface Sheet {
  readonly width: number;
  readonly height: number;
}

/** Printers leave some 4 mm white; binding and punching want more. */
export const MARGIN = 32;

export function sheetOf(paper: PaperName, orientation: Orientation): Sheet {
  const { width, height } = PAPER[paper];
  return orientation === "portrait" ? { width, height } : { width: height, height: width };
}
