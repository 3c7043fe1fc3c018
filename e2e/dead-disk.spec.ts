/** Files on a disk that does not answer: told of, waited for beside the work, given up. Not on the package, in which Node's file system cannot be another. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serious } from "./axe";
import { answerOpenDialog, choose, expect, menuItem, test, titles } from "./fixtures";

const PLAN = `{\n  "format": "bulkhead/1",\n  "name": "Plan"\n}\n`;

test("a start whose file does not answer says what it waits for, can be worked in, and shows the file once it answers", async ({ launch, folder }) => {
  const path = join(folder, "plan.bulkhead.json");
  writeFileSync(path, PLAN);
  const { app, page } = await launch({ args: [path], deadDisk: "plan.bulkhead" });
  const notice = page.getByRole("status").filter({ hasText: "takes longer than usual" });
  await expect(notice).toContainText("Reading plan.bulkhead.json takes longer than usual");
  expect(await serious(page)).toEqual([]);
  writeFileSync(`${path}.go`, "");
  await expect.poll(() => titles(app)).toEqual([expect.stringMatching(/^Plan/)]);
  await expect(notice).toHaveCount(0);
});

test("a file that does not answer takes no window that is worked in, and can be given up", async ({ launch, folder }) => {
  const path = join(folder, "plan.bulkhead.json"), other = join(folder, "other-plan.bulkhead.json");
  for (const one of [path, other]) writeFileSync(one, PLAN);
  const { app, page } = await launch({ args: [path], deadDisk: "plan.bulkhead" });
  const notice = page.getByRole("status").filter({ hasText: "takes longer than usual" });
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: "+ Add tenant" }).click();
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/add tenant/i);
  writeFileSync(`${path}.go`, "");
  await expect.poll(async () => (await titles(app)).sort()).toEqual([expect.stringMatching(/^Plan/), expect.stringMatching(/^•?\s*Untitled/)]);
  await expect(notice).toHaveCount(0);

  await answerOpenDialog(app, other);
  await page.bringToFront();
  await choose(app, "file.open");
  await notice.getByRole("button", { name: "Stop waiting" }).click();
  await expect(notice).toHaveCount(0);
  writeFileSync(`${other}.go`, "");
  await page.waitForTimeout(500);
  expect(await titles(app)).toHaveLength(2);
  await expect(page.getByRole("group", { name: "Tenants" }).getByRole("button", { name: "Tenant A" })).toBeVisible();
});
