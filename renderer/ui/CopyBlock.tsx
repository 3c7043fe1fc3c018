import { useRef, useState, type ReactNode } from "react";
import { Check, Copy } from "lucide-react";
import { IconButton } from "./Button";
import "./copy-block.css";

interface CopyBlockProps {
  readonly caption: ReactNode;
  /** What the text is, for those who do not see it. */
  readonly label: string;
  /** Of the button: "Copy the packet". */
  readonly copyLabel: string;
  readonly text: string;
}

/** Text to take elsewhere, with a button that copies it. */
export function CopyBlock({ caption, label, copyLabel, text }: CopyBlockProps) {
  const pre = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    if (pre.current === null || !copyText(pre.current)) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <figure className="copy-block">
      <figcaption>
        {caption}
        <IconButton label={copied ? "Copied" : copyLabel} icon={copied ? <Check /> : <Copy />} onClick={copy} />
      </figcaption>
      <pre ref={pre} tabIndex={0} aria-label={label}>{text}</pre>
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
