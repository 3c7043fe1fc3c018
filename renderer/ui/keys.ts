/** Accelerators in Electron's syntax, as people read them and as key events are matched with them. */

const isMac = typeof navigator !== "undefined" && navigator.userAgent.includes("Mac OS");

const WORDS: Readonly<Record<string, string>> = isMac
  ? { CmdOrCtrl: "⌘", Shift: "⇧", Alt: "⌥", Delete: "⌫" }
  : { CmdOrCtrl: "Ctrl", Delete: "Del" };

/** `CmdOrCtrl+Shift+S` as `Ctrl+Shift+S`, or `⌘⇧S` on a Mac. */
export function keyCaps(accelerator: string): string {
  return accelerator.split("+").map((part) => WORDS[part] ?? part).join(isMac ? "" : "+");
}

/** Whether a key event is this accelerator, no more and no fewer modifiers. */
export function matchesKeys(event: KeyboardEvent, accelerator: string): boolean {
  const parts = accelerator.split("+");
  const key = (parts.at(-1) ?? "").toLowerCase();
  const command = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  return !other
    && command === parts.includes("CmdOrCtrl")
    && event.shiftKey === parts.includes("Shift")
    && event.altKey === parts.includes("Alt")
    && event.key.toLowerCase() === key;
}

/** A field of a form in which nothing is typed that is not handed over: undo there means the last step, not the last letter. */
export function isSettled(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input[data-settled]");
}

/** True where typing means text: a key without modifiers then belongs to the field, not to a command. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
