import { useSyncExternalStore } from "react";
import { DARK, LIGHT, type Theme } from "../../shared/diagram/theme";

const query = matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** The diagram's theme: what the system wants, or what the user chose (main sets the page's colour scheme). */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => query.matches) ? DARK : LIGHT;
}
