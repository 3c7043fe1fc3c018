import { describe, expect, it } from "vitest";
import { keepPrintPage, takePrintPage } from "./print-page";

const page = (words: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>${words}</text></svg>`;
const job = { title: "A & <b>", paper: "Letter", orientation: "landscape", pages: [page("one"), page("two")], fonts: [{ family: "Inter", weight: "400", url: "/assets/a.ttf" }, { family: "Noto Emoji", weight: "400 600", url: "/assets/b.ttf" }] } as const;

describe("a page for printing", () => {
  it("has one sheet a page, of the paper's size, and no declaration of XML inside", () => {
    const html = takePrintPage(`app://bulkhead${keepPrintPage(job)}`) ?? "";
    expect(html.match(/<div class="page"><svg /g)).toHaveLength(2);
    expect(html).toContain("@page{size:792pt 612pt;margin:0}");
    expect(html).toContain('url("/assets/b.ttf")');
    expect(html).not.toContain("<?xml");
    expect(html).toMatch(/<title>A\s+b\s+<\/title>/);
  });

  it("is given once, and to its own address only", () => {
    const path = keepPrintPage(job);
    expect(takePrintPage("app://bulkhead/print/00000000-0000-4000-8000-000000000000")).toBeUndefined();
    expect(takePrintPage(`app://bulkhead${path}`)).toBeDefined();
    expect(takePrintPage(`app://bulkhead${path}`)).toBeUndefined();
    expect(keepPrintPage(job)).not.toBe(path);
  });
});
