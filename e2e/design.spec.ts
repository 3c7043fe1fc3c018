/** A newcomer draws a network with the mouse. What the document holds is read from the file that is saved. */
import { join } from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { analysed, drag, drop, fill, findingOf, hint, inspector, middle, newDocument, paletteItem, place, pull, rulesShown, saveAs, saved, thing, toasts } from "./drawing";
import { choose, expect, menuItem, test } from "./fixtures";
import { picture } from "./pictures";

/** The two hosts of the flawed scenario with everything shared, drawn from nothing. */
async function drawScenario(page: Page): Promise<void> {
  await drop(page, "Hypervisor", await place(page, 0.25, 0.25));
  await drop(page, "Hypervisor", await place(page, 0.7, 0.25));
  await drop(page, "Virtual switch", await middle(thing(page, "esx-1")));
  await drop(page, "Virtual switch", await middle(thing(page, "esx-2")));
  await drop(page, "Port group", await middle(thing(page, "esx-1-vswitch0")));
  await page.keyboard.press("F2");
  await page.keyboard.type("Production");
  await page.keyboard.press("Enter");
  await drop(page, "Port group", await middle(thing(page, "esx-2-vswitch0")));
  await drop(page, "Physical switch", await place(page, 0.5, 0.85));
  await pull(page, "esx-1-vswitch0", "bottom", await middle(thing(page, "tor-1")));
  await pull(page, "esx-2-vswitch0", "bottom", await middle(thing(page, "tor-1")));
  for (const tenant of ["Tenant A", "Tenant B"]) {
    await page.getByRole("button", { name: "+ Add tenant" }).click();
    await expect(page.getByRole("group", { name: "Tenants" }).getByRole("button", { name: tenant })).toHaveAttribute("aria-pressed", "true");
    for (const host of ["esx-1", "esx-2"]) await drop(page, "VM", await middle(thing(page, host), 0.1));
  }
  for (const host of ["esx-1", "esx-2"]) await drop(page, "Management", await middle(thing(page, host), 0.1));
}

/** What the Edit menu would take back. */
async function undoIs(app: ElectronApplication, label: string | RegExp): Promise<void> {
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toEqual(typeof label === "string" ? label : expect.stringMatching(label));
}

const ACCESS_100 = { mode: "access", id: 100 };

test("a template begins a new network, here or in another window, and its picture is seen before", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  await choose(app, "file.newFrom");
  const gallery = page.getByRole("dialog", { name: "New from a sample or a template" });
  for (const name of [/^ESXi host/, /^Three-tier tenant/, /^Hosting cluster/, /isolated/, /^Shop/]) await expect(gallery.getByRole("button", { name }).locator("svg rect").first()).toBeAttached();
  await picture(app, page, "gallery");
  await gallery.getByRole("button", { name: /^Hosting cluster/ }).click();
  await expect(gallery).toHaveCount(0);
  await expect(page.locator(".react-flow__node.thing-host")).toHaveCount(2);
  await analysed(page);
  expect(Object.keys((await saveAs(app, page, join(folder, "cluster.bulkhead.json")))["hosts"] ?? {})).toHaveLength(2);
  await choose(app, "file.newFrom");
  const [other] = await Promise.all([app.waitForEvent("window"), gallery.getByRole("button", { name: /^Three-tier/ }).click()]);
  await expect(other.locator(".react-flow__node.thing-firewall")).toHaveCount(1);
  await expect(page.locator(".react-flow__node.thing-host")).toHaveCount(2);
});

