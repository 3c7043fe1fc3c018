/** What every test of a template needs: it is applied, proven, and the document that it gives is parsed and analysed anew. */
import { evaluate, type Evaluation } from "../../analysis/evaluate";
import { formatTopology } from "../../model/canonical";
import { applyEdits } from "../../model/edit";
import { parseTopology } from "../../model/parse";
import type { Topology } from "../../model/topology";
import { access, draw, trunkPort, type Drawing } from "../../network/testing";
import { prove } from "../proof";
import type { Segmentation } from "../segmentation";
import { applyTemplate, TEMPLATES } from "./index";
import type { Values } from "./template";

const TODAY = "2026-11-23";

export interface AppliedTemplate {
  readonly segmentation: Segmentation;
  readonly after: Evaluation;
  /** What passes, answered or not. */
  readonly passes: (from: string, to: string) => readonly string[];
}

/** Throws where it cannot be applied, or the result is refused. */
export function applied(topology: Topology, id: string, given: Values = {}): AppliedTemplate {
  const before = evaluate(parsed(topology), { today: TODAY });
  const result = applyTemplate(templateNamed(id), before, given);
  if (!result.ok) throw new Error(result.problems.join("; "));
  const proven = prove(before, result.candidate);
  if (proven === undefined) throw new Error("the result is refused");
  const after = evaluate(parsed(applyEdits(before.topology, proven.segmentation.edits)), { today: TODAY });
  const passes = (from: string, to: string): readonly string[] => { const { services, oneWay = [] } = after.network.trace([from], [to]); return [...services, ...oneWay]; };
  return { segmentation: proven.segmentation, after, passes };
}

/** Why it cannot be applied; none where it can. */
export function problemsOf(topology: Topology, id: string, given: Values = {}): readonly string[] {
  const result = applyTemplate(templateNamed(id), evaluate(parsed(topology), { today: TODAY }), given);
  return result.ok ? [] : result.problems;
}

function templateNamed(id: string): (typeof TEMPLATES)[number] {
  const template = TEMPLATES.find((one) => one.id === id);
  if (template === undefined) throw new Error(id);
  return template;
}

function parsed(topology: Topology): Topology {
  const result = parseTopology(formatTopology(topology));
  if (!result.ok) throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return result.topology;
}

/** Two hosts, a standard switch on each with one port group in VLAN 100, and a trunk to one physical switch: where everybody begins. */
export function emptyish(): Drawing {
  const drawing = draw().physicalSwitch("tor");
  for (const n of [1, 2]) {
    drawing.hypervisor(`h${n}`).vswitch(`s${n}`, "standard", `h${n}`).uplink(`u${n}`, `s${n}`, `h${n}`, "tor", trunkPort("100")).portGroup(`pg${n}`, `s${n}`, access(100));
  }
  return drawing;
}

/** A vNIC with an address, on one of the two hosts. */
export function at(host: 1 | 2, address: string): Record<string, { portGroup: string; addresses: string[] }> {
  return { eth0: { portGroup: `pg${host}`, addresses: [`10.0.0.${address}/24`] } };
}
