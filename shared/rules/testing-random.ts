/** Small random documents full of faults, for property tests. The same seed gives the same document. */
import type { PortGroupVlan } from "../model/kinds/port-group";
import type { Port } from "../model/primitives";
import type { Topology } from "../model/topology";
import { draw, type Drawing } from "../network/testing";

class Dice {
  constructor(private state: number) {}

  /** A float in [0, 1) by mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(...choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
  }
}

const TENANTS = ["a", "b", "c"] as const;

export function randomFlawedDocument(seed: number): Topology {
  const dice = new Dice(seed * 7919);
  const drawing = draw().tenant("a").tenant("b").tenant("c", dice.pick("customer", "shared")).physicalSwitch("tor-1", "tor-2")
    .trunk("t", "tor-1", randomPort(dice), "tor-2", randomPort(dice));
  for (const n of [1, 2]) addHost(dice, drawing, n);
  addForwarders(dice, drawing);
  drawing.external("net", { physicalSwitch: "tor-1", vlan: dice.pick(20, 30) }, "untrusted").external("admins", { physicalSwitch: "tor-1", vlan: dice.pick(10, 100) }, "admin");
  if (dice.chance(0.3)) drawing.put("distributedFirewalls", "dfw", { defaultAction: dice.pick("allow", "deny"), rules: [{ id: "d1", action: "allow", from: ["tenant:a"], to: ["tenant:a"] }] });
  return {
    ...drawing.build(),
    policy: {
      require: [
        { id: "web", from: ["external:net"], to: ["vm:a1"], services: ["tcp/443"] },
        { id: "admin", from: ["external:admins"], to: ["management"], services: ["tcp/443"] },
        { id: "inside", from: ["vm:a1"], to: ["vm:a2"], services: ["tcp/5432"] },
      ].filter(() => dice.chance(0.7)),
      ...(dice.chance(0.3) ? { allow: [{ id: "p1", from: ["tenant:a"], to: ["tenant:c"], services: ["udp/53"] }] } : {}),
    },
  };
}

function addHost(dice: Dice, drawing: Drawing, n: number): void {
  const [host, vswitch] = [`h${n}`, `s${n}`];
  const kind = dice.pick("standard", "standard", "linux-bridge", "open-vswitch", "hyper-v");
  const platform = kind === "standard" ? "esxi" : kind === "hyper-v" ? "hyper-v" : "proxmox";
  drawing.hypervisor(host, platform).vswitch(vswitch, kind, host, kind === "linux-bridge" ? { vlanAware: dice.chance(0.6) } : {}).uplink(`u${n}`, vswitch, host, dice.pick("tor-1", "tor-1", "tor-2"), randomPort(dice))
    .put("hypervisors", host, { host: `${host}-host`, platform, memorySharing: dice.pick("off", "intra-vm", "inter-vm"), management: { mfa: dice.chance(0.5), sharedAccounts: dice.chance(0.2) } })
    .portGroup(`mgmt${n}`, vswitch, { mode: "access", id: dice.pick(10, 100) })
    .put("managementInterfaces", `vmk${n}`, {
      hypervisor: host, portGroup: `mgmt${n}`, addresses: [`10.0.0.1${n}/24`], services: dice.chance(0.8) ? ["management"] : ["management", "migration"],
      ...(dice.chance(0.5) ? { firewall: { enabled: dice.chance(0.7), ...(dice.chance(0.5) ? { allowedSources: ["external:admins", "management"] } : {}) } } : {}),
    });
  const groups = [`x${n}`, `y${n}`];
  for (const group of groups) drawing.portGroup(group, vswitch, randomVlan(dice, kind), dice.chance(0.2) ? { spoofGuard: true } : {});
  for (const tenant of TENANTS) {
    if (dice.chance(0.2)) continue;
    const address = `10.0.${dice.pick(0, 1)}.${TENANTS.indexOf(tenant) * 10 + n + 20}/24`;
    const nics = { eth0: { portGroup: dice.pick(groups[0] ?? "", groups[1] ?? ""), ...(dice.chance(0.8) ? { addresses: [address] } : {}) }, ...(dice.chance(0.15) ? { eth1: { portGroup: `y${n}` } } : {}) };
    drawing.vm(`${tenant}${n}`, host, nics, {
      tenant, ...(dice.chance(0.2) ? { sensitive: true } : {}), ...(dice.chance(0.3) ? { zone: dice.pick("dmz", "inside") } : {}), guest: { clipboard: dice.chance(0.3) },
    });
  }
  // The required flows name these two.
  if (n === 2 || dice.chance(0.5)) drawing.vm(`a${n}`, host, { eth0: { portGroup: `x${n}`, addresses: [`10.0.0.${n + 20}/24`] } }, { tenant: "a" });
  if (n === 1) drawing.vm("a1", host, { eth0: { portGroup: "x1", addresses: ["10.0.0.21/24"] } }, { tenant: "a" });
}

function addForwarders(dice: Dice, drawing: Drawing): void {
  const interfaces = {
    one: { physicalSwitch: "tor-1", vlan: dice.pick(20, 100), addresses: ["10.0.0.1/24"] },
    two: { physicalSwitch: "tor-1", vlan: dice.pick(10, 30), addresses: ["10.0.1.1/24"] },
  };
  const rule = { id: "r1", action: dice.pick<"allow" | "deny">("allow", "deny"), from: ["tenant:a"], to: ["tenant:b"], ...(dice.chance(0.5) ? { services: ["tcp/22", "tcp/8443"] } : {}) };
  const web = { id: "r2", action: "allow" as const, from: ["external:net"], to: ["vm:a1"], services: ["tcp/443"] };
  if (dice.chance(0.7)) drawing.put(dice.pick("routers", "firewalls"), "gw", { interfaces, rules: [rule, web], ...(dice.chance(0.5) ? { defaultAction: dice.pick("allow", "deny") } : {}) });
}

function randomPort(dice: Dice): Port {
  if (dice.chance(0.1)) return { mode: "access", vlan: dice.pick(20, 100) };
  return {
    mode: "trunk", ...(dice.chance(0.9) ? { allowed: dice.pick("all", "10,20,30,100", "10,100", "1,20,100") } : {}),
    ...(dice.chance(0.6) ? { native: dice.pick(1, 20, 100) } : {}), ...(dice.chance(0.1) ? { tagNative: true } : {}),
  };
}

function randomVlan(dice: Dice, kind: string): PortGroupVlan {
  if (dice.chance(0.15)) return { mode: "untagged" };
  if (dice.chance(0.12)) return { mode: "trunk", allowed: dice.pick("20,100", "all"), ...(kind === "hyper-v" || dice.chance(0.5) ? { native: 20 } : {}) };
  return { mode: "access", id: dice.pick(20, 100, 100, 30) };
}