test("draws the flawed scenario from nothing, sees the red path, cuts it, takes that back, saves and opens again", async ({ launch, folder }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  await drawScenario(page);
  await expect.poll(() => rulesShown(page)).toEqual(expect.arrayContaining(["MGT-001", "NET-001"]));
  await picture(app, page, "draw");

  const path = join(folder, "drawn.bulkhead.json");
  const drawn = await saveAs(app, page, path);
  expect(drawn).toMatchObject({
    tenants: { "tenant-a": { name: "Tenant A" }, "tenant-b": { name: "Tenant B" } },
    hypervisors: { "esx-1": { host: "srv1", platform: "esxi" }, "esx-2": { host: "srv2", platform: "esxi" } },
    portGroups: {
      "network-100": { name: "Production", virtualSwitch: "esx-1-vswitch0", vlan: ACCESS_100 },
      production: { name: "Production", virtualSwitch: "esx-2-vswitch0", vlan: ACCESS_100 },
    },
    uplinks: { "esx-1-vmnic0": { physicalSwitch: "tor-1", hostNic: "vmnic0" }, "esx-2-vmnic0": { physicalSwitch: "tor-1", hostNic: "vmnic0" } },
    vms: {
      "a-1": { tenant: "tenant-a", hypervisor: "esx-1", nics: { eth0: { portGroup: "network-100" } } },
      "a-2": { tenant: "tenant-a", hypervisor: "esx-2", nics: { eth0: { portGroup: "production" } } },
      "b-1": { tenant: "tenant-b", hypervisor: "esx-1" },
      "b-2": { tenant: "tenant-b", hypervisor: "esx-2" },
    },
    managementInterfaces: { "esx-1-vmk0": { portGroup: "network-100" }, "esx-2-vmk0": { portGroup: "production" } },
  });

  await findingOf(page, "NET-001").click();
  await expect(page.locator(".layer-path-line path.path-violation")).toHaveAttribute("d", /^M/);
  await expect(page.getByRole("article", { name: /^Evidence of NET-001/ })).toContainText("Tenant A and Tenant B share the segment");
  await page.getByRole("region", { name: /^Fix: / }).first().getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => rulesShown(page)).not.toContain("NET-001");
  await expect(page.locator(".layer-path-line")).toHaveCount(0);
  await undoIs(app, /^Undo: fix NET-001: /);
  await choose(app, "edit.undo");
  await expect.poll(() => rulesShown(page)).toContain("NET-001");
  await choose(app, "edit.redo");
  await expect.poll(() => rulesShown(page)).not.toContain("NET-001");
  await choose(app, "file.save");
  await expect(page.getByText("saved", { exact: true })).toBeVisible();
  const fixed = saved(path);
  expect(fixed).not.toEqual(drawn);

  const again = await launch({ args: [path], profile: join(folder, "other profile") });
  await expect(thing(again.page, "a-1")).toBeVisible();
  await analysed(again.page);
  expect(await rulesShown(again.page)).not.toContain("NET-001");
  await expect(again.page.getByText("saved", { exact: true })).toBeVisible();
});

test("a drop that means nothing says why and changes nothing", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  await newDocument(running);
  const bare = await place(page, 0.5, 0.5);
  await drop(page, "VM", bare, () => expect(hint(page)).toHaveText("A VM runs on a hypervisor: add one first"));
  await expect(toasts(page)).toHaveText("A VM runs on a hypervisor: add one first");
  await drop(page, "Port group", bare, () => expect(hint(page)).toContainText("A port group is a part of a virtual switch"));
  await expect(page.locator(".react-flow__node")).toHaveCount(0);
  await expect(page.getByText("Empty document")).toBeVisible();
  // Nobody is said not to reach what is not there.
  await expect(page.getByText("No management described")).toBeVisible();
});

test("a key and a click place a thing; Escape puts the tool away", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  await newDocument(running);
  await page.keyboard.press("h");
  await expect(paletteItem(page, "Hypervisor")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(paletteItem(page, "Hypervisor")).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("h");
  const at = await place(page, 0.4, 0.4);
  await page.mouse.click(at.x, at.y);
  await expect(thing(page, "esx-1")).toBeVisible();
  await expect(paletteItem(page, "Hypervisor")).toHaveAttribute("aria-pressed", "false");
  await expect(inspector(page)).toContainText("esx-1");
});

