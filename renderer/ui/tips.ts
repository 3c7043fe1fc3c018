/** What the pointer or the keyboard rests on, of what has words to show (`tooltip` in Tooltip.tsx). */

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
    const { tip: text, tipKeys: keys, tipSide: side } = element.dataset;
    if (text === undefined || !element.isConnected) return;
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
  on("focusin", ({ target }) => { if (target instanceof HTMLElement && target.matches(":focus-visible")) enter(target.dataset["tip"] === undefined ? undefined : target, 0); });
  on("focusout", ({ target }) => { if (target === over) enter(undefined, 0); });
  // What was pressed has been understood: its words come again when it is come back to.
  on("pointerdown", hide);
  on("click", hide);
  on("keydown", hide);
  on("scroll", ({ target }) => { if (target instanceof Node && over !== undefined && target.contains(over)) hide(); });
  return () => {
    stopping.abort();
    hide();
  };
}

function tipped(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null) ?? undefined;
}
