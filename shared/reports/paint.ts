/** Colour for a terminal. `none` leaves text as it is. */
export interface Paint {
  severity(severity: string, text: string): string;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const wrap = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`;
const same = (text: string): string => text;

const SEVERITY_COLOURS: Readonly<Record<string, (text: string) => string>> = {
  critical: wrap(31, 39), high: wrap(31, 39), medium: wrap(33, 39), low: wrap(36, 39), info: wrap(90, 39),
};

export const noPaint: Paint = { severity: (_severity, text) => text, bold: same, dim: same, good: same, bad: same };

export const terminalPaint: Paint = {
  severity: (severity, text) => (SEVERITY_COLOURS[severity] ?? same)(text),
  bold: wrap(1, 22),
  dim: wrap(2, 22),
  good: wrap(32, 39),
  bad: wrap(31, 39),
};