test("a new tenant is named at once; going on to another leaves the VM placed last with its own, the menu gives it away", async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  const tenants = page.getByRole("group", { name: "Tenants" });
  for (const name of ["Zeta 10", "Zeta 9"]) {
    await page.getByRole("button", { name: "+ Add tenant" }).click();
    await expect(inspector(page).getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await expect(tenants.getByRole("button", { name })).toBeVisible();
  }
  await expect(tenants.getByRole("button")).toHaveText([/^Zeta 9/, /^Zeta 10/, "+ Add tenant"]);
  await drop(page, "Hypervisor", await place(page, 0.4, 0.3));
  await tenants.getByRole("button", { name: "Zeta 10" }).click();
  await drop(page, "VM", await middle(thing(page, "esx-1")));
  const vm = page.locator(".react-flow__node.thing-vm");
  await expect(vm).toHaveAttribute("aria-label", /Zeta 10.*selected/);
  await tenants.getByRole("button", { name: "Zeta 9" }).click();
  await expect(tenants.getByRole("button", { name: "Zeta 9" })).toHaveAttribute("aria-pressed", "true");
  await expect(vm).toHaveAttribute("aria-label", /Zeta 10/);
  await tenants.getByRole("button", { name: "Zeta 9" }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Give It the Selected VMs" }).click();
  await expect(vm).toHaveAttribute("aria-label", /Zeta 9/);
  await undoIs(app, /^Undo: give .* to Zeta 9$/);
});

test("a VM dragged to the other hypervisor runs there; dragged within its own it is only placed", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const to = await middle(thing(page, "esx-2"), 0.08);
  await drag(page, await middle(thing(page, "a-web")), to, () => expect(hint(page)).toContainText("esx-2"));
  await undoIs(app, /^Undo: move a-web to esx-2/);
  expect(await saveAs(app, page, join(folder, "moved.bulkhead.json"))).toMatchObject({ vms: { "a-web": { hypervisor: "esx-2" } } });
  await choose(app, "edit.undo");
  expect(await saveAs(app, page, join(folder, "back.bulkhead.json"))).toMatchObject({ vms: { "a-web": { hypervisor: "esx-1" } } });
});

test("a cable where it means nothing says why; where it means something it is drawn", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").click();
  await pull(page, "a-web", "right", await middle(thing(page, "b-app")), () => expect(hint(page)).toContainText("Two VMs meet in a port group, not on a cable"));
  await expect(toasts(page)).toContainText("Two VMs meet in a port group");
  await thing(page, "a-web").click();
  await pull(page, "a-web", "bottom", await middle(thing(page, "tor-1")), () => expect(hint(page)).toContainText("through a port group and its switch's uplink"));
  await thing(page, "a-web").click();
  await pull(page, "a-web", "bottom", await middle(thing(page, "prod-1")), () => expect(hint(page)).toContainText("Connect a-web to Production"));
  const document = await saveAs(app, page, join(folder, "cable.bulkhead.json"));
  expect(document).toMatchObject({ vms: { "a-web": { nics: { eth0: { portGroup: "prod-1" }, eth1: { portGroup: "prod-1" } } } } });
});

test("the inspector takes a VLAN, refuses one that is none, and its steps have names", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "prod-1").click();
  const vlan = inspector(page).getByRole("textbox", { name: "VLAN", exact: true });
  await vlan.fill("5000");
  await expect(inspector(page).getByRole("alert")).toContainText("4094");
  await expect(vlan).toHaveAttribute("aria-invalid", "true");
  await vlan.press("Escape");
  await expect(vlan).toHaveValue("100");
  await fill(vlan, "20");
  await expect(thing(page, "prod-1")).toHaveAttribute("aria-label", /VLAN 20/);
  await undoIs(app, "Undo: set VLAN of Production to 20");
  await expect(vlan).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(vlan).toHaveValue("100");
  await expect.poll(async () => (await menuItem(app, "edit.redo"))?.label).toBe("Redo: set VLAN of Production to 20");
  await choose(app, "edit.redo");
  expect(await saveAs(app, page, join(folder, "vlan.bulkhead.json"))).toMatchObject({ portGroups: { "prod-1": { vlan: { mode: "access", id: 20 } } } });
});

