import { FORMAT_GROUPS, FORMATS, type ExportFormat } from "../../shared/exports/formats";

interface FormatListProps {
  readonly chosen: ExportFormat;
  readonly onChoose: (format: ExportFormat) => void;
}

/** Every format by what it is for. */
export function FormatList({ chosen, onChoose }: FormatListProps) {
  return (
    <nav className="export-formats" aria-label="Formats">
      {FORMAT_GROUPS.map(({ title, formats }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          {formats.map((format) => <button key={format} type="button" aria-pressed={format === chosen} onClick={() => onChoose(format)}>{FORMATS[format].title}</button>)}
        </section>
      ))}
    </nav>
  );
}
