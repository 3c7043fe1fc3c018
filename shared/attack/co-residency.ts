/** What a hypervisor opens between the VMs that run there, if everybody ran there who could. */
import { entries, record, type Topology } from "../model/topology";
import { sharesMemoryOn } from "../model/defaults";
import type { Evaluation } from "../analysis/evaluate";
import { colocationAt } from "../rules/colocation";
import { wayOutOf } from "../rules/HV-002-patch-level";
import { RULES } from "../rules/index";
import { sharingWords } from "../rules/RES-001-memory-sharing";
import { leakOfCores } from "../rules/RES-002-cpu-side-channel";
import { isSensitive, residentsOf, tenantsAmong, type Resident } from "../rules/residents";
import type { FixCandidate, Place } from "../rules/rule";
import type { Explanation } from "./explanations";
import { idOf, type Opening } from "./opening";
import type { MobilityGroup, Placement } from "./placement";

/** Rules about a hypervisor whose steps depend on who runs there. */
export const CO_RESIDENCY_RULES: ReadonlySet<string> = new Set(["RES-001", "RES-002", "HV-002"]);

/** An opening and who could use it: those who run there as it is, the others after a move. */
interface Shared {
  readonly opening: Opening;
  readonly residents: readonly Place[];
  readonly visitors: readonly MobilityGroup[];
}

/** The openings of one hypervisor between VMs, and from VMs to itself. */
export function openingsOn(evaluation: Evaluation, placement: Placement, hypervisor: string): Shared[] {
  const { topology, drafts } = evaluation;
  const residents = residentsOf(topology, hypervisor);
  const visitors = placement.on(hypervisor);
  const why = (rule: string, detail: string): (() => Explanation) => {
    const id = `${rule}:${hypervisor}`;
    return () => ({ rule, detail, ...(drafts.has(id) ? { finding: id } : { finding: undefined, wouldBe: id }) });
  };
  const found: Shared[] = [];
  const sharing = residents.filter(({ vm }) => sharesMemoryOn(topology, hypervisor, vm.resources?.memorySharing));
  found.push(...between(topology, hypervisor, "memory", sharing, visitors.filter(({ memorySharing }) => sharesMemoryOn(topology, hypervisor, memorySharing)), why("RES-001", sharingWords(topology, hypervisor))));
  const leak = leakOfCores(topology, hypervisor);
  if (leak !== undefined) found.push(...between(topology, hypervisor, "core", colocationAt(topology, record(topology, "hypervisors", hypervisor)?.host ?? "").residents, visitors, why("RES-002", leak)));
  const flaw = wayOutOf(topology, hypervisor);
  if (flaw !== undefined) found.push({ opening: { channel: "escape", targets: [{ places: [`hypervisor:${hypervisor}`] }], why: why("HV-002", flaw) }, residents: residents.map(placeOf), visitors });
  return found;
}

/** From each of the VMs to each, where that is two tenants, or a sensitive VM and any other. */
function between(topology: Topology, at: string, channel: "memory" | "core", residents: readonly Resident[], visitors: readonly MobilityGroup[], why: () => Explanation): Shared[] {
  const tenants = new Set([...tenantsAmong(residents), ...visitors.flatMap((group) => [...group.tenants])]);
  const sensitive = residents.some(({ vm }) => isSensitive(topology, vm)) || visitors.some((group) => group.sensitive);
  const count = visitors.reduce((sum, { places }) => sum + places.length, residents.length);
  if (tenants.size < 2 && !(sensitive && count > 1)) return [];
  const places = residents.map(placeOf);
  return [{ opening: { channel, at, targets: [{ places }, ...arriving(visitors)], why }, residents: places, visitors }];
}

/** As targets of what happens at a hypervisor where they could run. */
export function arriving(visitors: readonly MobilityGroup[]): Opening["targets"] {
  return visitors.map(({ places }) => ({ places, arrive: true }));
}

function placeOf({ id }: Resident): Place {
  return `vm:${id}`;
}

/** What would mend a finding that is there only if everybody ran on its hypervisor who could: none is there yet that could be asked. */
export function remediesOf({ topology, network }: Evaluation, placement: Placement, wouldBe: string): readonly FixCandidate[] {
  const [ruleId = "", hypervisor = ""] = split(wouldBe);
  const visitors = new Set(placement.on(hypervisor).flatMap(({ places }) => places.map(idOf)));
  const vms = Object.fromEntries(entries(topology, "vms").map(([id, vm]) => [id, visitors.has(id) ? { ...vm, hypervisor } : vm]));
  const rule = RULES.find(({ id }) => id === ruleId);
  const draft = rule?.check({ topology: { ...topology, vms }, network, earlier: new Map() }).find(({ key }) => key === hypervisor);
  return draft?.fixes?.() ?? [];
}

function split(finding: string): [rule: string, key: string] {
  const colon = finding.indexOf(":");
  return [finding.slice(0, colon), finding.slice(colon + 1)];
}
