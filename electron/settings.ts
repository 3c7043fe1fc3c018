import { join } from "node:path";
import { nativeTheme } from "electron";
import { z } from "zod";
import type { Settings, Theme } from "../shared/ipc";
import { StoredJson } from "./stored-json";

const schema = z.object({ theme: z.enum(["system", "light", "dark"]), toured: z.boolean().default(false) });

/** The user's preferences. The theme reaches the pages as `prefers-color-scheme`. */
export class SettingsStore {
  private readonly stored: StoredJson<Settings>;

  constructor(profileFolder: string) {
    this.stored = new StoredJson(join(profileFolder, "settings.json"), schema, { theme: "system", toured: false });
    nativeTheme.themeSource = this.stored.value.theme;
  }

  get value(): Settings {
    return this.stored.value;
  }

  setTheme(theme: Theme): void {
    this.stored.set({ ...this.stored.value, theme });
    nativeTheme.themeSource = theme;
  }

  setToured(toured: boolean): void {
    this.stored.set({ ...this.stored.value, toured });
  }

  async flush(): Promise<void> {
    await this.stored.flush();
  }
}
