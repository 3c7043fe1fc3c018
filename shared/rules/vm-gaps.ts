/** Fields of VMs that rules rest on although the document does not set them. */
import { effectiveClipboard, effectiveDragAndDrop, effectiveGuestSecureBoot, undescribed, type Effective } from "../model/defaults";
import type { Vm } from "../model/kinds/vm";
import { record, type Topology } from "../model/topology";
import { tenantsOn } from "./disks";
import type { Gap } from "./gap";
import { isSensitive, machinesOf } from "./residents";

interface Field {
  readonly path: readonly string[];
  readonly usedBy: string;
  readonly safe: unknown;
  readonly isSet: (vm: Vm) => boolean;
  readonly setting?: (topology: Topology, vm: string) => Effective<unknown>;
}

const FIELDS: readonly Field[] = [
  { path: ["guest", "clipboard"], usedBy: "VM-001", safe: false, isSet: ({ guest }) => guest?.clipboard !== undefined, setting: effectiveClipboard },
  { path: ["guest", "dragAndDrop"], usedBy: "VM-001", safe: false, isSet: ({ guest }) => guest?.dragAndDrop !== undefined, setting: effectiveDragAndDrop },
  { path: ["guest", "tools"], usedBy: "VM-003", safe: "minimal", isSet: ({ guest }) => guest?.tools !== undefined },
  { path: ["guest", "toolsCurrent"], usedBy: "VM-003", safe: true, isSet: ({ guest }) => guest?.toolsCurrent !== undefined || guest?.tools === "none" },
  { path: ["devices"], usedBy: "VM-004", safe: [], isSet: ({ devices }) => devices !== undefined },
  { path: ["image", "signed"], usedBy: "VM-007", safe: true, isSet: ({ image }) => image?.signed !== undefined },
  { path: ["secureBoot"], usedBy: "VM-007", safe: true, isSet: ({ secureBoot }) => secureBoot !== undefined, setting: effectiveGuestSecureBoot },
];

/** Field by field, as they are told. */
export function vmGaps(topology: Topology): Gap[] {
  const machines = machinesOf(topology);
  const plain = FIELDS.flatMap(({ path, usedBy, safe, isSet, setting }) => machines.flatMap(({ id, vm }): Gap[] =>
    (isSet(vm) ? [] : [{ collection: "vms", id, path, setting: setting?.(topology, id) ?? undescribed("vms", id, ...path), usedBy, safe }])));
  return [...plain, ...machines.flatMap(({ id, vm }) => diskGaps(topology, id, vm))];
}

/**
 * Disks that do not say whether they are encrypted, on datastores that are not: of sensitive VMs, and of others where several tenants share the
 * datastore. And sensitive VMs that do not say which disks they have.
 */
function diskGaps(topology: Topology, id: string, vm: Vm): Gap[] {
  const sensitive = isSensitive(topology, vm);
  if (vm.disks === undefined) return sensitive ? [{ collection: "vms", id, path: ["disks"], setting: undescribed("vms", id, "disks"), usedBy: "VM-006" }] : [];
  return vm.disks.flatMap(({ encrypted, datastore }, index): Gap[] => {
    if (encrypted !== undefined || record(topology, "datastores", datastore)?.encrypted === true) return [];
    if (!sensitive && (datastore === undefined || tenantsOn(topology, datastore).length < 2)) return [];
    const path = ["disks", index, "encrypted"];
    return [{ collection: "vms", id, path, setting: undescribed("vms", id, ...path), usedBy: "VM-006, RES-005", safe: true }];
  });
}
