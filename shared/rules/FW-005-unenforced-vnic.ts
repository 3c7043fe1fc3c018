import { resolveSelector } from "../model/members";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { Enforcement, type Gap } from "./enforcement";
import { groupBy } from "./group-by";
import { counted, listed } from "./phrase";
import { candidate, type Board } from "./remedy/board";
import { makeStrict } from "./remedy/strict-port";
import { machinesOf } from "./residents";
import type { Draft, IsolationRule } from "./rule";
import { isWorkload } from "./workload";

const MOST_SUBJECTS = 50;

export const fw005: IsolationRule = {
  id: "FW-005",
  title: "vNIC outside firewall enforcement",
  severity: "high",
  threat: "The drawing shows a distributed firewall; this adapter it does not filter, and nobody looks for another control.",
  condition: "There is a distributed firewall, and no distributed firewall filters a workload's connected vNIC: its VM is on the exclusion list, the vNIC is passed through (both identified by the vNIC), or its virtual switch is in "
    + "no scope (identified by the switch).",
  fix: "Take the VM off the exclusion list, put the switch into the scope, and the adapter behind the virtual switch.",
  commands: [
    { platform: "nsx", text: "Security > Distributed Firewall > Actions > Exclusion List: remove the VM; Applied To of the policy: DFW" },
    { platform: "proxmox", text: "qm set ID --net0 virtio=MAC,bridge=vmbr0,firewall=1; /etc/pve/firewall/VMID.fw: [OPTIONS] enable: 1" },
  ],
  references: ["VMware NSX documentation (exclusion list; a vNIC must be on an NSX segment)", "Proxmox VE documentation, pve-firewall", "NIST SP 800-53r5 SC-7(12), SC-7(21)"],
  caveats: "Manager appliances are on NSX's exclusion list on purpose: only workloads count. Proxmox VE filters only where its firewall is on at datacenter, VM and adapter; a switch whose adapters have it off belongs outside the scope.",
  check({ topology }) {
    const enforcement = new Enforcement(topology);
    return enforcement.exists ? draftsOf(topology, unfiltered(topology, enforcement)) : [];
  },
};

interface Unfiltered {
  readonly vm: string;
  readonly nic: string;
  readonly gap: Gap;
}

function unfiltered(topology: Topology, enforcement: Enforcement): Unfiltered[] {
  return machinesOf(topology).flatMap(({ id, vm }) => {
    if (!isWorkload(vm) || vm.nics === undefined) return [];
    return Object.entries(vm.nics).flatMap(([nic, own]) => {
      const gap = enforcement.gapOf(id, own);
      return gap === undefined ? [] : [{ vm: id, nic, gap }];
    });
  });
}

function draftsOf(topology: Topology, found: readonly Unfiltered[]): Draft[] {
  const alone = found.flatMap(({ vm, nic, gap }) => (gap.kind === "switch" ? [] : [aboutVnic(topology, vm, nic, gap)]));
  const omitted = found.flatMap(({ vm, gap }) => (gap.kind === "switch" ? [{ vm, virtualSwitch: gap.virtualSwitch }] : []));
  return [...alone, ...[...groupBy(omitted, ({ virtualSwitch }) => virtualSwitch)].sort(([a], [b]) => compareIds(a, b)).map(([id, vnics]) => aboutSwitch(topology, id, [...new Set(vnics.map(({ vm }) => vm))]))];
}

