/** The operator's commands for a fix, read from what it changes in the document. Only syntax that was checked is given; the rest is left to the reader. */
import type { Topology } from "../model/topology";
import type { Change, OperatorCommand } from "./operator/command";
import { filterCommands } from "./operator/filters";
import { guestPortCommands } from "./operator/guest-ports";
import { hardeningCommands } from "./operator/hardening";
import { hostInterfaceCommands } from "./operator/host-interfaces";
import { nsxGuardCommands } from "./operator/nsx-guards";
import { physicalPortCommands } from "./operator/physical-ports";
import { portGroupCommands } from "./operator/port-groups";
import { portSettingCommands } from "./operator/port-settings";
import { settingCommands } from "./operator/settings";

/** In the order in which they are safe: the way first, then the networks, then filters, then who moves behind them, then settings. */
const SOURCES: readonly ((change: Change) => OperatorCommand[])[] = [physicalPortCommands, portGroupCommands, filterCommands, guestPortCommands, hostInterfaceCommands, portSettingCommands, nsxGuardCommands, settingCommands, hardeningCommands];

/**
 * The commands that turn one document into the other, in order, each once. Names are quoted for the shell that they are meant for;
 * what the document does not know (a VMID, a switch port) stands in angle brackets.
 */
export function commandsFor(before: Topology, after: Topology): OperatorCommand[] {
  const commands = SOURCES.flatMap((source) => source({ before, after }));
  return [...new Map(commands.map((command) => [JSON.stringify(command), command])).values()];
}
