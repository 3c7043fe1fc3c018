/** The values of a template's parameters: what is given, checked, and what the document suggests for the rest. */
import type { Evaluation } from "../../analysis/evaluate";
import { nearest } from "../../model/nearest";
import { resolveSelector } from "../../model/members";
import { parseService } from "../../model/services";
import { entries, record, type Topology } from "../../model/topology";
import { SelectorCheck } from "../../model/validate/selectors";
import { MAX_VLAN, MIN_VLAN } from "../../model/vlan-set";
import type { Parameter, SegmentationTemplate, Values } from "./template";

export type ValuesResult = { readonly ok: true; readonly values: Values } | { readonly ok: false; readonly problems: readonly string[] };

/** All parameters with their values; VMs as ids. Each problem says what would be right. */
export function valuesFor(template: SegmentationTemplate, evaluation: Evaluation, given: Values = {}): ValuesResult {
  const { topology } = evaluation;
  const names = template.parameters.map(({ name }) => name);
  const problems = Object.keys(given).filter((name) => !names.includes(name)).map((name) => `"${name.slice(0, 80)}" is no parameter of ${template.id}; ${meant(name, names)}`);
  const suggested = template.suggest(evaluation, given);
  const values: Record<string, readonly string[]> = {};
  for (const parameter of template.parameters) {
    const own = given[parameter.name];
    for (const value of own ?? []) {
      const problem = problemOf(topology, parameter, value);
      if (problem !== undefined) problems.push(`${parameter.name}: "${value.slice(0, 80)}" ${problem}`);
    }
    const chosen = own ?? suggested[parameter.name] ?? [];
    values[parameter.name] = parameter.kind === "vms" ? [...new Set(chosen.flatMap((value) => vmsOf(topology, value)))].sort() : chosen;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values };
}

function problemOf(topology: Topology, { kind }: Parameter, value: string): string | undefined {
  switch (kind) {
    case "tenants": return record(topology, "tenants", value) === undefined ? `names no tenant; ${meant(value, entries(topology, "tenants").map(([id]) => id))}` : undefined;
    case "vms": return vmProblem(topology, value);
    case "selectors": return selectorProblem(topology, value);
    case "vlans": return isVlan(value) ? undefined : `is no VLAN; a number from ${MIN_VLAN} to ${MAX_VLAN}`;
    case "services": return parseService(value) === undefined ? "is no service; any, icmp, tcp, udp, tcp/443 or tcp/8000-8100" : undefined;
    case "switch": return value === "yes" || value === "no" ? undefined : "is neither yes nor no";
    case "name": return /^[a-z0-9][a-z0-9._-]{0,31}$/.test(value) ? undefined : "is no name; up to 32 of a-z, 0-9, dot, hyphen and underscore";
  }
}

function isVlan(value: string): boolean {
  return /^\d{1,4}$/.test(value) && Number(value) >= MIN_VLAN && Number(value) <= MAX_VLAN;
}

function vmProblem(topology: Topology, value: string): string | undefined {
  if (record(topology, "vms", value) !== undefined) return vmsOf(topology, value).length === 0 ? "is a template, which has no place in a network" : undefined;
  const problem = selectorProblem(topology, value);
  if (problem !== undefined) return value.includes(":") ? problem : `names no VM; ${meant(value, entries(topology, "vms").map(([id]) => id))}`;
  return vmsOf(topology, value).length === 0 ? "names no VM; a VM's id or a selector such as tenant:a or tag:web" : undefined;
}

function selectorProblem(topology: Topology, value: string): string | undefined {
  const fault = new SelectorCheck(topology).fault(value);
  return fault === undefined ? undefined : `${fault.message}; ${fault.expected}`;
}

function vmsOf(topology: Topology, value: string): string[] {
  const members = record(topology, "vms", value) === undefined ? resolveSelector(topology, value) : resolveSelector(topology, `vm:${value}`);
  return [...members].filter((id) => record(topology, "vms", id) !== undefined);
}

function meant(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return guess === undefined ? "there is none" : `did you mean "${guess}"?`;
}
