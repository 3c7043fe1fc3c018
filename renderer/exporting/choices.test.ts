import { describe, expect, it } from "vitest";
import { DEFAULT_EXPORT } from "../../shared/exports/choices";
import { isExportOptions } from "../../shared/diagram/export-options";
import { EXPORT_FORMATS } from "../../shared/exports/formats";
import { orderOf } from "./choices";
import { viewOf } from "./view-choices";

const about = { view: "tenant:a", today: "2026-11-23", source: "a.bulkhead.json", canonical: false };
const chosen = { ...DEFAULT_EXPORT, author: "J. Doe", table: "rules", contents: "diagram" } as const;

describe("an order", () => {
  it("holds what its format heeds and nothing else", () => {
    expect(orderOf({ ...chosen, format: "pdf" }, about).wish).toEqual({
      source: "a.bulkhead.json", canonical: false, evidence: true, author: "J. Doe",
      options: { paper: "A4", orientation: "landscape", fit: "tiles", contents: "diagram", theme: "print", lens: "violations", view: "tenant:a" },
    });
    expect(orderOf({ ...chosen, format: "png" }, about).wish.options).toEqual({ theme: "print", lens: "violations", view: "tenant:a", scale: 2 });
    expect(orderOf({ ...chosen, format: "csv" }, about).wish).toEqual({ source: "a.bulkhead.json", canonical: false, evidence: false, table: "rules", options: {} });
    expect(orderOf({ ...chosen, format: "mermaid" }, { ...about, view: "network" }).wish.options).toEqual({});
  });

  it("can be written into a file and read again, whatever its format", () => {
    for (const format of EXPORT_FORMATS) expect(isExportOptions(orderOf({ ...chosen, format }, about).wish.options)).toBe(true);
  });

  it("names what is selected by its ids", () => {
    expect(viewOf({ kind: "selection", id: "" }, ["a-web", "host-1/bmc"])).toBe("selection:id:a-web,id:host-1/bmc");
    expect(viewOf({ kind: "path", id: "NET-001:a+b@tor-1.1" }, [])).toBe("path:NET-001:a+b@tor-1.1");
  });
});
