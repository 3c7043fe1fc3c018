import { ToggleGroup } from "radix-ui";
import "./segmented.css";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly size?: "small" | "medium";
  readonly disabled?: boolean;
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({ label, value, options, onChange, size = "medium", disabled = false }: SegmentedProps<T>) {
  const change = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <ToggleGroup.Root type="single" className={`segmented segmented-${size}`} aria-label={label} value={value} onValueChange={change} disabled={disabled}>
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className="segmented-item">{option.label}</ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
