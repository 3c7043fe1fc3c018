import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { tooltip } from "./Tooltip";
import "./button.css";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: "primary" | "secondary" | "ghost" | "danger" | "link";
  readonly size?: "small" | "medium";
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = "secondary", size = "medium", icon, className = "", children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button-${variant} button-${size} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The accessible name, shown as a tooltip too. */
  readonly label: string;
  readonly keys?: string;
  readonly icon: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A square button that shows only a glyph. */
export function IconButton({ label, keys, icon, className = "", ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} className={`icon-button ${className}`} {...tooltip(label, { keys })} {...rest}>{icon}</button>
  );
}
