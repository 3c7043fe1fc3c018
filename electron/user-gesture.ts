/** What a page may do only when the user has just asked for it. */

/** Browsers let a page do such things for as long after a key or a click. */
const LASTS_MS = 5000;

/** Kinds of input by which people ask for something; moving the pointer or scrolling is none. */
const ASKING: ReadonlySet<string> = new Set(["rawKeyDown", "keyDown", "mouseDown", "mouseUp", "touchEnd", "gestureTap"]);

/** The last key, click or choice in the menu in a window, which allows one thing. */
export class UserGesture {
  private at = -Infinity;

  /** @param now a clock in milliseconds that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Tells of an input event of the window, by its type. */
  saw(type: string): void {
    if (ASKING.has(type)) this.made();
  }

  made(): void {
    this.at = this.now();
  }

  /** True once after a gesture, and for a few seconds only. */
  use(): boolean {
    const isRecent = this.now() - this.at <= LASTS_MS;
    this.at = -Infinity;
    return isRecent;
  }
}
