import { describe, expect, it } from "vitest";
import { DEFAULT_EXPORT } from "./exports/choices";
import { payloadSchemas } from "./ipc";

const schemas = payloadSchemas();
const svg = '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>';
const job = { title: "Acme", paper: "A4", orientation: "portrait", pages: [svg], fonts: [{ family: "Inter", weight: "400", url: "/assets/Inter_400Regular-x1.ttf" }, { family: "Noto Sans SC", weight: "400 600", url: "/assets/b.ttf" }] };
const isTaken = (call: "printPages" | "copyPicture" | "setExportChoices", payload: unknown): boolean => schemas[call].safeParse([payload]).success;

describe("what a window may hand to main", () => {
  it("is pages to print that are SVG, on a paper that there is, with fonts of the program", () => {
    expect(isTaken("printPages", job)).toBe(true);
    const font = (url: string, family = "Inter") => ({ ...job, fonts: [{ family, weight: "400", url }] });
    for (const wrong of [{ ...job, pages: [] }, { ...job, pages: ["<html>"] }, { ...job, paper: "A5" }, { ...job, script: "x" }, font("https://example.org/a.ttf"), font('/a".ttf'), font("//example.org/a.ttf"), font("/a b.ttf"), font("/a.ttf", "}body{")]) expect(isTaken("printPages", wrong)).toBe(false);
  });

  it("is a picture for the clipboard of one of two formats", () => {
    expect(isTaken("copyPicture", { format: "png", bytes: new Uint8Array(8) })).toBe(true);
    expect(isTaken("copyPicture", { format: "svg", text: svg })).toBe(true);
    for (const wrong of [{ format: "svg", text: "format c:" }, { format: "png", text: svg }, { format: "html", text: svg }]) expect(isTaken("copyPicture", wrong)).toBe(false);
  });

  it("is choices of an export that an export can have", () => {
    expect(isTaken("setExportChoices", DEFAULT_EXPORT)).toBe(true);
    for (const wrong of [{ ...DEFAULT_EXPORT, format: "exe" }, { ...DEFAULT_EXPORT, scale: 100 }, { ...DEFAULT_EXPORT, author: "x".repeat(201) }, { ...DEFAULT_EXPORT, path: "/etc" }]) expect(isTaken("setExportChoices", wrong)).toBe(false);
  });
});
