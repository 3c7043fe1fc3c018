import { Menu } from "electron";
import { menuTemplate, type MenuInput } from "./menu-template";

/** A burst of changes, as while one drags, makes one menu. */
const SETTLE_MS = 60;

/** Keeps the menu bar in step with the window that has the focus. */
export class MenuBar {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly input: () => MenuInput) {}

  /** Asks for a menu of what `input` says by then. */
  refresh(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(this.input())));
    }, SETTLE_MS);
  }
}
