import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, it, vi } from "vitest";
import { COMMAND_IDS, commandSpec } from "../shared/commands";
import { menuTemplate, type MenuInput } from "./menu-template";

const input: MenuInput = {
  platform: "linux",
  state: { title: "x", dirty: false, undo: null, redo: null, disabled: [], checked: [] },
  settings: { theme: "dark", textSize: 100 },
  recent: [],
  samples: [],
  run: () => undefined,
};

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

const item = (given: Partial<MenuInput>, id: string): MenuItemConstructorOptions | undefined => flat(menuTemplate({ ...input, ...given })).find((one) => one.id === id);

describe("menuTemplate", () => {
  it("has every command once", () => {
    const ids = flat(menuTemplate(input)).flatMap(({ id }) => id ?? []);
    expect(ids.sort()).toEqual([...COMMAND_IDS].sort());
  });

  it("gives no key to two commands", () => {
    const keys = COMMAND_IDS.flatMap((id) => commandSpec(id).keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("only shows the keys that mean something while one types", () => {
    expect(item({}, "edit.copy")).toMatchObject({ accelerator: "CmdOrCtrl+C", registerAccelerator: false });
    expect(item({}, "file.save")).toMatchObject({ accelerator: "CmdOrCtrl+S", registerAccelerator: true });
  });

  it("names the step that undo takes back and keeps & as it is", () => {
    const state: MenuInput["state"] = { ...input.state, undo: "rename R&D", disabled: ["edit.redo"] };
    expect(item({ state }, "edit.undo")).toMatchObject({ label: "Undo: rename R&&D", enabled: true });
    expect(item({ state }, "edit.redo")).toMatchObject({ label: "Redo", enabled: false });
  });

  it("disables and ticks what the window says", () => {
    const state = { ...input.state, disabled: ["edit.cut"] as const, checked: ["view.matrix", "view.lens.trust"] as const };
    expect(item({ state }, "edit.cut")).toMatchObject({ enabled: false });
    expect(item({ state }, "view.matrix")).toMatchObject({ type: "checkbox", checked: true });
    expect(item({ state }, "view.lens.trust")).toMatchObject({ type: "radio", checked: true });
    expect(item({ state }, "view.lens.tenants")).toMatchObject({ checked: false });
    expect(item({ state }, "view.theme.dark")).toMatchObject({ checked: true });
  });

  it("offers larger and smaller text as far as it goes", () => {
    const at = (textSize: number) => ["view.text.larger", "view.text.smaller"].map((id) => item({ settings: { theme: "dark", textSize } }, id)?.enabled);
    expect(at(100)).toEqual([true, true]);
    expect(at(200)).toEqual([false, true]);
    expect(at(80)).toEqual([true, false]);
  });

  it("lists recent files by place and samples by name", () => {
    const run = vi.fn();
    const recent = [{ name: "a&b.bulkhead.json", folder: "~/nets" }];
    const items = flat(menuTemplate({ ...input, run, recent, samples: [{ name: "three-tier", title: "Three tiers" }] }));
    const file = items.find((one) => one.label === "a&&b.bulkhead.json — ~/nets");
    const sample = items.find((one) => one.label === "Three tiers");
    for (const one of [file, sample]) Reflect.apply(one?.click ?? expect.fail, undefined, []);
    expect(run.mock.calls).toEqual([[{ id: "file.openRecent", index: 0 }], [{ id: "help.openSample", name: "three-tier" }]]);
  });

  it("disables a list that is empty", () => {
    expect(flat(menuTemplate(input)).find((one) => one.label === "Open Recent")).toMatchObject({ enabled: false });
  });

  it("leaves Quit to the program's own menu on macOS", () => {
    expect(item({ platform: "darwin" }, "app.quit")).toBeUndefined();
    expect(menuTemplate({ ...input, platform: "darwin" })[0]).toEqual({ role: "appMenu" });
  });
});
