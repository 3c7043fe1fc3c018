/** Makes what was ordered and hands it to main, which asks where it goes. Each answers whether it is done; what went wrong is told. */
import type { ExportChoices } from "../../shared/exports/choices";
import { FORMATS } from "../../shared/exports/formats";
import { fileNameFor } from "../files/files";
import { useDocument } from "../store/document";
import { reasonOf } from "../store/attempt";
import { toast, useSession } from "../store/session";
import { orderOf, recallChoices, today, useChoices } from "./choices";
import { PRINT_FONTS } from "./font-urls";
import { askExporter, GivenUp, restExporting } from "./client";
import type { ExportOrder, Progress } from "./protocol";

type Tell = (progress: Progress) => void;

/** Pixels per unit: sharp on screens of today, and not too much for a mail. */
const COPIED_SCALE = 2;

const NOTHING = "There is nothing to show: choose another part of the network.";

/** Writes a file. */
export async function writeFile(order: ExportOrder, tell: Tell): Promise<boolean> {
  return attempt("The file was not made", async () => {
    const bytes = await askExporter("file", { order }, tell);
    if (bytes === undefined) return refuse(NOTHING);
    tell({ step: "Choosing a place" });
    const result = await window.bulkhead.saveExport(fileNameFor(titleOf(order), FORMATS[order.format].ending), bytes);
    if (result.status === "failed") return refuse(`${result.name} was not written: ${result.message}`);
    if (result.status === "saved") toast(`Wrote ${result.name}.`);
    return result.status === "saved";
  });
}

/** Prints through the system's dialog. */
export async function printPages(order: ExportOrder, { paper, orientation }: ExportChoices, tell: Tell): Promise<boolean> {
  return attempt("Nothing was printed", async () => {
    const pages = await askExporter("pages", { order }, tell);
    if (pages === undefined) return refuse(NOTHING);
    tell({ step: "Printing" });
    const result = await window.bulkhead.printPages({ title: titleOf(order), paper, orientation, pages: pages.map(({ svg }) => svg), fonts: PRINT_FONTS });
    if (result.status === "no-printer") return refuse("No printer is set up on this computer. Add one in its settings, or export a PDF and print that elsewhere.");
    if (result.status === "failed") return refuse(`Nothing was printed: ${result.message}`);
    if (result.status === "printed") toast(pages.length === 1 ? "One page was handed to the printer." : `${pages.length} pages were handed to the printer.`);
    return result.status === "printed";
  });
}

/** The whole diagram as the canvas colours it, onto the clipboard. */
export async function copyDiagram(format: "png" | "svg"): Promise<void> {
  await recallChoices();
  const { choices } = useChoices.getState(), { lens } = useSession.getState();
  const order = orderOf({ ...choices, format, lens, theme: "light", scale: COPIED_SCALE, evidence: false, anonymize: false }, { view: "network", today: today(), source: useDocument.getState().file.name, canonical: false });
  await attempt("Nothing was copied", async () => {
    toast("Drawing the diagram for the clipboard…");
    const bytes = await askExporter("file", { order });
    if (bytes === undefined) return refuse(NOTHING);
    await window.bulkhead.copyPicture(format === "png" ? { format, bytes } : { format, text: new TextDecoder().decode(bytes) });
    toast(`The diagram is on the clipboard as ${FORMATS[format].title}.`);
    return true;
  });
  if (useSession.getState().dialog === undefined) restExporting();
}

/** What a file, or a job of the printer, is called. */
function titleOf({ anonymize }: ExportOrder): string {
  return anonymize ? "Anonymized" : useDocument.getState().topology.name;
}

function refuse(message: string): false {
  toast(message, "error");
  return false;
}

/** What was given up is not an error. */
async function attempt(failed: string, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    return error instanceof GivenUp ? false : refuse(`${failed}: ${reasonOf(error)}`);
  }
}