function aboutVnic(topology: Topology, vm: string, nic: string, gap: Exclude<Gap, { kind: "switch" }>): Draft {
  const name = record(topology, "vms", vm)?.name ?? vm;
  const firewall = gap.kind === "excluded" ? gap.firewall : undefined;
  const portGroup = record(topology, "vms", vm)?.nics?.[nic]?.portGroup;
  return {
    key: `${vm}/${nic}`,
    title: firewall === undefined ? `${nic} of ${name} goes past every distributed firewall` : `${name} is excluded from ${record(topology, "distributedFirewalls", firewall)?.name ?? firewall}`,
    subjects: [vm, ...(firewall === undefined ? [] : [firewall]), ...(portGroup === undefined ? [] : [portGroup])],
    detail: firewall === undefined ? `${vm}/${nic} is passed through (${record(topology, "vms", vm)?.nics?.[nic]?.passthrough ?? ""}): its frames never come by the virtual switch, where the firewall is.`
      : `${vm}/${nic} is on the exclusion list of ${firewall}, and no other distributed firewall filters it.`,
    fixes: () => firewall !== undefined ? candidate(topology, `Take ${name} off the exclusion list`, (board) => enforce(board, vm, nic))
      : [false, true].flatMap((strict) => candidate(topology, `Put ${nic} of ${name} behind the virtual switch${strict ? ", on a port that forges and overhears nothing" : ""}`, (board) => {
        const before = board.topology;
        if (strict) makeStrict(board, portGroup);
        return (!strict || board.topology !== before) && enforce(board, vm, nic);
      })),
  };
}

/** Mends one reason after the other until some firewall filters the vNIC. */
function enforce(board: Board, vm: string, nic: string): boolean {
  for (let step = 0; step < MOST_REASONS; step += 1) {
    const own = record(board.topology, "vms", vm)?.nics?.[nic];
    const gap = own === undefined ? undefined : new Enforcement(board.topology).gapOf(vm, own);
    if (gap === undefined) return true;
    if (gap.kind === "passthrough") board.set(["vms", vm, "nics", nic, "passthrough"], "none");
    else if (gap.kind === "excluded") takeOffList(board, gap.firewall, vm);
    else {
      const [first] = entries(board.topology, "distributedFirewalls");
      if (first !== undefined) board.set(["distributedFirewalls", first[0], "virtualSwitches"], [...(first[1].virtualSwitches ?? []), gap.virtualSwitch].sort(compareIds));
    }
  }
  return false;
}

/** Passed through, in no scope, excluded. */
const MOST_REASONS = 4;

/** A selector that names others too gives way to those others. */
function takeOffList(board: Board, firewall: string, vm: string): void {
  const { topology } = board;
  const exclude = record(topology, "distributedFirewalls", firewall)?.exclude ?? [];
  const kept = exclude.flatMap((selector) => {
    const members = resolveSelector(topology, selector);
    if (!members.has(vm)) return [selector];
    return [...members].filter((member) => member !== vm && record(topology, "vms", member) !== undefined).sort(compareIds).map((member) => `vm:${member}`);
  });
  board.set(["distributedFirewalls", firewall, "exclude"], [...new Set(kept)]);
}

function aboutSwitch(topology: Topology, id: string, vms: readonly string[]): Draft {
  const name = record(topology, "virtualSwitches", id)?.name ?? id;
  const firewalls = entries(topology, "distributedFirewalls");
  return {
    key: id,
    title: `No distributed firewall covers ${name}`,
    subjects: [id, ...firewalls.map(([firewall]) => firewall), ...vms.slice(0, MOST_SUBJECTS)],
    detail: `${listed(firewalls.map(([firewall]) => firewall))} ${firewalls.length === 1 ? "does" : "do"} not name ${id} among the virtual switches: ${counted(vms.length, "workload VM")} there ${vms.length === 1 ? "is" : "are"} not filtered (${listed(vms)}).`,
    fixes: () => firewalls.flatMap(([firewall, { name: title, virtualSwitches = [] }]) => {
      const cover = (board: Board): void => board.set(["distributedFirewalls", firewall, "virtualSwitches"], [...virtualSwitches, id].sort(compareIds));
      const vnics = vms.flatMap((vm) => Object.entries(record(topology, "vms", vm)?.nics ?? {}).flatMap(([nic, { portGroup }]) => (record(topology, "portGroups", portGroup)?.virtualSwitch === id ? [{ vm, nic }] : [])));
      const [plain] = candidate(topology, `Let ${title} cover ${name}`, cover);
      const whole = candidate(topology, `Let ${title} cover ${name}, with every vNIC of a workload there`, (board) => {
        cover(board);
        return vnics.every(({ vm, nic }) => enforce(board, vm, nic));
      });
      // The second only where the switch alone would leave somebody out.
      return plain === undefined ? whole : [plain, ...whole.filter(({ edits }) => edits.length > plain.edits.length)];
    }),
  };
}
