/** What one edit of the 40,000-VM document costs: the network follows it, and every pair is summed up as it is then. */
import type { Edit } from "../shared/analysis/result";
import { matrixOf } from "../shared/network/network";
import { reviseNetwork } from "../shared/network/revise";
import type { Network } from "../shared/network/compiled-network";
import { parse, textOf } from "./documents";
import { analyseFully, sumUp } from "./full-analysis";
import { Random } from "./random";
import { median, quantile } from "./statistics";
import { SIZES, type Results } from "./analysis-ratios";

/** Turns of all kinds that do not count: code is still compiled, and what one edit needs is looked up for the first time. */
const WARM_UP = 20;

/** Each kind of edit so many times, in turn. Throws if the network does not say in the end what one compiled anew does. */
export function edits(ofEachKind: number): Results {
  let network = analyseFully(parse(textOf({ vms: SIZES["40k"], defaultAction: "deny" })));
  const random = new Random(11);
  const times: number[] = [];
  let anew = 0;
  for (let turn = -WARM_UP; turn < ofEachKind; turn++) {
    for (const edit of [moveVnic(random), changeRule(random), changeVlan(random), changeEdgeRule(random, network)]) {
      const before = network;
      const startedAt = performance.now();
      network = reviseNetwork(network, [edit]);
      sumUp(network);
      if (turn >= 0) times.push(performance.now() - startedAt);
      if (network !== before) anew += 1;
    }
  }
  compare(network);
  return { editMedianMs40k: median(times), editP95Ms40k: quantile(times, 0.95), editsCompiledAnew40k: anew };
}

function compare(network: Network): void {
  const fresh = analyseFully(JSON.parse(JSON.stringify(network.topology)) as Network["topology"]);
  const said = (own: Network): string => JSON.stringify([own.countTenantPairs(), own.managementExposedTo, matrixOf(own, "tenant")]);
  if (said(network) !== said(fresh)) throw new Error("after the edits the network says other things than one compiled anew");
}

function moveVnic(random: Random): Edit {
  const vm = random.below(SIZES["40k"]);
  // Within the pod, which has 625 port groups.
  const group = Math.floor(vm / 2500) * 625 + random.below(625);
  return { op: "replace", path: `/vms/vm-${vm}/nics/eth0/portGroup`, value: `net-${group}` };
}

function changeRule(random: Random): Edit {
  const index = random.below(10_000);
  return { op: "replace", path: `/distributedFirewalls/dfw/rules/${index}/services`, value: [`tcp/${1 + random.below(65535)}`] };
}

function changeEdgeRule(random: Random, { topology }: Network): Edit {
  const ids = Object.keys(topology.firewalls ?? {});
  const id = ids[random.below(ids.length)] ?? "";
  const index = random.below(topology.firewalls?.[id]?.rules?.length ?? 1);
  return { op: "replace", path: `/firewalls/${id}/rules/${index}/action`, value: random.below(2) === 0 ? "allow" : "deny" };
}

function changeVlan(random: Random): Edit {
  return { op: "replace", path: `/portGroups/net-${random.below(10_000)}/vlan/id`, value: 100 + random.below(625) };
}
