import type { ReactNode } from "react";
import { DropdownMenu } from "radix-ui";
import { Check, ChevronDown } from "lucide-react";
import "./menu.css";
import "./field.css";

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Small grey text at the right: a unit, "default" … */
  readonly note?: string;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
  readonly placeholder?: string;
  /** Replaces what the button shows of the chosen option. */
  readonly shown?: ReactNode;
  readonly note?: string;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly id?: string;
}

/** One of a list. Made of a menu that is not modal, so that no style element is injected. */
export function Select<T extends string>({ label, value, options, onChange, placeholder = "Choose…", shown, note, invalid = false, disabled = false, id }: SelectProps<T>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild disabled={disabled}>
        <button type="button" className="field-box select" aria-label={`${label}: ${chosen?.label ?? placeholder}`} aria-invalid={invalid} {...(id === undefined ? {} : { id })}>
          <span className={`select-value${chosen === undefined && shown === undefined ? " muted" : ""}`}>{shown === undefined && chosen?.icon}<span className="truncate">{shown ?? chosen?.label ?? placeholder}</span></span>
          {note !== undefined && <span className="field-note">{note}</span>}
          <ChevronDown className="select-arrow" aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu select-menu" align="start" sideOffset={4} collisionPadding={8}>
          {options.map((option) => (
            <DropdownMenu.Item key={option.value} className="menu-item" onSelect={() => onChange(option.value)} role="menuitemradio" aria-checked={option.value === value}>
              <span className="menu-icon">{option.value === value ? <Check /> : option.icon}</span>
              <span className="menu-label truncate">{option.label}</span>
              {option.note !== undefined && <span className="field-note">{option.note}</span>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
