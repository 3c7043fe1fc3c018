/**
 * What the pointer or the keyboard rests on, of what has words to show (`tooltip` in Tooltip.tsx). In a list or grid the keyboard
 * rests on what it has in hand there (`aria-activedescendant`).
 */

export interface Tip {
  readonly element: HTMLElement;
  readonly text: string;
  readonly keys: string | undefined;
  readonly side: string | undefined;
}

/** Milliseconds that the pointer rests before the words come, and after one has gone in which the next comes at once. */
const RESTS_MS = 500, NEXT_MS = 200;

/** Tells which words to show, and undefined when they are to go. Answers how to stop. */
export function followTips(page: Document, show: (tip: Tip | undefined) => void): () => void {
  let over: HTMLElement | undefined;
  let isShown = false;
  let goneAt = -Infinity;
  let timer: number | undefined;
  const hide = (): void => {
    clearTimeout(timer);
    if (!isShown) return;
    isShown = false;
    goneAt = performance.now();
    show(undefined);
  };
  const showNow = (element: HTMLElement): void => {
    const { tip: text, tipKeys: keys, tipSide: side, tipCut } = element.dataset;
    if (text === undefined || !element.isConnected || (tipCut !== undefined && !isCut(element))) return;
    over = element;
    isShown = true;
    show({ element, text, keys, side });
  };
  const enter = (element: HTMLElement | undefined, delay: number): void => {
    if (element === over) return;
    hide();
    over = element;
    if (element !== undefined) timer = window.setTimeout(() => showNow(element), delay);
  };
  const stopping = new AbortController();
  const on = <K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void): void => page.addEventListener(type, listener, { capture: true, passive: true, signal: stopping.signal });
  on("pointerover", ({ target, pointerType, buttons }) => {
    if (pointerType !== "touch" && buttons === 0) enter(tipped(target), performance.now() - goneAt < NEXT_MS ? 0 : RESTS_MS);
  });
  on("pointerout", ({ relatedTarget }) => { if (relatedTarget === null) enter(undefined, 0); });
  const rest = (): void => {
    timer = window.setTimeout(() => {
      const element = inHand(page.activeElement);
      if (element !== undefined) showNow(element);
    }, RESTS_MS);
  };
  on("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
    const tip = tipped(target);
    enter(tip, 0);
    if (tip === undefined) rest();
  });
  on("focusout", ({ target }) => { if (target instanceof Node && over !== undefined && (over.contains(target) || target.contains(over))) enter(undefined, 0); });
  // What was pressed has been understood: its words come again when it is come back to.
  on("pointerdown", hide);
  on("click", hide);
  on("keydown", () => {
    hide();
    rest();
  });
  on("scroll", ({ target }) => {
    const element = over;
    if (!(target instanceof Node) || element === undefined || !target.contains(element)) return;
    hide();
    // The keyboard brings what it comes to into sight, and rests there.
    if (element.contains(page.activeElement)) timer = window.setTimeout(() => showNow(element), RESTS_MS);
  });
  return () => {
    stopping.abort();
    hide();
  };
}

/** What a list or grid with the focus has in hand, where that has words. */
function inHand(focused: Element | null): HTMLElement | undefined {
  const id = focused?.getAttribute("aria-activedescendant") ?? null;
  const item = id === null ? null : document.getElementById(id);
  return (item?.matches("[data-tip]") === true ? item : item?.querySelector<HTMLElement>("[data-tip]")) ?? undefined;
}

/** An ellipsis stands for some of its text, or of a part of it. */
function isCut(element: HTMLElement): boolean {
  return [element, ...element.querySelectorAll(".truncate")].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
}

function tipped(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null) ?? undefined;
}
