import type { BulkheadApi } from "../shared/ipc";

declare global {
  /** The page's side of the contract, for what the journeys evaluate there. */
  interface Window {
    readonly bulkhead: BulkheadApi;
  }
}
