import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Tooltip as Radix } from "radix-ui";
import { keyCaps } from "./keys";
import { followTips, type Tip } from "./tips";
import "./tooltip.css";

type Side = "top" | "right" | "bottom" | "left";

interface TooltipOptions {
  readonly keys?: string | undefined;
  readonly side?: Side;
  /** It says what the element does, whole: of use only where there was no room for that. */
  readonly cut?: boolean;
}

/** What an element is given so that words are shown while the pointer or the keyboard rests on it. */
export function tooltip(text: string, { keys, side = "bottom", cut = false }: TooltipOptions = {}) {
  return { "data-tip": text, "data-tip-side": side, ...(keys === undefined || keys === "" ? {} : { "data-tip-keys": keyCaps(keys) }), ...(cut ? { "data-tip-cut": "" } : {}) };
}

/** The same for a text that is no control and stands in no list or grid: the keyboard comes to it to have it told. */
export function textTooltip(text: string, options?: TooltipOptions) {
  return { ...tooltip(text, options), tabIndex: 0 };
}

/** Shows the tooltips of the whole window: to make one for each button would take longer than the buttons. */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | undefined>(undefined);
  useEffect(() => followTips(document, setTip), []);
  return tip === undefined ? null : <Shown key={tip.text} tip={tip} onClose={() => setTip(undefined)} />;
}

/** Hangs on an invisible box over the element. */
function Shown({ tip, onClose }: { readonly tip: Tip; readonly onClose: () => void }) {
  const { element, text, keys, side } = tip;
  const { left, top, width, height } = element.getBoundingClientRect();
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const id = box.current?.getAttribute("aria-describedby");
    // The words of a whole field are those of the control in it that has the keyboard.
    const described = element.contains(document.activeElement) ? document.activeElement ?? element : element;
    if (id === null || id === undefined || described.hasAttribute("aria-describedby")) return;
    described.setAttribute("aria-describedby", id);
    return () => described.removeAttribute("aria-describedby");
  }, [element]);
  return (
    <Radix.Provider disableHoverableContent>
      <Radix.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
        <Radix.Trigger asChild><span ref={box} className="tooltip-box" style={{ left, top, width, height }} /></Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="tooltip" side={side as Side} sideOffset={6} collisionPadding={8}>
            {text}
            {keys !== undefined && <kbd className="tooltip-keys">{keys}</kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
