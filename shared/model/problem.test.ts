import { describe, expect, it } from "vitest";
import { formatProblem, preview, problem } from "./problem";

describe("a problem", () => {
  it("is one line: where, what is wrong, the value, what would be right", () => {
    expect(formatProblem(problem("$.a", "wrong type", "a text", 5))).toBe("$.a: wrong type: 5; a text");
    expect(formatProblem(problem("$.a", "missing", "a text"))).toBe("$.a: missing; a text");
    expect(formatProblem(problem("$.vms.web-1.nic", 'unknown field, did you mean "nics"?', ""))).toBe('$.vms.web-1.nic: unknown field, did you mean "nics"?');
  });

  it("never brings control characters to a terminal", () => {
    expect(formatProblem(problem("$.a", "wrong", "right", "\u001b]0;x\u0007\n\u009b\u202e"))).toBe('$.a: wrong: "\\u001b]0;x\\u0007\\n\\u009b\\u202e"; right');
  });
});

describe("the offending value", () => {
  it("is JSON, cut to 80 characters", () => {
    expect(preview({ a: [1, "x", null, true] })).toBe('{"a":[1,"x",null,true]}');
    expect(preview("x".repeat(200))).toBe(`"${"x".repeat(78)}…`);
    expect(preview("x".repeat(78))).toBe(`"${"x".repeat(78)}"`);
    expect(preview("\u0001".repeat(200)).length).toBe(80);
    expect(preview("😀".repeat(100))).toMatch(/^"(😀){39}…$/u);
  });

  it("costs no more where it is huge", () => {
    const deep = Array.from({ length: 90 }).reduce<unknown>((inner) => [inner], Array.from({ length: 1_000_000 }, () => "x"));
    expect(preview(deep)).toBe(`${"[".repeat(79)}…`);
    expect(preview("\n".repeat(50_000_000)).length).toBe(80);
  });
});
