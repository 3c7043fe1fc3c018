/** Switches and cables: one Open vSwitch bridge per switch instance, a Linux bridge for what has no VLAN filtering. */
import { entries, type Topology } from "../../shared/model/topology";
import type { BuildOrder, Namespace } from "./build-order";
import { everything, isUnaware, physicalPort, uplinkSide, type PortPlan, type Vlans } from "./ports";
import type { Station } from "./stations";

const ADAPTOR = "ad@";

/** A Linux bridge that learns nothing: every frame goes to every port, as one to an unknown address does. */
export const HUB = "mcast_snooping 0 ageing_time 0";

export class Cabling {
  /** Names of bridges, or of the namespace of a Linux bridge, by switch instance. */
  private readonly bridges = new Map<string, string>();
  private readonly linux = new Map<string, { name: string; ports: string[]; isolated: string[] }>();
  private readonly links: string[] = [];
  private readonly ovs: string[] = [];
  private readonly flows: string[] = [];
  private cables = 0;
  private ports = 0;

  constructor(private readonly topology: Topology, private readonly vlans: Vlans, private readonly nodes: ReadonlyMap<string, string>) {
    this.bridge(ADAPTOR, ["fail_mode=secure"]);
    this.addSwitches();
    this.addCables();
  }

  /**
   * Plugs an end into its port, behind a filter of its own if it has one.
   *
   * The numbers keep the two ends of a cable apart: where they are equal in their namespaces, Linux takes up to a second to tell a bridge
   * that its port is up.
   */
  plug(station: Station, guarded: boolean): void {
    const { index, at, port, isolated } = station;
    const node = this.nodes.get(station.owner) ?? "";
    const guest = `e${index} index ${1000 + index} address 02:00:00:00:00:${index.toString(16).padStart(2, "0")} netns ${node}`;
    const outer = guarded ? `f${index} index ${2000 + index} netns b${index}` : guest;
    if (guarded) this.links.push(`link add g${index} index ${3000 + index} netns b${index} type veth peer name ${guest}`);
    const linux = this.linux.get(at);
    if (linux !== undefined) {
      this.links.push(`link add p${index} index ${4000 + index} netns ${linux.name} type veth peer name ${outer}`);
      linux.ports.push(`p${index}`);
      if (isolated) linux.isolated.push(`p${index}`);
      return;
    }
    this.links.push(`link add p${index}@ type veth peer name ${outer}`, `link set dev p${index}@ up`);
    if (port.adaptor === undefined) this.port(this.bridgeOf(at), `p${index}@`, port.columns, isolated);
    else this.adapt(station, port.adaptor);
  }

  /** A bridge of its own with two ports: what is sent between them shows that the configuration is in force. */
  canary(): void {
    this.bridge("zz@", []);
    for (const n of [1, 2]) {
      this.links.push(`link add c${n}@ type veth peer name c${n} address 02:00:00:00:01:0${n} netns cc`, `link set dev c${n}@ up`);
      this.port("zz@", `c${n}@`, ["vlan_mode=access", "tag=7"], false);
    }
  }

  order(): Pick<BuildOrder, "links" | "bridges" | "ovs" | "adaptor" | "flows" | "canary"> {
    const canary = { namespace: "cc", devices: [1, 2].map((n) => [`c${n}`, `02:00:00:00:01:0${n}`] as const) };
    return { links: this.links, bridges: [ADAPTOR, ...this.bridges.values(), "zz@"].map((name) => name.replace("@", "")), ovs: this.ovs, adaptor: ADAPTOR, flows: this.flows, canary };
  }

  namespaces(): Namespace[] {
    const canary: Namespace = { name: "cc", settings: {}, commands: [], devices: ["c1", "c2"], rules: "" };
    return [canary, ...[...this.linux.values()].map(({ name, ports, isolated }): Namespace => ({
      name, settings: { "bridge/bridge-nf-call-iptables": "0" },
      commands: [
        `link add name hub type bridge ${HUB}`, ...ports.map((port) => `link set dev ${port} master hub`),
        ...isolated.map((port) => `link set dev ${port} type bridge_slave isolated on`),
      ],
      devices: [...ports, "hub"], rules: "",
    }))];
  }

  private addSwitches(): void {
    for (const [id] of entries(this.topology, "physicalSwitches")) this.instance(id);
    for (const [id, vswitch] of entries(this.topology, "virtualSwitches")) {
      const vnis = new Set(entries(this.topology, "portGroups").flatMap(([, { virtualSwitch, vlan }]) => (virtualSwitch === id && vlan?.mode === "overlay" ? [vlan.vni] : [])));
      for (const hypervisor of vswitch.hypervisors) {
        if (isUnaware(vswitch)) this.linux.set(`${id}@${hypervisor}`, { name: `w${this.linux.size}`, ports: [], isolated: [] });
        else this.instance(`${id}@${hypervisor}`);
        for (const vni of vnis) this.instance(`${id}@${hypervisor}/${vni}`);
      }
      // A tunnel from the first member to each other one; frames go from any to any through it.
      const [first = "", ...others] = vswitch.hypervisors;
      for (const vni of vnis) for (const other of others) this.patch(`${id}@${first}/${vni}`, everything(this.vlans), `${id}@${other}/${vni}`, everything(this.vlans));
    }
  }