test("a click on one of several that are selected selects it alone, and what is clicked or dragged after a cable takes its place", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await analysed(page);
  const title = inspector(page).getByRole("heading", { level: 2 });
  await thing(page, "a-web").click();
  for (const id of ["b-app", "a-db"]) await thing(page, id).click({ modifiers: ["Control"] });
  await expect(title).toHaveText("3 selected");
  await thing(page, "b-app").click({ modifiers: ["Control"] });
  await expect(title).toHaveText("2 selected");
  await thing(page, "a-db").click();
  await expect(title).toHaveText("a-db");

  const chooseCable = (): Promise<void> => page.locator('.cable[data-id="a-web/eth0"]').evaluate((cable) => { cable.dispatchEvent(new MouseEvent("click", { bubbles: true })); });
  await chooseCable();
  await expect(title).toHaveText("eth0 of a-web");
  await thing(page, "prod-1").click();
  await expect(title).toHaveText("Production");
  await chooseCable();
  const at = await middle(thing(page, "b-app"), 0.3);
  await drag(page, at, { x: at.x + 10, y: at.y + 60 });
  await expect(title).toHaveText("b-app");
  await choose(app, "edit.undo");
});

test("a flow that is added to the policy, or a rule, opens nothing until somebody says for whom it is", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await analysed(page);
  const pairs = page.getByText(/0 isolated, 2 violating/);
  await expect(pairs).toBeVisible();
  for (const list of ["Allowed flows", "Required flows"]) {
    await inspector(page).getByRole("button", { name: `Add to ${list}` }).click();
    await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(new RegExp(`${list}|${list.toLowerCase()}`));
  }
  // It is open, to be written.
  await expect(inspector(page).getByRole("button", { name: /^allow-1 nobody → nobody/ })).toHaveAttribute("aria-expanded", "true");
  await analysed(page);
  await expect(pairs).toBeVisible();
  const from = inspector(page).getByRole("combobox", { name: "Add to From" }).first();
  await from.fill("tenant:tenant-a");
  await from.press("Enter");
  await expect(inspector(page).getByRole("button", { name: /^allow-1 tenant:tenant-a → nobody/ })).toBeVisible();
  // A risk is accepted where its finding is.
  await expect(inspector(page).getByRole("button", { name: "Add to Accepted risks" })).toHaveCount(0);
  await thing(page, "edge").click();
  await inspector(page).getByRole("button", { name: "Add to Rules" }).click();
  await expect(inspector(page).getByRole("button", { name: /^r\d+ allow nobody → nobody/ })).toHaveAttribute("aria-expanded", "true");
});

test("copy and paste make another with its own id; deleting a hypervisor takes what runs on it along", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").click();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await undoIs(app, /^Undo: paste a-web/);
  const pasted = await saveAs(app, page, join(folder, "pasted.bulkhead.json"));
  expect(Object.keys(pasted["vms"] ?? {})).toHaveLength(5);
  await choose(app, "edit.undo");
  await thing(page, "esx-1").click({ position: { x: 60, y: 10 } });
  await expect(inspector(page)).toContainText("hypervisor");
  await page.keyboard.press("Delete");
  await expect(thing(page, "a-web")).toHaveCount(0);
  const left = await saveAs(app, page, join(folder, "deleted.bulkhead.json"));
  expect(Object.keys(left["hypervisors"] ?? {})).toEqual(["esx-2"]);
  expect(Object.keys(left["vms"] ?? {}).sort()).toEqual(["a-db", "b-db"]);
  expect(JSON.stringify(left)).not.toMatch(/"(esx-1|vsw-1|prod-1|a-web|b-app)"/);
  await choose(app, "edit.undo");
  await expect(thing(page, "a-web")).toBeVisible();
});
