/** What a scene is made of. Pure geometry and words; colours come with `primitives.ts` and `theme.ts`. */
import type { Severity } from "../analysis/result";
import type { CollectionName } from "../model/topology";
import type { VlanSet } from "../model/vlan-set";
import type { Box, Point, Route } from "./geometry";
import type { IconName } from "./icons";
import type { Paint } from "./theme";
import type { Mark } from "./marks";

/** Everything that is drawn as a box. Uplinks, trunks, nics and interfaces are cables; tenants are colours. */
export const NODE_KINDS = [
  "host", "hypervisor", "vm", "managementInterface", "portGroup", "virtualSwitch", "physicalSwitch", "router", "firewall",
  "distributedFirewall", "externalNetwork", "datastore", "bmc",
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export type CableKind =
  | "nic" | "managementInterface" | "portGroup" | "uplink" | "trunk" | "interface" | "external" | "bmc" | "datastore" | "distributedFirewall";

/** A tenant as the picture shows it: always a colour and a shape, never colour alone. */
export interface TenantTag {
  readonly id: string;
  readonly name: string;
  readonly paint: Paint;
  readonly mark: Mark;
}

/** Who can reach management, for the trust lens. */
export type Trust = "management" | "exposing" | "untrusted" | "corporate" | "admin" | "ordinary";

/** What the lenses colour by. */
export interface NodeFacts {
  /** The VM's own tenant; for port groups and switches everybody who is plugged in. Sorted by id. */
  readonly tenants: readonly TenantTag[];
  /** Segment ids (with an analysis) or VLAN labels (without) of a VM, an interface or a port group; sorted. */
  readonly segments: readonly string[];
  readonly trust: Trust;
  /** The worst unaccepted finding whose subject this is. */
  readonly severity?: Severity;
  /** How many unaccepted findings have this as their subject. */
  readonly findings: number;
  /** The worst unaccepted hardening finding (every rule but NET, SW and FW); absent: none. */
  readonly hardening?: Severity;
}

export interface SceneNode extends Box {
  /** The id in the document; `host/bmc` for a BMC. */
  readonly id: string;
  readonly kind: NodeKind;
  /** The collection of the document that the record is in; a BMC is in its host. */
  readonly collection: CollectionName;
  /** The containing node. `x` and `y` are relative to its top left corner. */
  readonly parent?: string;
  readonly absolute: Point;
  /** Other nodes can be inside. Frames are drawn under the cables, everything else above them (`draw-node.ts`). */
  readonly container: boolean;
  /** Closed by the user: its contents are not in the scene and its cables end at itself. */
  readonly collapsed: boolean;
  /** How many nodes are inside, at any depth, shown or not. */
  readonly contents: number;
  /** How many of them are VMs. */
  readonly guests: number;
  /** Whether it can be dragged and its place saved in `layout`. */
  readonly movable: boolean;
  readonly title: string;
  /** The second line. */
  readonly subtitle: string;
  /** Right of the title, faint. */
  readonly meta: string;
  readonly icon: IconName;
  /** Drawn with a dashed outline: templates. */
  readonly dashed: boolean;
  readonly facts: NodeFacts;
}

export interface SceneCable {
  /** `a-web/eth0`, an uplink's or trunk's id, or `from>to`. */
  readonly id: string;
  readonly kind: CableKind;
  /** The record that the cable stands for, or which it is a part of: what selecting it selects. */
  readonly entity: string;
  /** Ids of shown nodes. */
  readonly source: string;
  readonly target: string;
  /** What it carries: `VLAN 10`, `trunk 10,20 native 1`. */
  readonly label: string;
  /** Where the label stands, absolute; its text may be cut to fit. */
  readonly labelBox: Box;
  /** `focus`: only while hovered, selected or on a path, because its port group says the same or there is no room. */
  readonly labelShown: "always" | "focus";
  /** Absolute. */
  readonly route: Route;
  /** The VLANs it carries; empty where it carries untagged frames only, no VLAN or the document does not say. */
  readonly vlans: VlanSet;
  /** Of a vNIC, management interface or forwarder's interface: as in `NodeFacts.segments`. */
  readonly segments: readonly string[];
  /** Disconnected vNICs. */
  readonly disconnected: boolean;
}

/** One way to colour the picture. */
export const LENSES = ["tenants", "segments", "trust", "violations", "hardening"] as const;
export type Lens = (typeof LENSES)[number];

export interface Scene {
  /** Parents before children; otherwise sorted by id. */
  readonly nodes: readonly SceneNode[];
  readonly cables: readonly SceneCable[];
  readonly tenants: readonly TenantTag[];
  /** Segment ids in the order of their colours. */
  readonly segments: readonly string[];
  /** Around everything, cables and labels included. */
  readonly bounds: Box;
  readonly node: ReadonlyMap<string, SceneNode>;
  readonly cable: ReadonlyMap<string, SceneCable>;
  /** The shown node that stands for an id: itself, or the collapsed container around it. Any node id of the document. */
  readonly shownAs: ReadonlyMap<string, string>;
}
