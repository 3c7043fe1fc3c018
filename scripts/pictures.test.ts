/** The pictures of the user guide: each is there, small, shown, and made by a journey. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";

const MOST_BYTES = 150_000;
const guide = readFileSync("docs/guide.md", "utf8");
const shown = [...guide.matchAll(/!\[([^\]]*)\]\(images\/([a-z-]+)\.png\)/g)].map(([, alt = "", name = ""]) => ({ alt, name }));
const journeys = readdirSync("e2e").filter((name) => name.endsWith(".spec.ts")).map((name) => readFileSync(`e2e/${name}`, "utf8"));
const made = journeys.flatMap((text) => [...text.matchAll(/\bpicture\(\w+(?:\.\w+)?, \w+(?:\.\w+)?, "([a-z-]+)"\)/g)].map(([, name = ""]) => name));

describe("the pictures of the guide", () => {
  it("are those in docs/images, each made by one journey", () => {
    const files = readdirSync("docs/images").filter((name) => name.endsWith(".png")).map((name) => name.slice(0, -4));
    expect(shown.map(({ name }) => name).sort()).toEqual(files.sort());
    expect([...made].sort()).toEqual(files.sort());
  });

  it("are small and have words for who cannot see them", () => {
    expect(shown.filter(({ name }) => statSync(`docs/images/${name}.png`).size > MOST_BYTES).map(({ name }) => name)).toEqual([]);
    expect(shown.filter(({ alt }) => alt.length < 20)).toEqual([]);
  });
});
