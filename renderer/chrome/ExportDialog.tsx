import { useState } from "react";
import type { ExportOptions } from "../../shared/diagram/audit-input";
import { LENSES, type Lens } from "../../shared/diagram/elements";
import { ask } from "../analysis/client";
import { fileNameFor } from "../files/files";
import { useDocument } from "../store/document";
import { openDialog, toast, useSession } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Segmented } from "../ui/Segmented";
import { Select } from "../ui/Select";
import { TextField } from "../ui/TextField";
import "./dialogs.css";

type Format = "pdf" | "svg" | "png";
const PAPERS = ["A4", "A3", "Letter", "Tabloid"] as const;
const TITLES: Readonly<Record<Format, string>> = { pdf: "Export as PDF", svg: "Export as SVG", png: "Export as PNG" };
const CONTENTS: Readonly<Record<Format, string>> = {
  pdf: "Diagram, numbered findings, matrix, method and accepted risks, as vectors on paper.",
  svg: "The diagram with title block and legend, as vectors.",
  png: "The diagram with title block and legend, as pixels.",
};
const LENS_OPTIONS: readonly { readonly value: Lens; readonly label: string }[] = LENSES.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

/** What the file is to look like; main asks where it goes. */
export function ExportDialog({ format }: { readonly format: Format }) {
  const lens = useSession((state) => state.lens);
  const [options, setOptions] = useState<ExportOptions>({ paper: "A4", orientation: "landscape", theme: "print", lens: lens === "tenants" ? "violations" : lens, scale: 2 });
  const [author, setAuthor] = useState("");
  const [busy, setBusy] = useState(false);
  const close = (): void => openDialog(undefined);

  const write = async (): Promise<void> => {
    setBusy(true);
    try {
      const bytes = await ask("export", { ...options, format, author: author === "" ? undefined : author });
      const result = await window.bulkhead.saveExport(fileNameFor(useDocument.getState().topology.name, format), bytes);
      if (result.status === "cancelled") return setBusy(false);
      close();
      if (result.status === "saved") toast(`Wrote ${result.name}.`);
      else toast(`${result.name} was not written: ${result.message}`, "error");
    } catch (error) {
      setBusy(false);
      toast(`The diagram could not be made: ${error instanceof Error ? error.message : String(error)}`, "error");
    }
  };
  return (
    <Dialog
      title={TITLES[format]} description={CONTENTS[format]} width="narrow" onClose={close}
      footer={<><Button onClick={close}>Cancel</Button><Button variant="primary" disabled={busy} onClick={() => void write()}>{busy ? "Drawing…" : "Export…"}</Button></>}
    >
      <div className="export-form">
        <span>Coloured by</span>
        <Select label="Coloured by" value={options.lens} options={LENS_OPTIONS} onChange={(value) => setOptions({ ...options, lens: value })} />
        <span>Colours</span>
        <Segmented label="Colours" value={options.theme ?? "print"} options={[{ value: "print", label: "Print" }, { value: "light", label: "Light" }, { value: "dark", label: "Dark" }]} onChange={(theme) => setOptions({ ...options, theme })} />
        {format === "pdf" && (
          <>
            <span>Paper</span>
            <Segmented label="Paper" value={options.paper ?? "A4"} options={PAPERS.map((value) => ({ value, label: value }))} onChange={(paper) => setOptions({ ...options, paper })} />
            <span>Orientation</span>
            <Segmented label="Orientation" value={options.orientation ?? "landscape"} options={[{ value: "landscape", label: "Landscape" }, { value: "portrait", label: "Portrait" }]} onChange={(orientation) => setOptions({ ...options, orientation })} />
          </>
        )}
        {format === "png" && (
          <>
            <span>Resolution</span>
            <Segmented label="Resolution" value={String(options.scale ?? 2)} options={["1", "2", "3"].map((value) => ({ value, label: `${value}×` }))} onChange={(value) => setOptions({ ...options, scale: Number(value) })} />
          </>
        )}
        <span>Author</span>
        <TextField label="Author" value={author} placeholder="for the title block" onCommit={setAuthor} />
      </div>
    </Dialog>
  );
}
