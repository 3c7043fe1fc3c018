/** A template is tried, read, applied as one step and taken back. */
import { join } from "node:path";
import { analysed, findingIds, saveAs, toasts } from "./drawing";
import { choose, expect, test } from "./fixtures";
import { picture } from "./pictures";

test("a segmentation template shows what it does before it is applied, is one step, and undo takes it back", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const before = await findingIds(page);
  const untouched = await saveAs(app, page, join(folder, "before.bulkhead.json"));
  await choose(app, "analysis.segmentation");
  const dialog = page.getByRole("dialog", { name: "Segmentation" });
  await expect(dialog.getByRole("status")).toContainText(/closes \d+ · opens \d+ · breaks 0/);
  await dialog.getByRole("button", { name: "Tenant isolation" }).click();
  await expect(dialog.getByRole("textbox", { name: "tenants" })).toHaveValue("tenant-a, tenant-b");
  await dialog.getByRole("textbox", { name: "vlans" }).fill("4095");
  await dialog.getByRole("textbox", { name: "vlans" }).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("is no VLAN");
  await expect(dialog.getByRole("button", { name: "Apply" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "vlans" }).fill("210, 220");
  await dialog.getByRole("textbox", { name: "vlans" }).press("Enter");
  await expect(dialog.getByRole("status")).toContainText(/closes [1-9]\d* · opens \d+ · breaks 0/);
  await expect(dialog).toContainText("tenant-a → tenant-b");
  await expect(dialog.getByRole("region", { name: "Rules of edge" })).toContainText("web-a: allow external:internet → vm:a-web tcp/443");
  await picture(app, page, "segmentation");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(toasts(page)).toContainText("Undo takes it back");
  await expect.poll(async () => (await findingIds(page)).some((id) => id.includes("NET-001"))).toBe(false);
  expect(await saveAs(app, page, join(folder, "after.bulkhead.json"))).toMatchObject({ portGroups: { "tenant-a-210": { vlan: { mode: "access", id: 210 } } } });
  await choose(app, "edit.undo");
  await expect.poll(() => findingIds(page)).toEqual(before);
  expect(await saveAs(app, page, join(folder, "undone.bulkhead.json"))).toEqual(untouched);
});
