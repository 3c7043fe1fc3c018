/** Physical switches in a tree, virtual switches of every kind, and their port groups. */
import type { PortGroupVlan } from "../../shared/model/kinds/port-group";
import type { VirtualSwitch } from "../../shared/model/kinds/virtual-switch";
import type { Platform } from "../../shared/model/kinds/hypervisor";
import type { Port } from "../../shared/model/primitives";
import { access, accessPort, community, guestTrunk, isolated, overlay, promiscuous, trunkPort, untagged } from "../../shared/network/testing";
import type { Sketch } from "./sketch";

type Kind = Pick<VirtualSwitch, "kind" | "vlanAware"> & { readonly platform: Platform };

const KINDS: readonly [Kind, ...Kind[]] = [
  { kind: "standard", platform: "esxi" }, { kind: "distributed", platform: "esxi" }, { kind: "distributed", platform: "esxi" },
  { kind: "open-vswitch", platform: "kvm" }, { kind: "hyper-v", platform: "hyper-v" },
  { kind: "linux-bridge", platform: "proxmox", vlanAware: true }, { kind: "linux-bridge", platform: "kvm", vlanAware: false },
];

/** Ports that agree, mostly; then native VLANs that differ, are pruned or tagged, and lists that leave something out. */
const PORTS: readonly [Port, ...Port[]] = [
  trunkPort("10,20,30"), trunkPort("all"), trunkPort("1,10,20,30", 1), trunkPort("all", 1), trunkPort("10-30,100-102"), trunkPort("all", 1),
  trunkPort("10,20,30", 1), trunkPort("10,20", 10), trunkPort("all", 20), trunkPort("20,30", 30, true), trunkPort("10,100,101"), trunkPort("1-20", 10),
  accessPort(10), accessPort(20), accessPort(30),
];

const ANYWHERE: readonly [PortGroupVlan, ...PortGroupVlan[]] = [
  access(10), access(20), access(30), access(10), access(20), access(30), access(1), untagged, guestTrunk("10,20", 10), guestTrunk("20,30"), guestTrunk("all", 1),
];
const PRIVATE: readonly [PortGroupVlan, ...PortGroupVlan[]] = [promiscuous(100), isolated(100, 101), community(100, 102), isolated(100, 101)];

export function addSwitches(sketch: Sketch): void {
  const { chance, drawing, physical } = sketch;
  drawing.physicalSwitch(...physical);
  for (let i = 1; i < physical.length; i += 1) {
    const [a, b] = [physical[chance.below(i)] ?? physical[0], physical[i] ?? physical[0]];
    const agreed = chance.of(PORTS);
    drawing.trunk(`trunk-${i}`, a, agreed, b, chance.is(0.6) ? agreed : chance.of(PORTS));
  }
  const hosts = 1 + chance.below(3);
  const kinds = Array.from({ length: 1 + chance.below(2) + (chance.is(0.3) ? 1 : 0) }, () => chance.of(KINDS));
  for (let i = 1; i <= hosts; i += 1) drawing.hypervisor(`h${i}`, kinds[0]?.platform ?? "esxi");
  for (const [index, kind] of kinds.entries()) addVirtualSwitch(sketch, `s${index}`, kind, hosts);
}

function addVirtualSwitch({ chance, drawing, physical }: Sketch, id: string, { kind, vlanAware }: Kind, hosts: number): void {
  const all = Array.from({ length: hosts }, (_, i) => `h${i + 1}`);
  const overlaid = kind === "open-vswitch" && hosts > 1 && chance.is(0.4);
  const members = kind === "distributed" || overlaid ? chance.some(all, Math.min(2, hosts), hosts) : [chance.of(["h1", ...all])];
  drawing.vswitch(id, kind, members, vlanAware === undefined ? {} : { vlanAware });
  const team = chance.is(0.12);
  for (const hypervisor of members) {
    if (chance.is(0.1)) continue;
    drawing.uplink(`up-${id}-${hypervisor}`, id, hypervisor, chance.of(physical), chance.of(PORTS));
    if (team) drawing.uplink(`up-${id}-${hypervisor}-2`, id, hypervisor, chance.of(physical), chance.of(PORTS));
  }
  const privately = chance.is(kind === "distributed" || kind === "standard" ? 0.4 : 0.15);
  const tunnelled = (kind === "distributed" || overlaid) && chance.is(0.3);
  const count = 2 + chance.below(3);
  for (let i = 0; i < count; i += 1) {
    const vlan = tunnelled && chance.is(0.6) ? overlay(chance.of([5001, 5002])) : privately && chance.is(0.7) ? chance.of(PRIVATE) : chance.of(ANYWHERE);
    const bare = kind === "open-vswitch" && chance.is(0.15);
    drawing.portGroup(`${id}-g${i}`, id, bare ? undefined : vlan, {
      ...(!team && chance.is(0.12) ? { isolatedPorts: true } : {}), ...(chance.is(0.3) ? { spoofGuard: true } : {}),
      ...(chance.is(0.15) ? { tags: ["web"] } : {}),
    });
  }
}
