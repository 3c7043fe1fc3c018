/** What one edit of the 40,000-VM document costs. There is no incremental analysis yet: after each edit everything is analysed anew. */
import type { Edit } from "../shared/analysis/result";
import { applyEdits } from "../shared/model/edit";
import { parse, textOf } from "./documents";
import { analyseFully } from "./full-analysis";
import { Random } from "./random";
import { always, median, quantile, timeOf } from "./statistics";
import { SIZES, type Results } from "./analysis-ratios";

/** Each kind of edit so many times, in turn. */
export function edits(ofEachKind: number): Results {
  let document = parse(textOf({ vms: SIZES["40k"], defaultAction: "deny" }));
  analyseFully(document);
  const random = new Random(11);
  const times: number[] = [];
  for (let turn = 0; turn < ofEachKind; turn++) {
    for (const edit of [moveVnic(random), changeRule(random), changeVlan(random)]) {
      times.push(timeOf(always(() => {
        document = applyEdits(document, [edit]);
        analyseFully(document);
      })));
    }
  }
  return { editMedianMs40k: median(times), editP95Ms40k: quantile(times, 0.95) };
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

function changeVlan(random: Random): Edit {
  return { op: "replace", path: `/portGroups/net-${random.below(10_000)}/vlan/id`, value: 100 + random.below(625) };
}
