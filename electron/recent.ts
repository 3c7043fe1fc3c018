import { homedir } from "node:os";
import { basename, dirname, join, sep } from "node:path";
import { z } from "zod";
import type { RecentFile } from "../shared/ipc";
import { StoredJson } from "./stored-json";

const LIMIT = 10;

/** The files last opened or saved, latest first. Paths stay here; windows see names and places in the list. */
export class RecentFiles {
  private readonly stored: StoredJson<string[]>;

  constructor(profileFolder: string) {
    this.stored = new StoredJson(join(profileFolder, "recent.json"), z.array(z.string().max(4096)).max(LIMIT), []);
  }

  list(): RecentFile[] {
    return this.stored.value.map((path) => ({ name: basename(path), folder: forPeople(dirname(path)) }));
  }

  pathAt(index: number): string | undefined {
    return this.stored.value[index];
  }

  add(path: string): void {
    this.stored.set([path, ...this.stored.value.filter((other) => other !== path)].slice(0, LIMIT));
  }

  remove(path: string): void {
    this.stored.set(this.stored.value.filter((other) => other !== path));
  }

  async flush(): Promise<void> {
    await this.stored.flush();
  }
}

function forPeople(folder: string): string {
  const home = homedir();
  if (folder === home) return "~";
  return folder.startsWith(home + sep) ? `~${folder.slice(home.length)}` : folder;
}
