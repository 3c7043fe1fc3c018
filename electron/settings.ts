import { join } from "node:path";
import { nativeTheme } from "electron";
import { z } from "zod";
import { DEFAULT_EXPORT, exportChoicesSchema, type ExportChoices } from "../shared/exports/choices";
import type { Settings, Theme } from "../shared/ipc";
import { StoredJson } from "./stored-json";
import { NORMAL, sizeBeside, TEXT_SIZES } from "./text-size";

const schema = z.object({
  theme: z.enum(["system", "light", "dark"]), toured: z.boolean().default(false), textSize: z.int().refine((size) => TEXT_SIZES.includes(size)).catch(NORMAL),
  exporting: exportChoicesSchema().catch(DEFAULT_EXPORT),
});

/** The user's preferences. The theme reaches the pages as `prefers-color-scheme`. */
export class SettingsStore {
  private readonly stored: StoredJson<Settings>;

  constructor(profileFolder: string) {
    this.stored = new StoredJson(join(profileFolder, "settings.json"), schema, { theme: "system", toured: false, textSize: NORMAL, exporting: DEFAULT_EXPORT });
    nativeTheme.themeSource = this.stored.value.theme;
  }

  get value(): Settings {
    return this.stored.value;
  }

  setTheme(theme: Theme): void {
    this.stored.set({ ...this.stored.value, theme });
    nativeTheme.themeSource = theme;
  }

  /** Larger text by 1, smaller by -1, and back to normal by 0. Answers the size there is now; at the last one it stays. */
  setTextSize(step: 1 | 0 | -1): number {
    const textSize = step === 0 ? NORMAL : (sizeBeside(this.value.textSize, step) ?? this.value.textSize);
    this.stored.set({ ...this.stored.value, textSize });
    return textSize;
  }

  setToured(toured: boolean): void {
    this.stored.set({ ...this.stored.value, toured });
  }

  setExporting(exporting: ExportChoices): void {
    this.stored.set({ ...this.stored.value, exporting });
  }

  async flush(): Promise<void> {
    await this.stored.flush();
  }
}
