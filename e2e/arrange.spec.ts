/** Arranging: what would come of it is seen before anything is moved. */
import type { Locator, Page } from "@playwright/test";
import { analysed, drag, middle, thing } from "./drawing";
import { choose, expect, menuItem, test } from "./fixtures";
import { picture } from "./pictures";

function bar(page: Page): Locator {
  return page.getByRole("region", { name: "Arrange" });
}

/** Where things are in the picture, whatever the camera shows. */
async function places(page: Page): Promise<Record<string, string>> {
  return page.locator(".react-flow__node").evaluateAll((nodes) => Object.fromEntries(nodes.map((node) => [node.getAttribute("data-id") ?? "", (node as HTMLElement).style.transform])));
}

/** Pairs of hosts that lie on one another on the screen. */
async function overlapping(page: Page): Promise<string[]> {
  return page.locator(".react-flow__node.thing-host, .react-flow__node.thing-physicalSwitch, .react-flow__node.thing-externalNetwork").evaluateAll((nodes) => {
    const boxes = nodes.map((node) => ({ id: node.getAttribute("data-id") ?? "", box: node.getBoundingClientRect() }));
    return boxes.flatMap(({ id, box: a }, index) => boxes.slice(index + 1).filter(({ box: b }) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).map((other) => `${id} ${other.id}`));
  });
}

test("arrange: the layers are seen, Escape leaves all as it was, Apply is one step that undo takes back", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  const before = await places(page);
  await choose(app, "edit.arrange");
  await expect(bar(page)).toContainText("Nothing would move");
  await expect(bar(page).getByRole("button", { name: "Apply" })).toBeDisabled();
  await bar(page).getByRole("radio", { name: "Layered by cables" }).click();
  await expect(bar(page)).toContainText(/This is a preview. \d+ things would move./);
  await expect.poll(() => places(page)).not.toEqual(before);
  const layered = await places(page);
  expect(await overlapping(page)).toEqual([]);
  await picture(app, page, "arrange");
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.enabled).toBe(false);
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect.poll(() => places(page)).toEqual(before);

  await choose(app, "edit.arrange");
  await bar(page).getByRole("radio", { name: "Layered by cables" }).click();
  await bar(page).getByRole("button", { name: "Apply" }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect.poll(() => places(page)).toEqual(layered);
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: arrange in layers");
  await choose(app, "edit.undo");
  await expect.poll(() => places(page)).toEqual(before);
});

test("what is dragged is drawn into line with what is beside it, and lines show with what; let go, they are gone", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  await thing(page, "internet").click();
  await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("Internet");
  const neighbour = await middle(thing(page, "tor-1"));
  const from = await middle(thing(page, "internet"));
  const guides = page.locator(".guide");
  await expect(guides).toHaveCount(0);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // It follows from where the hand was when it had gone far enough to be one that drags.
  await page.mouse.move(from.x - 4, from.y);
  await page.mouse.move(neighbour.x - 4, neighbour.y - 150);
  await expect(guides).not.toHaveCount(0);
  await page.mouse.up();
  await expect(guides).toHaveCount(0);
  await expect.poll(async () => Math.abs((await middle(thing(page, "internet"))).x - (await middle(thing(page, "tor-1"))).x)).toBeLessThan(0.5);
});

test("what is placed from the palette is outlined where it would stand, and drawn into line like what is dragged", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  const item = await middle(page.getByRole("navigation", { name: "Palette" }).getByRole("button", { name: "Physical switch", exact: true }));
  const across = (id: string): Promise<string | undefined> => thing(page, id).evaluate((element) => /translate\(([^,]+),/.exec((element as HTMLElement).style.transform)?.[1]);
  const before = await across("tor-1");
  const box = await thing(page, "tor-1").boundingBox();
  if (box === null) throw new Error("tor-1 is not on the screen");
  const guides = page.locator(".guide"), outline = page.locator(".coming");
  await page.mouse.move(item.x, item.y);
  await page.mouse.down();
  await page.mouse.move(item.x + 40, item.y);
  await expect(outline).toHaveCount(0);
  // The hand holds it by its title.
  const zoom = Number(await page.locator(".canvas").evaluate((element) => getComputedStyle(element).getPropertyValue("--zoom")));
  await page.mouse.move(box.x + 64 * zoom + 1, box.y - 150, { steps: 3 });
  await expect(guides).not.toHaveCount(0);
  const coming = await outline.boundingBox();
  expect(Math.abs((coming?.x ?? NaN) - box.x)).toBeLessThan(2);
  await page.mouse.up();
  await expect(guides).toHaveCount(0);
  await expect(outline).toHaveCount(0);
  // What nobody has placed may stand elsewhere now, and the camera too.
  await expect.poll(() => across("tor-2")).toBe(before);
});

test("arrange: what was placed by hand stays unless one says otherwise, and a selection is arranged alone", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const from = await middle(thing(page, "tor-1"));
  await drag(page, from, { x: from.x + 120, y: from.y + 24 });
  const cardFrom = await middle(thing(page, "a-web"));
  await drag(page, cardFrom, { x: cardFrom.x + 24, y: cardFrom.y + 32 });
  await page.keyboard.press("Escape");
  const moved = await places(page);
  await choose(app, "edit.arrange");
  const keep = bar(page).getByRole("switch", { name: "Keep what I placed by hand" });
  await expect(keep).toBeChecked();
  expect((await places(page))["tor-1"]).toBe(moved["tor-1"]);
  await keep.click();
  await expect(bar(page)).toContainText("2 of them placed by hand");
  await expect.poll(async () => (await places(page))["tor-1"]).not.toBe(moved["tor-1"]);
  await page.keyboard.press("Escape");
  await expect.poll(() => places(page)).toEqual(moved);

  await thing(page, "rack1-srv1").or(thing(page, "host-1")).first().click({ position: { x: 60, y: 8 } });
  await choose(app, "edit.arrange");
  await expect(bar(page).getByRole("radio", { name: "Selection" })).toBeChecked();
  await bar(page).getByRole("switch").click();
  await bar(page).getByRole("button", { name: "Apply" }).click();
  await expect.poll(async () => (await places(page))["a-web"]).not.toBe(moved["a-web"]);
  expect((await places(page))["tor-1"]).toBe(moved["tor-1"]);
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: arrange the selection in a grid");
});
