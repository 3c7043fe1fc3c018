import { useId, useState, type KeyboardEvent, type Ref } from "react";
import "./field.css";

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Unit or "default", at the right. */
  readonly note?: string;
  readonly numeric?: boolean;
  readonly disabled?: boolean;
  readonly id?: string;
  /** Why the text is refused; undefined where it is fine. A refused text stays in the field and goes no further. */
  readonly check?: (text: string) => string | undefined;
  /** Called with an accepted text that differs, when the field is left or Enter is pressed. */
  readonly onCommit: (text: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/**
 * A line of text. Escape gives the old text back; Enter and leaving the field hand the new one over. While nothing new is typed the
 * field is settled, and undo means the document.
 */
export function TextField({ label, value, placeholder, note, numeric = false, disabled = false, id, check, onCommit, ref }: TextFieldProps) {
  // A draft belongs to the value it was begun over: when that changes from elsewhere, the draft is void.
  const [begun, setBegun] = useState<{ readonly text: string; readonly over: string } | undefined>(undefined);
  const draft = begun?.over === value ? begun.text : undefined;
  const setDraft = (text: string | undefined) => setBegun(text === undefined ? undefined : { text, over: value });
  const errorId = useId();
  const text = draft ?? value;
  const error = draft === undefined ? undefined : check?.(draft);

  const commit = () => {
    if (draft === undefined || error !== undefined) return;
    setDraft(undefined);
    if (draft !== value) onCommit(draft);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape" && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  return (
    <div className="text-field">
      <div className={`field-box${error === undefined ? "" : " invalid"}`}>
        <input
          ref={ref ?? null} type="text" inputMode={numeric ? "numeric" : "text"} aria-label={label} aria-invalid={error !== undefined} {...(draft === undefined ? { "data-settled": "" } : {})}
          {...(error === undefined ? {} : { "aria-describedby": errorId })} {...(id === undefined ? {} : { id })}
          value={text} placeholder={placeholder} disabled={disabled} spellCheck={false} autoComplete="off"
          onChange={(event) => setDraft(event.target.value)} onBlur={commit} onKeyDown={onKeyDown}
        />
        {note !== undefined && <span className="field-note">{note}</span>}
      </div>
      {error !== undefined && <p id={errorId} role="alert" className="field-error">{error}</p>}
    </div>
  );
}
