/** The import formats by the name that `--from` takes. A new one is a file and a line here. */
import type { Importer } from "./importer";
import { libvirtImporter } from "./libvirt/libvirt";

export const IMPORTERS = {
  libvirt: libvirtImporter,
} as const satisfies Record<string, Importer>;

export type ImportFormat = keyof typeof IMPORTERS;
