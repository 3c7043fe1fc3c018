import type { ReactNode } from "react";

interface FieldProps {
  readonly label: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

/** A choice with its name, and a word on what it means. */
export function Field({ label, note, children }: FieldProps) {
  return (
    <div className="export-field">
      <span className="export-label" aria-hidden>{label}</span>
      {children}
      {note !== undefined && <p className="export-note">{note}</p>}
    </div>
  );
}
