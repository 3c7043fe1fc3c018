/** Where each kind may be dropped: onto which things, and whether onto the bare canvas. */
import { locate } from "../../shared/model/ids";
import { record, type CollectionName, type Topology } from "../../shared/model/topology";
import { KINDS } from "./kinds";
import { withArticle } from "./names";

interface Accepts {
  /** Collections of things that it can be dropped on. */
  readonly on: readonly CollectionName[];
  readonly canvas: boolean;
}

const ACCEPTS: Readonly<Record<CollectionName, Accepts>> = {
  tenants: { on: ["vms"], canvas: true },
  hosts: { on: [], canvas: true },
  physicalSwitches: { on: [], canvas: true },
  trunks: { on: [], canvas: false },
  hypervisors: { on: ["hosts"], canvas: true },
  managementInterfaces: { on: ["portGroups", "virtualSwitches", "hypervisors", "hosts"], canvas: true },
  virtualSwitches: { on: ["hypervisors", "hosts"], canvas: true },
  uplinks: { on: [], canvas: false },
  portGroups: { on: ["virtualSwitches", "hypervisors", "hosts"], canvas: true },
  datastores: { on: ["hypervisors", "hosts"], canvas: true },
  vms: { on: ["portGroups", "hypervisors", "hosts"], canvas: true },
  routers: { on: ["portGroups", "hypervisors", "hosts"], canvas: true },
  firewalls: { on: ["portGroups", "hypervisors", "hosts"], canvas: true },
  distributedFirewalls: { on: ["virtualSwitches"], canvas: true },
  externalNetworks: { on: [], canvas: true },
};

/** The innermost thing of `chain` (ids under the pointer, innermost first) that takes this kind; undefined: the canvas. */
export function targetFor(topology: Topology, kind: CollectionName, chain: readonly string[]): string | undefined {
  return chain.find((id) => {
    const location = locate(topology, id);
    return location !== undefined && location.local === undefined && ACCEPTS[kind].on.includes(location.collection);
  });
}

/** Why this kind cannot be dropped on the bare canvas, in the document as it is; undefined where it can. */
export function whyNotOnCanvas(kind: CollectionName): string | undefined {
  if (ACCEPTS[kind].canvas) return undefined;
  return `${capital(withArticle(KINDS[kind].noun))} is drawn as a cable`;
}

/** The hypervisor that a drop on this thing means: itself, the one of a host, the only one of a switch; undefined: none. */
export function hypervisorAt(topology: Topology, target: string | undefined): string | undefined {
  const location = target === undefined ? undefined : locate(topology, target);
  switch (location?.collection) {
    case "hypervisors":
      return location.id;
    case "hosts":
      return onlyHypervisor(topology, (hypervisor) => hypervisor.host === location.id);
    case "virtualSwitches":
      return sole(record(topology, "virtualSwitches", location.id)?.hypervisors);
    case "portGroups":
      return sole(record(topology, "virtualSwitches", record(topology, "portGroups", location.id)?.virtualSwitch)?.hypervisors);
    case "vms":
    case "managementInterfaces":
      return record(topology, location.collection, location.id)?.hypervisor;
    default:
      return undefined;
  }
}

/** The id of the only hypervisor that fits; undefined where there is none or more than one. */
export function onlyHypervisor(topology: Topology, fits: (hypervisor: { readonly host: string }) => boolean = () => true): string | undefined {
  return sole(Object.entries(topology.hypervisors ?? {}).filter(([, hypervisor]) => fits(hypervisor)).map(([id]) => id));
}

function sole(ids: readonly string[] | undefined): string | undefined {
  return ids?.length === 1 ? ids[0] : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
