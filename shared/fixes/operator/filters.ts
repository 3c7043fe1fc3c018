/** Rules and default actions of routers, firewalls and distributed firewalls, for every platform in the scope. */
import type { Change, OperatorCommand } from "./command";
import { extendedAclCommands } from "./extended-acls";
import { nftablesCommands } from "./nftables";
import { nsxCommands } from "./nsx";
import { proxmoxFirewallCommands } from "./proxmox-firewall";

export function filterCommands(change: Change): OperatorCommand[] {
  const untouched = (["routers", "firewalls", "distributedFirewalls"] as const).every((collection) => change.before[collection] === change.after[collection]);
  return untouched ? [] : [nftablesCommands, nsxCommands, extendedAclCommands, proxmoxFirewallCommands].flatMap((source) => source(change));
}
