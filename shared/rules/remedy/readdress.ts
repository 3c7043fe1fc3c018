/** Gives ends that left a subnet addresses in one of their own: one subnet on two segments does not route. */
import { parseCidr, rangesOverlap, type Cidr } from "../../model/address";
import { formatIp, parseIp } from "../../model/ip";
import { entries, record, type Topology } from "../../model/topology";
import type { End } from "../../network/types";
import type { Board } from "./board";
import { localOf } from "../workload";

type Path = readonly (string | number)[];

interface Written {
  /** The record that holds `addresses` and perhaps `gateway`. */
  readonly path: Path;
  readonly end: string;
  readonly addresses: readonly string[];
  readonly gateway?: string | undefined;
  /** A router's or firewall's interface: it serves the subnet and does not claim it. */
  readonly serves: boolean;
}

/**
 * Renumbers the ends wherever an end that stays has an address in the same subnet: the host part is kept, the subnet is a free one
 * of the same size, found from the VLAN id (10.110.0.0/24 for VLAN 110).
 */
export function readdress(board: Board, ends: readonly End[], vlan: number): void {
  const moved = new Set(ends.map((end) => end.id));
  const all = writtenAddresses(board.topology);
  const staying = all.filter((one) => !one.serves && !moved.has(one.end)).flatMap((one) => blocks(one.addresses));
  const taken = all.flatMap((one) => blocks(one.addresses));
  const renumbered = new Map<string, Cidr>();
  for (const one of all.filter((each) => moved.has(each.end))) {
    const mapped = one.addresses.map((text) => {
      const cidr = parseCidr(text);
      if (cidr === undefined || !isSubnet(cidr) || !staying.some((other) => rangesOverlap(other, cidr))) return text;
      const key = `${cidr.low}/${cidr.prefix}`;
      const target = renumbered.get(key) ?? freeSubnet(cidr, vlan, taken);
      if (target === undefined) return text;
      renumbered.set(key, target);
      taken.push(target);
      return `${formatIp({ family: cidr.family, value: target.low + (cidr.address - cidr.low) })}/${cidr.prefix}`;
    });
    if (mapped.some((text, index) => text !== one.addresses[index])) {
      board.set([...one.path, "addresses"], mapped);
      moveGateway(board, one, renumbered);
    }
  }
}

function moveGateway(board: Board, one: Written, renumbered: ReadonlyMap<string, Cidr>): void {
  const gateway = one.gateway === undefined ? undefined : parseIp(one.gateway);
  if (gateway === undefined) return;
  for (const old of blocks(one.addresses)) {
    const target = renumbered.get(`${old.low}/${old.prefix}`);
    if (target === undefined || old.family !== gateway.family || gateway.value < old.low || gateway.value > old.high) continue;
    board.set([...one.path, "gateway"], formatIp({ family: old.family, value: target.low + (gateway.value - old.low) }));
  }
}

/** Every written address of the document, by the record that holds it. */
export function writtenAddresses(topology: Topology): Written[] {
  const written: Written[] = [];
  const add = (path: Path, end: string, addresses: readonly string[] | undefined, gateway: string | undefined, serves: boolean): void => {
    if (addresses !== undefined && addresses.length > 0) written.push({ path, end, addresses, gateway, serves });
  };
  for (const [id, vm] of entries(topology, "vms")) {
    for (const [nic, { addresses, gateway }] of Object.entries(vm.nics ?? {})) add(["vms", id, "nics", nic], `${id}/${nic}`, addresses, gateway, false);
  }
  for (const [id, adapter] of entries(topology, "managementInterfaces")) add(["managementInterfaces", id], id, adapter.addresses, adapter.gateway, false);
  for (const [id, { bmc }] of entries(topology, "hosts")) add(["hosts", id, "bmc"], `${id}/bmc`, bmc?.addresses, undefined, false);
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of entries(topology, collection)) {
      for (const [local, port] of Object.entries(forwarder.interfaces ?? {})) add([collection, id, "interfaces", local], `${id}/${local}`, port.addresses, undefined, true);
    }
  }
  return written;
}

function blocks(addresses: readonly string[]): Cidr[] {
  return addresses.map(parseCidr).filter((cidr) => cidr !== undefined).filter(isSubnet);
}

/** Single hosts and whole classes are no subnets that could be renumbered. */
function isSubnet(cidr: Cidr): boolean {
  return cidr.family === 4 ? cidr.prefix >= 12 && cidr.prefix <= 30 : cidr.prefix >= 32 && cidr.prefix <= 126;
}

function freeSubnet(like: Cidr, vlan: number, taken: readonly Cidr[]): Cidr | undefined {
  const size = like.high - like.low + 1n;
  const [high, low] = vlan < 256 ? [vlan, 0] : [vlan >> 8, vlan & 255];
  const first = like.family === 4 ? (10n << 24n) + (BigInt(high) << 16n) + (BigInt(low) << 8n) : (0xfd00n << 112n) + (BigInt(vlan) << 64n);
  let start = first - (first % size);
  for (let tries = 0; tries < 1024; tries += 1, start += size) {
    const block = parseCidr(`${formatIp({ family: like.family, value: start })}/${like.prefix}`);
    if (block !== undefined && !taken.some((other) => rangesOverlap(other, block))) return block;
  }
  return undefined;
}

/** An address of the subnet that nobody has: the wanted one, else the first or the last free one. */
export function freeAddress(topology: Topology, subnet: Cidr, wanted: string | undefined): string | undefined {
  const used = new Set(writtenAddresses(topology).flatMap((one) => one.addresses.map(parseCidr)).map((cidr) => (cidr?.family === subnet.family ? cidr.address : -1n)));
  const asked = wanted === undefined ? undefined : parseIp(wanted);
  const values = [...(asked?.family === subnet.family && asked.value >= subnet.low && asked.value <= subnet.high ? [asked.value] : []), subnet.low + 1n, subnet.high - 1n];
  for (let value = subnet.low + 2n; value < subnet.high && values.length < 300; value += 1n) values.push(value);
  const free = values.find((value) => value > subnet.low && value < subnet.high && !used.has(value));
  return free === undefined ? undefined : `${formatIp({ family: subnet.family, value: free })}/${subnet.prefix}`;
}

/** The gateway that an end names, if it does. */
export function gatewayOf(topology: Topology, end: End): string | undefined {
  if (end.kind === "managementInterface") return record(topology, "managementInterfaces", end.id)?.gateway;
  return end.kind === "vnic" ? record(topology, "vms", end.owner)?.nics?.[localOf(end)]?.gateway : undefined;
}
