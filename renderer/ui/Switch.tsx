import { useId } from "react";
import { tooltip } from "./Tooltip";
import "./switch.css";

interface SwitchProps {
  readonly label: string;
  /** What it does. */
  readonly description: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, with its name beside it. */
export function Switch({ label, description, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <label className="switch-line" {...tooltip(description)}>
      <input type="checkbox" role="switch" className="switch" checked={checked} aria-describedby={id} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
      <span id={id} className="visually-hidden">{description}</span>
    </label>
  );
}
