/** What the schema cannot tell: whether the parts of a document fit together. */
import type { Problem } from "../problem";
import { containmentProblems } from "./containment";
import { idProblems } from "./ids";
import { interfaceProblems } from "./interfaces";
import type { LooseTopology } from "./loose";
import { macProblems } from "./macs";
import { placementProblems } from "./placement";
import { privateVlanProblems } from "./private-vlans";
import { referenceProblems } from "./references";
import { ruleProblems } from "./rules";
import { switchProblems } from "./switches";

type Check = (topology: LooseTopology) => Problem[];

/** One concern each; a new one is a file and a line here. */
const CHECKS: readonly Check[] = [
  idProblems,
  referenceProblems,
  containmentProblems,
  switchProblems,
  placementProblems,
  interfaceProblems,
  ruleProblems,
  privateVlanProblems,
  macProblems,
];

/** Every problem of a document whose well-formed parts are given, in a fixed order. */
export function validateTopology(topology: LooseTopology): Problem[] {
  return CHECKS.flatMap((check) => check(topology));
}
