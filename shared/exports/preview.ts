/** What a file will look like, before it is made: drawn by the same code from the same order. */
import { FAR } from "../diagram/drawing";
import { fontFaces, lettersOf } from "../diagram/font-faces";
import type { FontFiles, OtherFont } from "../diagram/fonts";
import { auditPages, type Page } from "../diagram/page";
import { picturePage } from "../diagram/picture-page";
import { writeSvg } from "../diagram/svg-writer";
import { THEMES } from "../diagram/theme";
import type { ExportFormat } from "./formats";
import type { Prepared } from "./order";

/** A sheet of paper, or the whole of a picture; drawn when somebody looks at it. */
export interface PreviewPage {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly svg: (how?: PageDrawing) => string;
}

export interface PageDrawing {
  /** Begins every id in it. */
  readonly ids?: string;
  /** Of which the letters in use are put into it; without them the viewer's own fonts set its texts. */
  readonly fonts?: FontFiles;
  /** Beside Inter. */
  readonly others?: readonly OtherFont[];
}

/** A picture is not looked at larger than this many pixels. */
const LOOKED_AT = 2400;

/** The pages of the formats that have them; undefined for the others, which are text or tables. */
export function previewPages(prepared: Prepared, format: ExportFormat): readonly PreviewPage[] | undefined {
  const { input, wish: { options }, report } = prepared;
  switch (format) {
    case "pdf": {
      const whole = options.contents === "diagram" ? input : { ...input, report: report() };
      return auditPages(whole, options).map((page) => drawn(prepared, page));
    }
    case "svg":
    case "png": return [drawn(prepared, lookedAt(prepared))];
    default: return undefined;
  }
}

/** Where all of a large picture is looked at at once, things are seen as blocks. */
function lookedAt({ input, wish: { options } }: Prepared): Page {
  const lifeSize = picturePage(input, options), scale = Math.min(1, LOOKED_AT / Math.max(lifeSize.width, lifeSize.height));
  return scale < FAR ? picturePage(input, options, scale) : lifeSize;
}

function drawn({ input, wish: { options } }: Prepared, { name, width, height, primitives }: Page): PreviewPage {
  const whole = { width, height, primitives, theme: THEMES[options.theme ?? "print"], title: `${input.topology.name}, ${name}` };
  return { name, width, height, svg: ({ ids = "", fonts, others = [] } = {}) => writeSvg({ ...whole, ids, others, ...(fonts === undefined ? {} : { faces: fontFaces(lettersOf(primitives), fonts) }) }) };
}
