/** A port that lets its guests do nothing with others' frames and addresses. */
import { effectiveSecurity } from "../../model/defaults";
import { SECURITY_FIELDS } from "../../model/platform-defaults";
import type { Board } from "./board";

/** Rejects on the port group whatever of promiscuous mode, MAC changes and forged transmits it accepts. */
export function makeStrict(board: Board, portGroup: string | undefined): void {
  if (portGroup === undefined) return;
  const security = effectiveSecurity(board.topology, portGroup);
  for (const field of SECURITY_FIELDS) if (security[field].value === "accept") board.set(["portGroups", portGroup, "security", field], "reject");
}
