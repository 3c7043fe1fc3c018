/** An organisation's own rules: the file beside the document is read, followed, and told of where it is wrong. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serious } from "./axe";
import { analysed, findingIds, findingOf, pick, saveAs, toasts } from "./drawing";
import { expect, test } from "./fixtures";

const SAMPLE = "assets/samples/flawed-scenario.bulkhead.json";

const clipboard = {
  id: "X-CLIP-1", title: "Clipboard of a tenant with sensitive data", severity: "critical", select: ["vm"], when: { field: "guest.clipboard", equals: true },
  text: "What is on the screen of tenant A stays there.", fix: "Turn it off, and tell the owner.", references: ["House rule 4"],
};
const text = (...rules: readonly object[]): string => JSON.stringify({ format: "bulkhead-rules/1", rules });

test("rules beside the document are checked like the catalogue's, with their page; a changed file is read again", async ({ launch, folder }) => {
  const [document, rules] = [join(folder, "net.bulkhead.json"), join(folder, "net.rules.json")];
  copyFileSync(SAMPLE, document);
  writeFileSync(rules, text(clipboard));
  const { page } = await launch({ args: [document] });
  await analysed(page);
  await pick(page, page.getByRole("region", { name: "Findings" }), "Grouping", "Group: rule");
  const own = async (): Promise<string[]> => (await findingIds(page)).filter((id) => id.startsWith("X-")).sort();
  expect(await own()).toEqual(["X-CLIP-1:a-db", "X-CLIP-1:a-web", "X-CLIP-1:b-app", "X-CLIP-1:b-db"]);

  await findingOf(page, "X-CLIP-1").click();
  const evidence = page.getByRole("article", { name: /^Evidence of X-CLIP-1/ });
  await expect(evidence).toContainText("What is on the screen of tenant A stays there.");
  await evidence.getByRole("button", { name: "About X-CLIP-1…" }).click();
  const about = page.getByRole("dialog", { name: "X-CLIP-1 · Clipboard of a tenant with sensitive data" });
  await expect(about).toContainText("Turn it off, and tell the owner.");
  await expect(about).toContainText("A rule of this organisation's, from net.rules.json.");
  await expect(about).toContainText("House rule 4");
  await page.keyboard.press("Escape");

  writeFileSync(rules, text(clipboard, { ...clipboard, id: "X-CLIP-2", select: ["tenant:tenant-b"] }));
  await expect.poll(own).toContain("X-CLIP-2:b-db");
  await expect(toasts(page)).toContainText("net.rules.json has changed on disk and was read again.");
  rmSync(rules);
  await expect.poll(own).toEqual([]);
});

test("a bad file of rules says what is wrong and where, and the document opens all the same", async ({ launch, folder }) => {
  const [document, rules] = [join(folder, "net.bulkhead.json"), join(folder, "net.rules.json")];
  copyFileSync(SAMPLE, document);
  writeFileSync(rules, text(clipboard, { ...clipboard, id: "X-B", when: { field: "guest.clipbord", equals: true } }));
  const { page } = await launch({ args: [document] });
  await analysed(page);
  const notice = page.locator(".rules-notice");
  await expect(notice).toContainText("net.rules.json is not used: none of its rules is checked until it is mended.");
  await expect(notice).toContainText('$.rules[1].when.field: no field "clipbord" there, did you mean "clipboard"?');
  await expect(findingOf(page, "NET-001")).toBeVisible();
  await expect(findingOf(page, "X-CLIP-1")).toHaveCount(0);
  expect(await serious(page)).toEqual([]);

  writeFileSync(rules, text(clipboard, { ...clipboard, id: "X-B", when: { reachedBy: ["tenant:tenant-c"] } }));
  await expect(notice).toContainText("asks for what this document does not have: 1 of its 2 rules is not checked.");
  await expect(notice).toContainText('$.rules[1].when.reachedBy[0]: names nothing in $.tenants: "tenant:tenant-c"');
  await expect(findingOf(page, "X-CLIP-1")).toBeVisible();
  writeFileSync(rules, text(clipboard));
  await expect(notice).toHaveCount(0);
});

test("a document saved elsewhere is judged by the rules that lie there, and a sample by none", async ({ launch, folder }) => {
  const other = join(folder, "other");
  mkdirSync(other);
  writeFileSync(join(other, "net.rules.json"), text(clipboard));
  const { app, page } = await launch();
  await analysed(page);
  await expect(findingOf(page, "X-CLIP-1")).toHaveCount(0);
  await saveAs(app, page, join(other, "net.bulkhead.json"));
  await expect(findingOf(page, "X-CLIP-1")).toBeVisible();
});
