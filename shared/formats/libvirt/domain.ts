import type { Platform } from "../../model/kinds/hypervisor";
import type { Vm } from "../../model/kinds/vm";
import { attribute, child, childrenOf, type XmlElement } from "../xml";
import type { DomainContext } from "./domain-context";
import { guestFeatures } from "./guest";
import type { Inventory } from "./inventory";
import { readInterface } from "./interface";

const PLATFORMS: Readonly<Record<string, Platform | undefined>> = { kvm: "kvm", qemu: "kvm", hvf: "kvm", test: "kvm", xen: "xen", vbox: "virtualbox", vmware: "vmware-workstation", hyperv: "hyper-v", esx: "esxi" };

/** Elements of a domain without bearing on isolation. */
const IGNORED = new Set([
  "uuid", "genid", "currentMemory", "maxMemory", "vcpus", "iothreads", "iothreadids", "cputune", "numatune", "resource", "sysinfo", "bootloader", "bootloader_args",
  "idmap", "features", "cpu", "clock", "on_poweroff", "on_reboot", "on_crash", "on_lockfailure", "pm", "perf", "blkiotune", "memtune", "defaultiothread", "keywrap", "seclabel", "domainsnapshot",
]);
const READ = new Set(["name", "title", "description", "metadata", "memory", "vcpu", "memoryBacking", "os", "devices"]);

/** Reads one `<domain>` into a VM with its nics, guest channels and devices. */
export function readDomain(element: XmlElement, file: string, context: DomainContext): void {
  const { inventory } = context;
  const { tally } = inventory;
  const name = child(element, "name")?.text || "unnamed";
  const id = inventory.freshId(name);
  tally.mapped("domain/name");
  readType(element, file, inventory);
  const devices = child(element, "devices");
  const nics: NonNullable<Vm["nics"]> = {};
  childrenOf(devices, "interface").forEach((nic, index) => {
    nics[`eth${index}`] = readInterface(nic, file, name, context);
  });
  const description = child(element, "title")?.text ?? child(element, "description")?.text;
  const tenant = readTenant(element, inventory);
  inventory.addVm(id, {
    name,
    ...(description === undefined || description === "" ? {} : { description }),
    hypervisor: "hypervisor",
    ...(tenant === undefined ? {} : { tenant }),
    role: "workload",
    ...(Object.keys(nics).length > 0 ? { nics } : {}),
    ...guestFeatures(element, file, tally),
  });
  for (const other of element.children) {
    if (IGNORED.has(other.name)) tally.ignored(`domain/${other.name}`);
    else if (!READ.has(other.name)) tally.notUnderstood(file, other.line, `domain/${other.name}`);
  }
  if (child(element, "memory") !== undefined) tally.ignored("domain/memory");
}

function readType(element: XmlElement, file: string, inventory: Inventory): void {
  const type = attribute(element, "type") ?? "";
  const platform = PLATFORMS[type];
  if (platform === undefined) {
    inventory.tally.notUnderstood(file, element.line, `domain type ${type === "" ? "absent" : type}; read as kvm`);
    return;
  }
  inventory.tally.mapped("domain@type");
  inventory.platform = platform;
}

/** OpenStack Nova writes the owner's project into the metadata. */
function readTenant(element: XmlElement, inventory: Inventory): string | undefined {
  const metadata = child(element, "metadata");
  if (metadata === undefined) return undefined;
  const project = child(metadata, "instance", "owner", "project");
  if (project === undefined) {
    inventory.tally.ignored("domain/metadata");
    inventory.tally.notAssessed("tenants: no source says whose a virtual machine is, except Nova's project metadata");
    return undefined;
  }
  inventory.tally.mapped("domain/metadata owner project");
  return inventory.tenantFor(project.text || (attribute(project, "uuid") ?? "project"));
}
