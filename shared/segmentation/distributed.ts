/** New distributed firewalls, and what they are to cover. */
import { freshId } from "../model/ids";
import type { Rule } from "../model/kinds/forwarder";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { Enforcement } from "../rules/enforcement";
import type { Board } from "../rules/remedy/board";
import { isForwardingAppliance, isWorkload } from "../rules/workload";

/** The virtual switches on which a workload, or one of these VMs, is in the scope of no distributed firewall; sorted. */
export function uncoveredSwitches(topology: Topology, vms?: ReadonlySet<string>): string[] {
  const enforcement = new Enforcement(topology);
  const switches = new Set<string>();
  for (const [vm, own] of entries(topology, "vms")) {
    if (vms === undefined ? !isWorkload(own) : !vms.has(vm)) continue;
    for (const nic of Object.values(own.nics ?? {})) {
      const gap = enforcement.gapOf(vm, nic);
      if (gap?.kind === "switch") switches.add(gap.virtualSwitch);
    }
  }
  return [...switches].sort(compareIds);
}

/** A distributed firewall without rules that denies; virtual routers are left out of it. Its id; undefined where there is nothing to cover. */
export function addDistributedFirewall(board: Board, switches: readonly string[]): string | undefined {
  if (switches.length === 0) return undefined;
  const id = freshId(board.topology, "dfw");
  const appliances = entries(board.topology, "vms").filter(([, vm]) => isForwardingAppliance(vm)).map(([vm]) => `vm:${vm}`);
  board.set(["distributedFirewalls", id], {
    name: "Distributed firewall", virtualSwitches: [...switches], ...(appliances.length === 0 ? {} : { exclude: appliances }), stateful: true, rules: [], defaultAction: "deny",
  });
  return id;
}

/** A rule for the traffic inside each tenant that has one of the VMs. */
export function insideTenants(topology: Topology, vms: ReadonlySet<string>): Rule[] {
  const tenants = [...new Set([...vms].map((vm) => record(topology, "vms", vm)?.tenant).filter((tenant) => tenant !== undefined))].sort(compareIds);
  return tenants.map((tenant) => ({ id: `inside-${tenant}`, name: `Inside ${tenant}`, action: "allow", from: [`tenant:${tenant}`], to: [`tenant:${tenant}`], log: true }));
}
