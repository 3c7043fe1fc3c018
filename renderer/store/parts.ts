/** The parts of the window as the keyboard goes through them: F6 to the next, Shift+F6 to the one before. */

/** In the order in which one sees them. */
const PARTS = {
  top: ".top-bar", palette: ".palette", view: "#view", beside: "#beside", findings: ".findings, .findings-line", inspector: ".inspector", status: ".status-bar",
} as const;
export type Part = keyof typeof PARTS;

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), a[href], [tabindex="0"]';

/** What had the keyboard last in each part. */
const last = new Map<Part, WeakRef<HTMLElement>>();
let lastPart: Part | undefined;

/** Follows the keyboard for as long as the window lives. */
export function followParts(): void {
  window.addEventListener("focusin", ({ target }) => {
    const part = partOf(target);
    if (part === undefined || !(target instanceof HTMLElement)) return;
    last.set(part, new WeakRef(target));
    lastPart = part;
  });
}

/** Gives the keyboard to what had it last in a part, or to the first thing there that takes it. False where the part is not shown. */
export function focusPart(part: Part): boolean {
  const element = document.querySelector<HTMLElement>(PARTS[part]);
  if (element === null) return false;
  const known = last.get(part)?.deref();
  const target = known !== undefined && element.contains(known) && known.checkVisibility() ? known : startOf(part, element);
  target?.focus({ preventScroll: part === "view" });
  return target !== undefined;
}

/** When a dialog has closed: gives the keyboard back to what had it before, unless something else has taken it. */
export function focusAgain(event: Event): void {
  event.preventDefault();
  if (lastPart !== undefined && document.activeElement === document.body) focusPart(lastPart);
}

/** The next part that is shown, or the one before. */
export function goToPart(by: 1 | -1): void {
  const parts = Object.keys(PARTS) as Part[];
  const present = partOf(document.activeElement);
  const at = present === undefined ? (by > 0 ? -1 : parts.length) : parts.indexOf(present);
  for (let step = 1; step <= parts.length; step += 1) {
    const part = parts[(at + by * step + parts.length * 2) % parts.length];
    if (part !== undefined && part !== present && focusPart(part)) return;
  }
}

function partOf(target: EventTarget | null): Part | undefined {
  if (!(target instanceof Element)) return undefined;
  return (Object.keys(PARTS) as Part[]).find((part) => target.closest(PARTS[part]) !== null);
}

/** In the findings the list itself, in the picture the thing that Tab comes to; elsewhere whatever is first. */
function startOf(part: Part, element: HTMLElement): HTMLElement | undefined {
  if (element.matches(FOCUSABLE)) return element;
  const preferred = part === "findings" ? "[role=tree]" : part === "view" ? '.react-flow__node[tabindex="0"], .canvas' : undefined;
  // The canvas is there while a table is shown, out of sight.
  const seen = (selector: string): HTMLElement | undefined => [...element.querySelectorAll<HTMLElement>(selector)].find((each) => each.offsetParent !== null);
  return (preferred === undefined ? undefined : seen(preferred)) ?? seen(FOCUSABLE);
}