  private addCables(): void {
    for (const [, { a, b }] of entries(this.topology, "trunks")) {
      if (a.port !== undefined && b.port !== undefined) this.patch(a.switch, physicalPort(a.port, this.vlans), b.switch, physicalPort(b.port, this.vlans));
    }
    const uplinks = entries(this.topology, "uplinks").map(([, uplink]) => uplink);
    for (const { virtualSwitch, hypervisor, physicalSwitch, port } of uplinks) {
      const vswitch = this.topology.virtualSwitches?.[virtualSwitch];
      if (vswitch === undefined || port === undefined) continue;
      const team = uplinks.filter((other) => other.virtualSwitch === virtualSwitch && other.hypervisor === hypervisor).length > 1;
      const far = physicalPort(port, this.vlans);
      const linux = this.linux.get(`${virtualSwitch}@${hypervisor}`);
      if (linux === undefined) this.patch(`${virtualSwitch}@${hypervisor}`, uplinkSide(vswitch, this.vlans), physicalSwitch, far, team);
      else this.cable(linux, physicalSwitch, far, team);
    }
  }

  /** Members of a team forward nothing to one another, which is what protected ports do. */
  private patch(a: string, portA: PortPlan, b: string, portB: PortPlan, team = false): void {
    const name = `x${this.cables++}`;
    this.port(this.bridgeOf(a), `${name}a@`, portA.columns, team, ["type=patch", `options:peer=${name}b@`]);
    this.port(this.bridgeOf(b), `${name}b@`, portB.columns, false, ["type=patch", `options:peer=${name}a@`]);
  }

  private cable(linux: { name: string; ports: string[]; isolated: string[] }, physical: string, port: PortPlan, team: boolean): void {
    const name = `u${this.cables++}`;
    this.links.push(`link add ${name}@ type veth peer name ${name} index ${5000 + this.cables} netns ${linux.name}`, `link set dev ${name}@ up`);
    linux.ports.push(name);
    if (team) linux.isolated.push(name);
    this.port(this.bridgeOf(physical), `${name}@`, port.columns, false);
  }

  /** Between the end and its port stands a bridge whose flows change tags. */
  private adapt({ index, at, isolated }: Station, { sends, hears }: NonNullable<PortPlan["adaptor"]>): void {
    const [guest, inner] = [++this.ports, ++this.ports];
    this.port(ADAPTOR, `p${index}@`, [], false, [`ofport_request=${guest}`]);
    this.port(ADAPTOR, `a${index}@`, [], false, ["type=patch", `options:peer=t${index}@`, `ofport_request=${inner}`]);
    this.port(this.bridgeOf(at), `t${index}@`, [], isolated, ["type=patch", `options:peer=a${index}@`]);
    const tagged = (tag: number): string => (tag === 0 ? "vlan_tci=0x0000/0x1fff" : `dl_vlan=${tag}`);
    for (const [tag, vlan] of sends) this.flows.push(`in_port=${guest},${tagged(tag)},actions=${tag === vlan ? "" : `mod_vlan_vid:${vlan},`}output:${inner}`);
    for (const vlan of hears) this.flows.push(`in_port=${inner},${tagged(vlan)},actions=${vlan === 0 ? "" : "strip_vlan,"}output:${guest}`);
  }

  private port(bridge: string, name: string, columns: readonly string[], isolated: boolean, link: readonly string[] = []): void {
    this.ovs.push("--", "add-port", bridge, name);
    const settings = isolated ? [...columns, "protected=true"] : columns;
    if (settings.length > 0) this.ovs.push("--", "set", "port", name, ...settings);
    if (link.length > 0) this.ovs.push("--", "set", "interface", name, ...link);
  }

  private instance(at: string): void {
    const name = `s${this.bridges.size}@`;
    this.bridges.set(at, name);
    // Where learning is off, every frame is flooded: what counts is who can hear, not who has been heard before.
    this.bridge(name, [`flood_vlans=${[0, ...new Set([1, ...this.vlans])].join(",")}`]);
  }

  private bridge(name: string, columns: readonly string[]): void {
    this.ovs.push("--", "add-br", name, "--", "set", "bridge", name, "datapath_type=netdev", ...columns);
  }

  private bridgeOf(at: string): string {
    const name = this.bridges.get(at);
    if (name === undefined) throw new Error(`no switch ${at}`);
    return name;
  }
}
