import type { BulkheadApi } from "../shared/ipc";

declare global {
  interface Window {
    /** What the preload script exposes: files, menus, settings. */
    readonly bulkhead: BulkheadApi;
  }
}
