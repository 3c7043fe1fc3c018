/** Rules and default actions of routers, firewalls and distributed firewalls, for every platform in the scope. */
import type { Change, OperatorCommand } from "./command";
import { extendedAclCommands } from "./extended-acls";
import { nftablesCommands } from "./nftables";
import { nsxCommands } from "./nsx";
import { ovsFlowCommands } from "./ovs-flows";
import { proxmoxFirewallCommands } from "./proxmox-firewall";
import { vyosCommands } from "./vyos";

export function filterCommands(change: Change): OperatorCommand[] {
  const untouched = (["routers", "firewalls", "distributedFirewalls"] as const).every((collection) => change.before[collection] === change.after[collection]);
  return untouched ? [] : [nftablesCommands, vyosCommands, ovsFlowCommands, nsxCommands, extendedAclCommands, proxmoxFirewallCommands].flatMap((source) => source(change));
}
