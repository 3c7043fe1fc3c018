import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineCounter, scanJson } from "./json-scan";

const DEEPEST = 100;

describe("scanning JSON", () => {
  it("agrees with JSON.parse on what is JSON", () => {
    const nearly = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"', '"a"', "1", "-", "0", ".5", "e3", "true", "null", " ", "\n", "\\u00e9", "\\", "\u0001"), { maxLength: 9 }).map((parts) => parts.join(""));
    fc.assert(fc.property(fc.oneof(fc.json(), nearly, fc.string()), (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(!scanJson(text, 1000).some(({ kind }) => kind === "syntax")).toBe(isJson);
    }), { numRuns: 5000 });
  });

  it.each([
    ["", 0, "", "a JSON object"],
    ["  ", 2, "", "a JSON object"],
    ['{"a":1,}', 7, "}", "a key in double quotes"],
    ["{a:1}", 1, "a", "a key in double quotes or }"],
    ["{'a':1}", 1, "'", "a key in double quotes or }"],
    ['{"a" 1}', 5, "1", "a colon"],
    ['{"a":1 "b":2}', 7, '"', "a comma or }"],
    ["[1 2]", 3, "2", "a comma or ]"],
    ["[1,]", 3, "]", "a value"],
    ["[,]", 1, ",", "a value or ]"],
    ["[01]", 2, "1", "a number such as 10 or 1.5"],
    ["[1.]", 2, ".", "a number such as 10 or 1.5"],
    ["[+1]", 1, "+", "a value or ]"],
    ["[-]", 2, "]", "a digit"],
    ["[tru]", 4, "]", "true"],
    ["[NaN]", 1, "N", "a value or ]"],
    ["[1] 2", 4, "2", "nothing after the document"],
    ['["a', 3, "", "the closing quote"],
    ['["a\nb"]', 3, "\n", "an escape such as \\n, or the closing quote"],
    ['["\\x"]', 3, "x", 'one of " \\ / b f n r t u after a backslash'],
    ['["\\u12g4"]', 4, "1", "four hexadecimal digits"],
    ["[😀]", 1, "😀", "a value or ]"],
    ["/* c */ {}", 0, "/", "a JSON object"],
  ])("finds the place of the error in %j", (text, offset, found, expected) => {
    expect(scanJson(text, DEEPEST)).toEqual([{ kind: "syntax", offset, found, expected }]);
  });

  it("finds every repeated key, however it is escaped, and knows objects apart", () => {
    expect(scanJson('{"a":{"x":1},"b":[{"x":1},{"x":1,"\\u0078":2}],"a":3}', DEEPEST)).toEqual([
      { kind: "duplicate", offset: 33, path: ["b", 1, "x"] },
      { kind: "duplicate", offset: 46, path: ["a"] },
    ]);
  });

  it("finds __proto__, also written with escapes", () => {
    expect(scanJson('{"vms":{"__proto__":{}},"\\u005f_proto__":1,"constructor":2}', DEEPEST)).toEqual([
      { kind: "proto", offset: 8, path: ["vms", "__proto__"] },
      { kind: "proto", offset: 24, path: ["__proto__"] },
    ]);
  });

  it("stops at the first level that is too deep", () => {
    expect(scanJson("[".repeat(100) + "]".repeat(100), DEEPEST)).toEqual([]);
    expect(scanJson("[".repeat(101) + "]".repeat(101), DEEPEST)).toEqual([{ kind: "depth", offset: 100 }]);
    expect(scanJson("[".repeat(5_000_000), DEEPEST)).toEqual([{ kind: "depth", offset: 100 }]);
    expect(scanJson('{"a":'.repeat(5_000_000), DEEPEST)).toEqual([{ kind: "depth", offset: 500 }]);
  });
});

describe("lines and columns", () => {
  it("count from one, over line ends of both kinds", () => {
    const counter = new LineCounter("ab\r\ncd\n\ne");
    expect([0, 1, 4, 7, 8].map((offset) => counter.locate(offset))).toEqual([
      { line: 1, column: 1 }, { line: 1, column: 2 }, { line: 2, column: 1 }, { line: 3, column: 1 }, { line: 4, column: 1 },
    ]);
  });
});
