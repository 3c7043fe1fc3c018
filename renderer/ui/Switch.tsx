import { useId } from "react";
import "./switch.css";

interface SwitchProps {
  readonly label: string;
  /** What it does, for screen readers and as a tooltip. */
  readonly description: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, with its name beside it. */
export function Switch({ label, description, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <label className="switch-line" title={description}>
      <input type="checkbox" role="switch" className="switch" checked={checked} aria-describedby={id} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
      <span id={id} className="visually-hidden">{description}</span>
    </label>
  );
}
