/** What findings, and the design itself, open beside the network. */
import { entries, record, type Topology } from "../model/topology";
import type { Evaluation } from "../analysis/evaluate";
import type { Channel } from "../analysis/result";
import { residentsOf } from "../rules/residents";
import type { Place } from "../rules/rule";
import { arriving, CO_RESIDENCY_RULES, openingsOn } from "./co-residency";
import type { Explanation } from "./explanations";
import { idOf, type Opening } from "./opening";
import { Placement, type MobilityGroup } from "./placement";

/** Ways out of a VM by what itself has: they lead to whichever hypervisor it runs on. */
const OWN: ReadonlySet<Channel> = new Set(["clipboard", "drag-and-drop", "shared-folder", "tools", "device"]);

const NONE: readonly Opening[] = [];

export class Openings {
  /** Undefined where everything counts as running where it is drawn. */
  readonly placement: Placement | undefined;
  private readonly byPlace = new Map<Place, Opening[]>();
  private readonly byGroup = new Map<MobilityGroup, Opening[]>();

  constructor(evaluation: Evaluation, anyHost: boolean) {
    const { topology, drafts } = evaluation;
    this.placement = anyHost ? new Placement(topology) : undefined;
    for (const [finding, { ways }] of drafts) {
      const rule = finding.slice(0, finding.indexOf(":"));
      if (anyHost && CO_RESIDENCY_RULES.has(rule)) continue;
      for (const { channel, from, to, detail } of ways?.() ?? []) this.open(from, { channel, targets: [{ places: to }], why: () => ({ rule, finding, detail }) });
    }
    if (this.placement !== undefined) this.openElsewhere(evaluation, this.placement);
    this.openControl(topology);
    this.openManagement(topology);
  }

  /** Out of a place, as it is drawn. */
  at(place: Place): readonly Opening[] {
    return this.byPlace.get(place) ?? NONE;
  }

  /** Out of a VM if it ran elsewhere; one list for all that could run on the same hypervisors, so that it need be gone through once. */
  elsewhere(place: Place): readonly Opening[] {
    const group = this.placement?.groupOf(idOf(place));
    return (group === undefined ? undefined : this.byGroup.get(group)) ?? NONE;
  }

  private open(from: readonly Place[], opening: Opening): void {
    for (const place of from) push(this.byPlace, place, opening);
  }

  private openElsewhere(evaluation: Evaluation, placement: Placement): void {
    for (const [place, openings] of this.byPlace) {
      const group = placement.groupOf(idOf(place));
      if (group === undefined) continue;
      const own = openings.filter(({ channel, targets }) => OWN.has(channel) && targets.every(({ places }) => places.every((to) => to.startsWith("hypervisor:"))));
      openings.push(...own.map((opening): Opening => ({ ...opening, leave: true, targets: [{ places: group.hypervisors }] })));
    }
    for (const [hypervisor] of entries(evaluation.topology, "hypervisors")) {
      for (const { opening, residents, visitors } of openingsOn(evaluation, placement, hypervisor)) {
        this.open(residents, opening);
        const moved: Opening = { ...opening, leave: true };
        for (const group of visitors) push(this.byGroup, group, moved);
      }
    }
  }

  /** A hypervisor is in charge of its VMs and datastores, by design. */
  private openControl(topology: Topology): void {
    for (const [id, { name }] of entries(topology, "hypervisors")) {
      const places = residentsOf(topology, id).map((resident): Place => `vm:${resident.id}`);
      const targets = [{ places }, ...arriving(this.placement?.on(id) ?? [])];
      this.open([`hypervisor:${id}`], { channel: "control", at: id, targets, why: because("HV-006", `${name} runs it`) });
    }
    for (const [id, { name, hypervisors = [] }] of entries(topology, "datastores")) {
      this.open(hypervisors.map((hypervisor): Place => `hypervisor:${hypervisor}`), { channel: "storage", targets: [{ places: [`datastore:${id}`] }], why: because("VM-006", `it has ${name} mounted`) });
    }
  }

  /** Management is in charge of its hypervisor, by design. */
  private openManagement(topology: Topology): void {
    const open = (from: Place, hypervisors: readonly string[], why: () => Explanation): void =>
      this.open([from], { channel: "management", targets: [{ places: hypervisors.map((id): Place => `hypervisor:${id}`) }], why });
    for (const [id, { hypervisor, services }] of entries(topology, "managementInterfaces")) {
      if (services !== undefined && !services.includes("management")) continue;
      open(`management:${id}`, [hypervisor], because("MGT-002", `it administers ${record(topology, "hypervisors", hypervisor)?.name ?? hypervisor}`));
    }
    for (const [id, { name, bmc }] of entries(topology, "hosts")) {
      if (bmc === undefined) continue;
      const on = entries(topology, "hypervisors").filter(([, { host }]) => host === id).map(([hypervisor]) => hypervisor);
      open(`management:${id}/bmc`, on, because("MGT-009", `it has power over ${name}`));
    }
  }
}

/** By design, whatever the findings are. */
function because(rule: string, detail: string): () => Explanation {
  return () => ({ rule, finding: undefined, detail });
}

function push<K>(map: Map<K, Opening[]>, key: K, opening: Opening): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [opening]);
  else known.push(opening);
}
