/** `in` and `out` of a rule name interfaces of its own device. */
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, type LooseTopology } from "./loose";

export function ruleProblems(topology: LooseTopology): Problem[] {
  return (["routers", "firewalls", "distributedFirewalls"] as const).flatMap((collection) =>
    looseEntries(topology, collection).flatMap(([id, filter]) => {
      const interfaces = "interfaces" in filter ? filter.interfaces ?? {} : {};
      return (filter.rules ?? []).flatMap((rule, index) =>
        (["in", "out"] as const).flatMap((direction) => {
          const name = rule?.[direction];
          if (name === undefined || Object.hasOwn(interfaces, name)) return [];
          const place = jsonPath(collection, id, "interfaces");
          const expected = collection === "distributedFirewalls" ? "no interface: a distributed firewall filters at every vNIC" : `the id of one of ${place}`;
          return [problem(jsonPath(collection, id, "rules", index, direction), `names nothing in ${place}`, expected, name)];
        }));
    }));
}
