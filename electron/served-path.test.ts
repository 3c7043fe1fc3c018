import { describe, expect, it } from "vitest";
import { isTrusted, ownOrigins } from "./origins";
import { servedPath } from "./served-path";

const FOLDER = "/opt/bulkhead/renderer";

describe("servedPath", () => {
  it("serves the page and the files under its folder", () => {
    expect(servedPath(FOLDER, "GET", "app://bulkhead/")).toBe(`${FOLDER}/index.html`);
    expect(servedPath(FOLDER, "GET", "app://bulkhead/assets/a%20b.js?v=1#x")).toBe(`${FOLDER}/assets/a b.js`);
  });

  it.each(["app://bulkhead/../main.js", "app://bulkhead/%2e%2e/main.js", "app://bulkhead/a/..%2f..%2f..%2fmain.js"])("keeps %s inside the folder", (address) => {
    expect(servedPath(FOLDER, "GET", address) ?? FOLDER).toMatch(/^\/opt\/bulkhead\/renderer/);
  });

  it.each(["app://bulkhead/..%5c..%5cmain.js", "app://bulkhead/%00", "app://bulkhead/%", "app://other/index.html", "file:///etc/passwd", "nonsense"])("serves nothing for %s", (address) => {
    expect(servedPath(FOLDER, "GET", address)).toBeUndefined();
  });

  it("serves nothing to a method other than GET", () => {
    expect(servedPath(FOLDER, "POST", "app://bulkhead/")).toBeUndefined();
  });

  it("does not take a sibling folder with the same beginning for its own", () => {
    expect(servedPath(FOLDER, "GET", "app://bulkhead/..%2frenderer-secret%2fkey")).toBeUndefined();
  });
});

describe("isTrusted", () => {
  it("compares origins whole", () => {
    const origins = ownOrigins(undefined);
    expect(isTrusted("app://bulkhead/index.html", origins)).toBe(true);
    expect(isTrusted("app://bulkhead", origins)).toBe(true);
    expect(isTrusted("app://bulkhead.example.com/index.html", origins)).toBe(false);
    expect(isTrusted("app://bulkhead@example.com/", origins)).toBe(false);
    expect(isTrusted("http://127.0.0.1:5173/", origins)).toBe(false);
  });

  it("trusts a development server only where there is one", () => {
    expect(isTrusted("http://127.0.0.1:5173/main.tsx", ownOrigins("http://127.0.0.1:5173"))).toBe(true);
  });
});
