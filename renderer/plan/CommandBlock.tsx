import { useRef, useState } from "react";
import { Check, Copy } from "lucide-react";
import type { PlanStep } from "../../shared/analysis/result";
import { IconButton } from "../ui/Button";

/** What an operator types, and where. */
export function CommandBlock({ platform, on, text }: PlanStep["commands"][number]) {
  const pre = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    if (pre.current === null || !copyText(pre.current)) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <figure className="plan-command">
      <figcaption>
        <span className="muted">{platform}</span> {on}
        <IconButton label={copied ? "Copied" : `Copy the command for ${on}`} icon={copied ? <Check /> : <Copy />} onClick={copy} />
      </figcaption>
      <pre ref={pre} tabIndex={0} aria-label={`Command for ${on}`}>{text}</pre>
    </figure>
  );
}

/** Pages get no access to the clipboard from this program; copying what is selected needs none. */
function copyText(element: HTMLElement): boolean {
  const selection = getSelection();
  if (selection === null) return false;
  selection.selectAllChildren(element);
  const copied = document.execCommand("copy");
  selection.removeAllRanges();
  return copied;
}
