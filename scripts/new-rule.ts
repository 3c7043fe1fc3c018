/**
 * Starts a rule: `npm run new:rule -- NET-011 dhcp-server` writes the rule, its test, and its lines in the index. Until it is written the
 * rule finds nothing, and its test fails to say so.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMain } from "./is-main";

export interface NewRule {
  readonly id: string;
  readonly slug: string;
}

/** The families of the catalogue, in its order. */
const FAMILIES = ["NET", "MGT", "SW", "VM", "HV", "RES", "FW", "INT", "MDL"];

/** Reads the two arguments; says what is wrong with them otherwise. */
export function readArguments([id = "", slug = ""]: readonly string[]): NewRule | string {
  const family = /^([A-Z]+)-\d{3}$/.exec(id)?.[1];
  if (family === undefined || !FAMILIES.includes(family)) return `"${id}" is no rule id; one is a family (${FAMILIES.join(", ")}), a hyphen and three digits, such as NET-011`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) return `"${slug}" is no slug; one is a few lower-case words joined by hyphens, such as dhcp-server`;
  return { id, slug };
}

/** `net011` for NET-011. */
function nameOf(id: string): string {
  return id.toLowerCase().replace("-", "");
}

export function ruleSource({ id, slug }: NewRule): string {
  return `import { entries } from "../model/topology";
import type { Draft, IsolationRule } from "./rule";

export const ${nameOf(id)}: IsolationRule = {
  id: "${id}",
  title: "${slug.charAt(0).toUpperCase()}${slug.slice(1).replaceAll("-", " ")}",
  severity: "medium",
  threat: "",
  condition: "",
  fix: "",
  commands: [],
  references: [],
  caveats: "",
  check({ topology }) {
    return entries(topology, "portGroups").flatMap((): Draft[] => []);
  },
};
`;
}

export function testSource({ id, slug }: NewRule): string {
  const name = nameOf(id);
  return `import { describe, expect, it } from "vitest";
import { access, draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { ${name} } from "./${id}-${slug}";

const drawing = () => draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10)).vm("a1", "hv", "pg", { tenant: "a" });

describe("${id}", () => {
  it("says what it is about", () => {
    expect([${name}.threat, ${name}.condition, ${name}.fix]).not.toContain("");
  });

  it("finds what it is for, and closes it", () => {
    expect(severities(${name}, drawing().build())).toEqual({ pg: "medium" });
    expect(closingFixes(${name}, drawing().build()).pg).not.toEqual([]);
  });

  it("finds nothing where all is well, and nothing where it is not known", () => {
    expect(run(${name}, draw().build())).toEqual([]);
  });
});
`;
}

/** The index with the rule's import and its place in the list, after the last rule that comes before it in the catalogue. */
export function addToIndex(index: string, rule: NewRule): string {
  const lines = index.split("\n");
  const name = nameOf(rule.id);
  const imported = `import { ${name} } from "./${rule.id}-${rule.slug}";`;
  const imports = lines.flatMap((line, at) => {
    const found = /^import \{ \w+ \} from "\.\/([A-Z]+-\d{3})-/.exec(line)?.[1];
    return found === undefined ? [] : [{ id: found, at }];
  });
  const before = imports.filter(({ id }) => compareRules(id, rule.id) < 0).at(-1);
  if (imports.some(({ id }) => id === rule.id)) throw new Error(`${rule.id} is in the index already; ids are never used again`);
  lines.splice((before?.at ?? (imports[0]?.at ?? lines.length) - 1) + 1, 0, imported);
  const text = lines.join("\n");
  if (before !== undefined) return text.replace(new RegExp(`(\\n  (?:\\w+, )*${nameOf(before.id)},)`), sameFamily(before.id, rule.id) ? `$1 ${name},` : `$1\n  ${name},`);
  return text.replace(/(RULES: readonly IsolationRule\[\] = \[\n)/, `$1  ${name},\n`);
}

function sameFamily(a: string, b: string): boolean {
  return a.split("-")[0] === b.split("-")[0];
}

function compareRules(a: string, b: string): number {
  const place = (id: string): number => FAMILIES.indexOf(id.split("-")[0] ?? "") * 1000 + Number(id.split("-")[1]);
  return place(a) - place(b);
}

function main(argv: readonly string[]): number {
  const rule = readArguments(argv);
  if (typeof rule === "string") {
    console.error(rule);
    return 2;
  }
  const folder = fileURLToPath(new URL("../shared/rules/", import.meta.url));
  const source = join(folder, `${rule.id}-${rule.slug}.ts`);
  if (existsSync(source)) {
    console.error(`${source} exists already`);
    return 2;
  }
  const index = addToIndex(readFileSync(join(folder, "index.ts"), "utf8"), rule);
  writeFileSync(source, ruleSource(rule));
  writeFileSync(source.replace(/\.ts$/, ".test.ts"), testSource(rule));
  writeFileSync(join(folder, "index.ts"), index);
  console.log(`Started ${source} with its test. Next: write both, name the rule in shared/rules/coverage.ts, run npm run docs.`);
  return 0;
}

if (isMain(import.meta.url)) process.exitCode = main(process.argv.slice(2));
