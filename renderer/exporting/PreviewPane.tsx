import { useState } from "react";
import type { Preview, PreviewSheet, ExportOrder } from "./protocol";
import { ChoiceList } from "../ui/ChoiceList";
import { Segmented } from "../ui/Segmented";
import { Switch } from "../ui/Switch";
import { HtmlPreview } from "./HtmlPreview";
import { PageImage } from "./PageImage";
import { useThumbnail, type Shown } from "./usePreview";
import { progressWords, sizeWords } from "./words";

interface PreviewPaneProps {
  readonly shown: Shown;
  readonly onPage: (page: number) => void;
}

/** What the file will look like: its pages with a list of them, or the beginning of its text. */
export function PreviewPane({ shown, onPage }: PreviewPaneProps) {
  const { preview, order, waiting, failure, progress } = shown;
  const [size, setSize] = useState<"fit" | "full">("fit");
  const [inGreys, setInGreys] = useState(false);
  const isDrawn = preview?.kind === "pages";
  return (
    <section className="export-preview" aria-label="Preview" aria-busy={waiting}>
      <div className="export-preview-head">
        <p className="truncate" role="status">{failure !== undefined ? "" : waiting ? progressWords(progress) : captionOf(preview)}</p>
        {isDrawn && <Switch label="Greys" description="As a black-and-white printer prints it" checked={inGreys} onChange={setInGreys} />}
        {isDrawn && <Segmented label="Size of the preview" size="small" value={size} options={[{ value: "fit", label: "Fit" }, { value: "full", label: "100 %" }]} onChange={setSize} />}
      </div>
      <div className={`export-preview-body${waiting ? " is-waiting" : ""}${inGreys ? " in-greys" : ""}`}>
        {failure !== undefined ? <p className="export-preview-note" role="alert">The preview could not be drawn: {failure}. The document is unharmed.</p> : <Body preview={preview} size={size} order={order} onPage={onPage} />}
      </div>
    </section>
  );
}

function captionOf(preview: Preview | undefined): string {
  switch (preview?.kind) {
    case "pages": return preview.names.length === 1 ? `${preview.names[0] ?? ""}` : `Page ${preview.page + 1} of ${preview.names.length}: ${preview.names[preview.page] ?? ""}`;
    case "text": return preview.isWhole ? sizeWords(preview.bytes) : `The beginning of ${sizeWords(preview.bytes)}`;
    case "html": return preview.isWhole ? sizeWords(preview.bytes) : `${sizeWords(preview.bytes)}, shown without its diagram`;
    case "sheets": return `${preview.sheets.length} sheets`;
    default: return "";
  }
}

interface BodyProps {
  readonly preview: Preview | undefined;
  readonly size: "fit" | "full";
  readonly order: ExportOrder | undefined;
  readonly onPage: (page: number) => void;
}

function Body({ preview, size, order, onPage }: BodyProps) {
  switch (preview?.kind) {
    case "pages": return (
      <>
        {preview.names.length > 1 && order !== undefined && <PageList names={preview.names} page={preview.page} order={order} onPage={onPage} />}
        <div className={`export-page export-page-${size}`} tabIndex={0} role="group" aria-label="Page">
          <PageImage page={preview.drawn} alt={`Preview of ${preview.names[preview.page] ?? "the picture"}`} />
        </div>
      </>
    );
    case "html": return <HtmlPreview html={preview.html} />;
    case "text": return <pre className="export-text selectable" tabIndex={0} aria-label="Beginning of the file">{preview.text}</pre>;
    case "sheets": return <Sheets sheets={preview.sheets} />;
    case "nothing": return <p className="export-preview-note">There is nothing to show: choose another part of the network.</p>;
    case undefined: return null;
  }
}

const ROW = 104;

interface PageListProps {
  readonly names: readonly string[];
  readonly page: number;
  readonly order: ExportOrder;
  readonly onPage: (page: number) => void;
}

function PageList({ names, page, order, onPage }: PageListProps) {
  const items = names.map((_, index) => index);
  return (
    <div className="export-pages">
      <ChoiceList label="Pages" id="export-pages" items={items} chosen={page} keyOf={String} rowHeight={ROW} onChoose={onPage}>
        {(at) => <Thumbnail order={order} at={at} name={names[at] ?? ""} />}
      </ChoiceList>
    </div>
  );
}

function Thumbnail({ order, at, name }: { readonly order: ExportOrder; readonly at: number; readonly name: string }) {
  const drawn = useThumbnail(order, at);
  return (
    <span className="export-thumbnail">
      <span className="export-thumbnail-page">{drawn !== undefined && <PageImage page={drawn} alt="" />}</span>
      <span className="truncate">{at + 1} {name}</span>
    </span>
  );
}

function Sheets({ sheets }: { readonly sheets: readonly PreviewSheet[] }) {
  const [name, setName] = useState(sheets[0]?.name ?? "");
  const sheet = sheets.find((each) => each.name === name) ?? sheets[0];
  if (sheet === undefined) return null;
  return (
    <div className="export-sheets">
      <Segmented label="Sheet" size="small" value={sheet.name} options={sheets.map((each) => ({ value: each.name, label: each.name }))} onChange={setName} />
      <div className="export-sheet selectable" tabIndex={0} role="region" aria-label={`Sheet ${sheet.name}`}>
        <table>
          <thead><tr>{sheet.head.map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
          <tbody>{sheet.rows.map((row, index) => <tr key={index}>{row.map((cell, column) => <td key={column}>{cell}</td>)}</tr>)}</tbody>
        </table>
        {sheet.total > sheet.rows.length && <p className="muted">and {(sheet.total - sheet.rows.length).toLocaleString("en")} more rows</p>}
      </div>
    </div>
  );
}
