/** What was chosen for the last export, and what becomes of it as an order. */
import { create } from "zustand";
import type { ExportOptions } from "../../shared/diagram/export-options";
import { heeds } from "../../shared/exports/formats";
import { DEFAULT_EXPORT, type ExportChoices } from "../../shared/exports/choices";
import type { ExportOrder } from "./protocol";

interface State {
  readonly choices: ExportChoices;
  /** Those of earlier runs have been read. */
  readonly isKnown: boolean;
}

export const useChoices = create<State>(() => ({ choices: DEFAULT_EXPORT, isKnown: false }));

/** Reads what earlier runs have kept, once. Never rejects: where it cannot be read, one begins anew. */
export async function recallChoices(): Promise<void> {
  if (useChoices.getState().isKnown) return;
  const choices = await window.bulkhead.settings().then(({ exporting }) => exporting, () => DEFAULT_EXPORT);
  if (!useChoices.getState().isKnown) useChoices.setState({ choices, isKnown: true });
}

/** Takes effect at once and is kept for the next time. */
export function choose(some: Partial<ExportChoices>): void {
  const choices = { ...useChoices.getState().choices, ...some };
  useChoices.setState({ choices });
  window.bulkhead.setExportChoices(choices).catch(() => undefined);
}

/** What belongs to the document, and is not kept. */
export interface About {
  /** As `parseView` reads it. */
  readonly view: string;
  readonly today: string;
  /** The file's name, for formats that tell it. */
  readonly source: string;
  /** That file holds the canonical text: formats may tell its lines. */
  readonly canonical: boolean;
}

/** Only what the format heeds. */
export function orderOf(choices: ExportChoices, { view, today, source, canonical }: About): ExportOrder {
  const { format, author, anonymize } = choices;
  return {
    format, today, anonymize,
    wish: {
      source, canonical, evidence: heeds(format, "evidence") && choices.evidence, options: optionsOf(choices, view),
      ...(author !== "" && heeds(format, "author") ? { author } : {}), ...(heeds(format, "table") && choices.table !== "findings" ? { table: choices.table } : {}),
    },
  };
}

function optionsOf({ format, paper, orientation, fit, contents, theme, lens, scale }: ExportChoices, view: string): ExportOptions {
  return {
    ...(heeds(format, "paper") ? { paper, orientation, fit, ...(contents === "diagram" ? { contents } : {}) } : {}),
    ...(heeds(format, "colours") ? { theme, lens } : {}), ...(heeds(format, "view") && view !== "network" ? { view } : {}), ...(heeds(format, "scale") ? { scale } : {}),
  };
}

/** UTC, as the analysis judges. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
