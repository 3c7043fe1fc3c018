import { describe, expect, it } from "vitest";
import { jsonPath, parsePointer, pointer, printable, valueAt } from "./path";

describe("a JSON path", () => {
  it("is dotted, with brackets and quotes where an id has a dot", () => {
    expect(jsonPath()).toBe("$");
    expect(jsonPath("vms", "web-1", "nics")).toBe("$.vms.web-1.nics");
    expect(jsonPath("vms", "web.1", "nics")).toBe('$.vms["web.1"].nics');
    expect(jsonPath("vms", "a:b", "nics", "10")).toBe("$.vms.a:b.nics.10");
    expect(jsonPath("policy", "allow", 0, "from", 1)).toBe("$.policy.allow[0].from[1]");
  });

  it("stays one short printable line whatever the key", () => {
    expect(jsonPath("a\n\u001b[31m\"b")).toBe('$["a\\n\\u001b[31m\\"b"]');
    expect(jsonPath("")).toBe('$[""]');
    expect(jsonPath("x".repeat(1e6)).length).toBeLessThan(140);
  });
});

describe("a JSON Pointer", () => {
  it("escapes tilde and slash and reads back", () => {
    const keys = ["vms", "a/b", "c~d", "~1", ""];
    expect(pointer(...keys)).toBe("/vms/a~1b/c~0d/~01/");
    expect(parsePointer(pointer(...keys))).toEqual(keys);
    expect(parsePointer("")).toEqual([]);
  });

  it.each(["vms", "/a~", "/a~2"])("is none: %j", (text) => expect(parsePointer(text)).toBeUndefined());
});

describe("printable text", () => {
  it("has no control characters, direction marks or lone surrogates, and keeps all others", () => {
    expect(printable("a\u0000\u001b\u009b\u202e\ud800é😀")).toBe("a\\u0000\\u001b\\u009b\\u202e\\ud800é😀");
  });
});

describe("the value at a path", () => {
  it("is found through objects and lists, and is undefined where anything on the way is absent or inherited", () => {
    const value = { vms: { a: { tags: ["web", "dmz"] } } };
    expect(valueAt(value, ["vms", "a", "tags", 1])).toBe("dmz");
    expect(valueAt(value, [])).toBe(value);
    expect([valueAt(value, ["vms", "b", "tags"]), valueAt(value, ["vms", "a", "tags", "9", "x"]), valueAt(value, ["constructor"]), valueAt(undefined, ["vms"])]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
