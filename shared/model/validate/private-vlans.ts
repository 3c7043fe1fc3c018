/**
 * A secondary VLAN has one type and one primary in the whole document. Promiscuous ports are left out: they belong to the primary, and
 * products write the primary's own id, or nothing, as their secondary.
 */
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, type LooseTopology } from "./loose";

interface Secondary {
  readonly portGroup: string;
  readonly primary: number | undefined;
  readonly type: string;
}

export function privateVlanProblems(topology: LooseTopology): Problem[] {
  const secondaries = new Map<number, Secondary>();
  return looseEntries(topology, "portGroups").flatMap(([id, { vlan }]) => {
    if (vlan?.mode !== "private" || vlan.type === undefined || vlan.type === "promiscuous") return [];
    // A malformed secondary is there, with an undefined value.
    if (!("secondary" in vlan)) return [problem(jsonPath("portGroups", id, "vlan", "secondary"), "missing", `the VLAN of the ${vlan.type} ports, from 1 to 4094`)];
    if (vlan.secondary === undefined) return [];
    const here: Secondary = { portGroup: id, primary: vlan.primary, type: vlan.type };
    const first = secondaries.get(vlan.secondary);
    if (first === undefined) secondaries.set(vlan.secondary, here);
    return first === undefined ? [] : conflicts(vlan.secondary, first, here);
  });
}

function conflicts(secondary: number, first: Secondary, here: Secondary): Problem[] {
  const other = jsonPath("portGroups", first.portGroup, "vlan");
  const problems: Problem[] = [];
  if (here.type !== first.type) {
    problems.push(problem(jsonPath("portGroups", here.portGroup, "vlan", "type"), `a second type of the private VLAN ${secondary}`, `${first.type}, as in ${other}`, here.type));
  }
  if (here.primary !== undefined && first.primary !== undefined && here.primary !== first.primary) {
    problems.push(problem(jsonPath("portGroups", here.portGroup, "vlan", "primary"), `a second primary of the private VLAN ${secondary}`, `${first.primary}, as in ${other}`, here.primary));
  }
  return problems;
}
