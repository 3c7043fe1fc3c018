/** Inventory in, through the menus and the system's own dialogs. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { analysed, drop, newDocument, place, saveAs, thing } from "./drawing";
import { answerOpenDialog, choose, expect, menuItem, test } from "./fixtures";
import { picture } from "./pictures";

const DOMAIN = `<domain type="kvm">
  <name>shop-web</name>
  <memory unit="MiB">2048</memory>
  <vcpu>2</vcpu>
  <frobnicate level="11"/>
  <devices>
    <interface type="network">
      <mac address="52:54:00:00:00:01"/>
      <source network="tenants"/>
      <model type="virtio"/>
    </interface>
  </devices>
</domain>
`;
const NETWORK = `<network>
  <name>tenants</name>
  <forward mode="bridge"/>
  <bridge name="br0"/>
</network>
`;

const CORPUS = join(import.meta.dirname, "../../shared/corpus/libvirt");

test("libvirt XML becomes a network that is drawn and analysed, and the report says what was taken over", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const files = [["shop-web.xml", DOMAIN], ["tenants.xml", NETWORK]].map(([name = "", text = ""]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  await answerOpenDialog(app, ...files);
  await choose(app, "file.import");
  const report = page.getByRole("dialog", { name: "Imported 2 files" });
  await expect(report).toContainText("Taken over");
  await expect(report).toContainText("frobnicate");
  await picture(app, page, "import");
  await report.getByRole("button", { name: "Show the network" }).click();
  await expect(page.locator('.react-flow__node[aria-label^="VM shop-web"]')).toBeVisible();
  await analysed(page);
  const document = await saveAs(app, page, join(folder, "imported.bulkhead.json"));
  const [vm] = Object.values(document["vms"] ?? {}) as { name?: string; nics?: object }[];
  expect(vm?.name).toBe("shop-web");
  expect(JSON.stringify(vm?.nics)).toMatch(/52:54:00:00:00:01/i);
});

test("a file that is no inventory is refused, and the document stays", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  writeFileSync(join(folder, "broken.xml"), "<domain><name>x</domain>");
  await answerOpenDialog(app, join(folder, "broken.xml"));
  await choose(app, "file.import");
  const refused = page.getByRole("dialog", { name: /broken\.xml/ });
  await expect(refused).toContainText("What can be imported: libvirt XML");
  await page.keyboard.press("Escape");
  await expect(refused).toHaveCount(0);
  await expect(thing(page, "a-web")).toBeVisible();
});

test("inventories dropped on a window that holds work are imported together in a window of its own", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await newDocument({ app, page });
  await drop(page, "Hypervisor", await place(page, 0.5, 0.5));
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.enabled).toBe(true);
  writeFileSync(join(folder, "shop-web.xml"), DOMAIN);
  writeFileSync(join(folder, "tenants.xml"), NETWORK);
  // Only files that were chosen have a path in the program.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("input"), { type: "file", multiple: true, id: "dropped" })));
  await page.locator("#dropped").setInputFiles([join(folder, "shop-web.xml"), join(folder, "tenants.xml")]);
  const opened = app.waitForEvent("window");
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>("#dropped");
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    window.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  const second = await opened;
  await expect(second.getByRole("dialog", { name: "Imported 2 files" })).toContainText("Taken over");
  await second.getByRole("button", { name: "Show the network" }).click();
  await expect(second.locator('.react-flow__node[aria-label^="VM shop-web"]')).toBeVisible();
  await expect(thing(page, "esx-1")).toBeVisible();
});

test("real domains, networks and filters are imported", async ({ launch }) => {
  test.skip(!existsSync(CORPUS), "needs ../shared/corpus/libvirt");
  const { app, page } = await launch();
  await analysed(page);
  const names = ["virt-manager/change-nics-in.xml", "virt-manager/network-multi-in.xml", "vdsm/testSRiovVm.xml", "networks/openvswitch-net.xml", "nwfilter/tcp-test.xml"];
  await answerOpenDialog(app, ...names.map((name) => join(CORPUS, name)));
  await choose(app, "file.import");
  const report = page.getByRole("dialog", { name: "Imported 5 files" });
  await expect(report).toContainText("Taken over");
  await report.getByRole("button", { name: "Show the network" }).click();
  await expect(page.locator(".react-flow__node.thing-vm").first()).toBeVisible();
  await analysed(page);
});
